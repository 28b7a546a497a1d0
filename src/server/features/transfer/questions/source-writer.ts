import type { QuestionColumn } from '#shared/transfer.ts';
import { oneLine, yamlOf } from '../canonical.ts';
import { normaliseSource, trimLines } from '../source-text.ts';

export interface WrittenSource {
  source: string;
  /** What the line was made of. */
  columnOf(line: number): QuestionColumn | null;
}

/** A value of the front matter: text, a list, rows, or a map. `raw` lines are somebody's own YAML. */
export type HeadValue = string | string[] | string[][] | { [key: string]: string } | { [key: string]: string }[];
export interface HeadLine {
  key: string;
  value: HeadValue | null;
  column: QuestionColumn;
}

export interface SourceParts {
  head: HeadLine[];
  /** Lines of front matter as their author wrote them. */
  more: string;
  statement: string;
  hint: string;
  solution: string;
}

/** Writes a task file, and remembers where each of its lines comes from. */
export function writeSource({ head, more, statement, hint, solution }: SourceParts): WrittenSource {
  const lines: string[] = [];
  const columns: (QuestionColumn | null)[] = [];
  const add = (text: string, column: QuestionColumn | null) => {
    for (const line of text.split('\n')) {
      lines.push(line);
      columns.push(column);
    }
  };
  add('---', null);
  for (const { key, value, column } of head) {
    if (value !== null && value !== '') add(yamlOf({ [key]: flattened(value) }).trimEnd(), column);
  }
  if (more.trim() !== '') add(normaliseSource(more).trimEnd(), 'more');
  // Here ends what an author's own YAML has left open.
  add('---', more.trim() === '' ? null : 'more');
  add(trimLines(normaliseSource(statement)), 'statement');
  addSection('# Подсказка', hint, 'hint');
  addSection('# Решение', solution, 'solution');
  return { source: `${lines.join('\n')}\n`, columnOf: (line) => columns[line - 1] ?? null };

  function addSection(heading: string, text: string, column: QuestionColumn) {
    const body = trimLines(normaliseSource(text));
    if (body !== '') add(`\n${heading}\n\n${body}`, column);
  }
}

/** Values are one line each: the front matter has no other. */
function flattened(value: HeadValue): HeadValue {
  if (typeof value === 'string') return oneLine(value);
  const inner = (entries: { [key: string]: string }) =>
    Object.fromEntries(Object.entries(entries).map(([key, text]) => [key, oneLine(text)]));
  if (!Array.isArray(value)) return inner(value);
  return value.map((item) =>
    typeof item === 'string' ? oneLine(item) : Array.isArray(item) ? item.map(oneLine) : inner(item),
  ) as HeadValue;
}
