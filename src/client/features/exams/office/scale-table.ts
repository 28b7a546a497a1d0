import { scaleLimits } from '#shared/exams.ts';
import { scaleProblem } from '#shared/scales.ts';

/** Test scores as typed; place i is for i + 1 primary points. */
export type Cells = readonly string[];

/** What is wrong with the table as it is typed, and where; `least`: what may stand there. */
export type TableProblem =
  | { code: 'empty'; at: number }
  | { code: 'number'; at: number }
  | { code: 'order'; at: number; least: number }
  | { code: 'last'; at: number };

/** The scale that is typed, or the first thing that keeps it from being one. */
export function readCells(cells: Cells, max: number): { points: number[]; problem: null } | { points: null; problem: TableProblem } {
  const typed = Array.from({ length: max }, (_, i) => (cells[i] ?? '').trim());
  const wrong = typed.findIndex((cell) => cell !== '' && !(/^\d{1,3}$/.test(cell) && Number(cell) <= 100));
  if (wrong !== -1) return { points: null, problem: { code: 'number', at: wrong + 1 } };
  const empty = typed.indexOf('');
  const points = (empty === -1 ? typed : typed.slice(0, empty)).map(Number);
  const problem = scaleProblem(points, max);
  if (!problem) return { points, problem: null };
  if (problem.reason === 'order') return { points: null, problem: { code: 'order', at: problem.at, least: problem.expected } };
  return { points: null, problem: { code: problem.reason === 'length' ? 'empty' : 'last', at: problem.at } };
}

/**
 * Reads pasted numbers: one after the other from a place on, or, where every line has two and the first ones count up, test scores by primary
 * points. Words, such as the heads of columns, are passed over. @returns scores by primary points; none where there are no numbers
 */
export function readPasted(text: string, from: number): Map<number, string> {
  const lines = text.split(/\r?\n/).map((line) => line.match(/\d+/g) ?? []);
  const rows = lines.filter((line) => line.length > 0);
  const found = isTwoColumns(rows)
    ? rows.map(([n = '', score = '']): [number, string] => [Number(n), score])
    : rows.flat().map((score, i): [number, string] => [from + i, score]);
  // Other tables count up as well, such as years: no exam has so many points.
  return new Map(found.filter(([n]) => n >= 1 && n <= scaleLimits.points));
}

function isTwoColumns(rows: string[][]): boolean {
  const first = Number(rows[0]?.[0]);
  return rows.length > 1 && rows.every((row, i) => row.length === 2 && Number(row[0]) === first + i);
}

export function withPasted(cells: Cells, pasted: ReadonlyMap<number, string>): string[] {
  const length = Math.max(cells.length, ...pasted.keys());
  return Array.from({ length }, (_, i) => pasted.get(i + 1) ?? cells[i] ?? '');
}

/** A whole number within bounds as typed, or null. */
export function wholeIn(typed: string, { min, max }: { min: number; max: number }): number | null {
  const value = /^\d{1,4}$/.test(typed.trim()) ? Number(typed) : Number.NaN;
  return value >= min && value <= max ? value : null;
}
