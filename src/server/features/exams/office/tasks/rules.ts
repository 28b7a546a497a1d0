import type { CandidatesInput, NumberPickDto } from '#shared/exams-office.ts';

/** A text as a piece of a LIKE pattern: % and _ are what they are. */
const literal = (text: string) => text.replace(/[\\%_]/g, '\\$&');

/** More words than that nobody types to find a task. */
const wordLimit = 8;

/** What narrows the list of tasks `k` of topics `t`. Every word has to stand somewhere in the task. */
export function conditionsOf(filter: Omit<CandidatesInput, 'examId' | 'cursor'>, add: (value: unknown) => string): string[] {
  const conditions: string[] = [];
  const words = (filter.q ?? '').split(/\s+/).filter(Boolean).slice(0, wordLimit);
  for (const word of words) {
    const pattern = add(`%${literal(word.replace(/ё/gi, 'е'))}%`);
    conditions.push(`translate(concat_ws(chr(10), k.title, t.title, k.origin, k.statement), 'ёЁ', 'еЕ') ILIKE ${pattern}`);
  }
  if (filter.topicId) conditions.push(`t.id = ${add(filter.topicId)}::uuid`);
  if (filter.number) conditions.push(`k.exam_number = ${add(filter.number)}::int`);
  if (filter.free) {
    conditions.push(
      'NOT EXISTS (SELECT 1 FROM exam_task u JOIN exam o ON o.id = u.exam_id WHERE u.task_id = k.id AND o.deleted_at IS NULL)',
    );
  }
  return conditions;
}

/** A line for each number from 1 to the highest: the exam has them all, and a gap is to be seen. */
export function numberPicks(found: readonly NumberPickDto[]): NumberPickDto[] {
  const highest = Math.max(0, ...found.map(({ number }) => number));
  const byNumber = new Map(found.map((pick) => [pick.number, pick]));
  return Array.from({ length: highest }, (_, index) => byNumber.get(index + 1) ?? { number: index + 1, task: null, choices: 0 });
}
