/** One line of the result. */
export interface Row {
  name: string;
  unit: string;
  value: number;
  /** What the value is compared with: the bare handler, the small school, the budget. Null: told for its own sake. */
  floor: number | null;
  /** value / floor, or the median over pairs of rounds. */
  ratio: number | null;
  /** How many measurements the value comes from. */
  n: number;
  /** What the ratio is meant to be; it is printed and decides nothing. */
  goal?: { atLeast: number } | { atMost: number };
}

/** A value under a budget. */
export function budgetRow(name: string, unit: string, value: number, budget: number, n: number): Row {
  return { name, unit, value, floor: budget, ratio: value / budget, n, goal: { atMost: 1 } };
}

const heads = ['what', 'value', 'against', 'ratio', 'goal', 'n'];

function cellsOf({ name, unit, value, floor, ratio, goal, n }: Row): string[] {
  const against = floor === null ? '' : number(floor);
  return [name, `${number(value)} ${unit}`, against, ratio === null ? '' : ratio.toFixed(2), goalText(goal, ratio), String(n)];
}

/** The same as a table of Markdown. */
export function markdown(rows: Row[]): string {
  const lines = [heads, ['---', ...heads.slice(1).map(() => '---:')], ...rows.map(cellsOf)];
  return lines.map((line) => `| ${line.join(' | ')} |\n`).join('');
}

export function table(rows: Row[]): string {
  const lines = [heads, ...rows.map(cellsOf)];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  const aligned = lines.map((line) =>
    line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
  );
  return aligned.map((line) => line.join('  ')).join('\n');
}

/** Without `goal`, which is the table's. */
export function json(rows: Row[]): string {
  return `${JSON.stringify(
    rows.map(({ name, unit, value, floor, ratio, n }) => ({ name, unit, value, floor, ratio, n })),
    null,
    2,
  )}\n`;
}

function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : value < 1000 ? 1 : 0 });
}

function goalText(goal: Row['goal'], ratio: number | null): string {
  if (!goal || ratio === null) return '';
  const [met, text] = 'atLeast' in goal ? [ratio >= goal.atLeast, `≥ ${goal.atLeast}`] : [ratio <= goal.atMost, `≤ ${goal.atMost}`];
  return `${text} ${met ? 'ok' : 'MISSED'}`;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
