import { readDecimal } from './decimal.ts';
import { fold } from './normalise.ts';
import type { FormatProblem } from './shapes.ts';

/** Canonical decimals, '' for a blank cell; rectangular, without the blank rows and columns at its end. */
export type Grid = string[][];

/** A blank cell among filled ones is an answer left out, not a mistake of notation; the whole table blank is no answer. */
export function readGrid(size: { rows: number; cols: number }, value: string[][]): Grid | FormatProblem {
  const numbers: Grid = [];
  let height = 0;
  let width = 0;
  for (const [row, typed] of value.entries()) {
    const cells: string[] = [];
    for (const [col, text] of typed.entries()) {
      const blank = fold(text) === '';
      const number = blank ? '' : readDecimal(text);
      if (!blank && (row >= size.rows || col >= size.cols)) return { code: 'wrong-shape' };
      if (number === null) return { code: 'cell-not-a-number', row, col };
      cells.push(number);
      if (blank) continue;
      height = row + 1;
      width = Math.max(width, col + 1);
    }
    numbers.push(cells);
  }
  if (height === 0) return { code: 'empty' };
  return numbers.slice(0, height).map((cells) => Array.from({ length: width }, (_, col) => cells[col] ?? ''));
}

/** Reversible, as cells hold only digits, a minus and a point. */
export function gridToText(grid: Grid): string {
  return grid.map((cells) => cells.join(' ')).join(';');
}

export function gridFromText(text: string): Grid {
  return text.split(';').map((cells) => cells.split(' '));
}
