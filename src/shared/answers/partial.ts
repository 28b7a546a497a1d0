import { type Grid, gridFromText } from './grid.ts';
import type { AnswerSpec } from './spec-schema.ts';

/** Primary points of the exam are whole, so half is rounded down: a one-point task has no partial credit. */
export function halfOf(points: number): number {
  return Math.floor(points / 2);
}

/** Whether an answer that is not right still earns half. Both readings are canonical. */
export function earnsHalf(spec: AnswerSpec, key: string, answer: string): boolean {
  switch (spec.kind) {
    case 'number':
    case 'word':
    case 'choice':
    case 'long':
      return false;
    case 'choices':
      return spec.partial === 'ege' && oneErrorInSet(key.split(','), answer.split(','));
    case 'sequence':
      return spec.partial === 'ege' && onePositionDiffers([...key], [...answer]);
    case 'set':
      return spec.partial === 'ege' && oneErrorInSet([...key], [...answer]);
    case 'cells':
      return cellsEarnHalf(spec, gridFromText(key), gridFromText(answer));
  }
}

/**
 * The positional rule of the exam's authors (FIPI, physics 2025): half if exactly one position holds another symbol and there are no
 * extra ones; chemistry says «one error» of its two-point tasks. A one-symbol answer has nothing right left after an error.
 */
function onePositionDiffers(key: string[], answer: string[]): boolean {
  if (key.length !== answer.length || key.length < 2) return false;
  return key.filter((symbol, i) => symbol !== answer[i]).length === 1;
}

/**
 * Social studies: «1 балл, если не хватает или неверно записан 1 символ»; the wording of 2018 adds one extra beside all the right ones.
 * At least one symbol must be right: a lone symbol replaced by another is simply a wrong answer.
 */
function oneErrorInSet(key: string[], answer: string[]): boolean {
  const right = new Set(key).intersection(new Set(answer)).size;
  const missing = key.length - right;
  const extra = answer.length - right;
  return right > 0 && Math.max(missing, extra) === 1;
}

/**
 * Informatics 26 and 27: one point of two if «числа в ячейках таблицы перепутаны». That one right part earns it too is common knowledge,
 * not a rule we have read, so each task says which of the two holds.
 */
function cellsEarnHalf(spec: AnswerSpec & { kind: 'cells' }, key: Grid, answer: Grid): boolean {
  switch (spec.partial) {
    case 'none':
      return false;
    case 'swapped':
      return isSwapped(key, answer);
    case 'one-right':
      return isOneRight(spec.rows, key, answer);
    case 'swapped-or-one-right':
      return isSwapped(key, answer) || isOneRight(spec.rows, key, answer);
  }
}

/** The same numbers, each as often, wherever in the table they stand. */
function isSwapped(key: Grid, answer: Grid): boolean {
  return numbersOf(key) === numbersOf(answer);
}

function numbersOf(grid: Grid): string {
  return grid.flat().filter(isFilled).sort().join(' ');
}

/** A whole row in its place; in a table of one row, a cell in its place. */
function isOneRight(rows: number, key: Grid, answer: Grid): boolean {
  if (rows === 1) return key[0]?.some((cell, col) => isFilled(cell) && cell === answer[0]?.[col]) ?? false;
  return key.some((cells, row) => cells.some(isFilled) && rowText(cells) === rowText(answer[row] ?? []));
}

/** Tables of different width still compare: blanks at the end of a row do not count. */
function rowText(cells: string[]): string {
  return cells.join(' ').trimEnd();
}

function isFilled(cell: string): boolean {
  return cell !== '';
}
