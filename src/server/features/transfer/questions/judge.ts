import type { SourceProblem } from '#shared/source-problems.ts';
import type { QuestionColumn } from '#shared/transfer.ts';
import { parseTaskSource } from '../task-source.ts';
import type { ReadQuestion } from './question.ts';
import type { WrittenSource } from './source-writer.ts';

/** What is missing stands on no line: its key says where it belongs. */
const columnOfKey: { [key: string]: QuestionColumn } = {
  title: 'title',
  kind: 'kind',
  key: 'key',
  options: 'options',
  criteria: 'options',
  max: 'options',
};
const columnOfSection = { statement: 'statement', hint: 'hint', solution: 'solution', description: 'statement' } as const;

/** What the parser of tasks says of a task that was written from cells, at the cells. */
export function judge({ source, columnOf }: WrittenSource): Pick<ReadQuestion, 'source' | 'parsed' | 'problems'> {
  const read = parseTaskSource(source);
  if (read.ok) return { source, parsed: { task: read.task, files: read.files }, problems: [] };
  const problems = read.problems.map((problem) => ({ column: columnOfProblem(problem) ?? columnOf(problem.line), problem }));
  return { source, parsed: null, problems };
}

function columnOfProblem(problem: SourceProblem): QuestionColumn | null {
  switch (problem.code) {
    case 'key-missing':
      return columnOfKey[problem.key] ?? null;
    case 'section-missing':
    case 'section-empty':
      return columnOfSection[problem.section];
    default:
      return null;
  }
}
