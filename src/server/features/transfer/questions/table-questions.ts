import type { CellProblem, QuestionColumn } from '#shared/transfer.ts';
import { answerHead } from './answer-cells.ts';
import { kindNamed } from './columns.ts';
import { judge } from './judge.ts';
import type { PlacedProblem, ReadQuestion } from './question.ts';
import { writeSource } from './source-writer.ts';

/** A cell as somebody sees it, or why it cannot be taken. */
export type Cell = { text: string } | { problem: CellProblem };

export interface TableRow {
  /** 1, 2, … as in the table. */
  number: number;
  cells: Map<QuestionColumn, Cell>;
}

/** A row of the table as a task of ours. */
export function questionOfRow({ number, cells }: TableRow): ReadQuestion {
  const text = (column: QuestionColumn) => {
    const cell = cells.get(column);
    return cell && 'text' in cell ? cell.text : '';
  };
  const problems: PlacedProblem[] = [...cells].flatMap(([column, cell]) => ('problem' in cell ? [{ column, problem: cell.problem }] : []));
  const kind = kindNamed(text('kind'));
  if (!kind && text('kind').trim() !== '') problems.push({ column: 'kind', problem: { code: 'kind-unknown', found: text('kind').trim() } });
  const read = { place: number, title: text('title').trim(), files: [], notes: [] };
  // A cell that could not be read would only be reported as missing.
  if (problems.length > 0) return { ...read, source: null, parsed: null, problems };
  const written = writeSource({
    head: [
      { key: 'title', value: text('title'), column: 'title' },
      { key: 'kind', value: kind, column: 'kind' },
      ...(kind ? answerHead(kind, { key: text('key'), options: text('options'), tolerance: text('tolerance') }) : []),
      { key: 'number', value: text('number'), column: 'number' },
      { key: 'points', value: text('points'), column: 'points' },
      { key: 'source', value: text('source'), column: 'source' },
    ],
    more: text('more'),
    statement: text('statement'),
    hint: text('hint'),
    solution: text('solution'),
  });
  return { ...read, ...judge(written) };
}
