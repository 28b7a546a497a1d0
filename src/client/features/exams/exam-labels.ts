import type { ExamTaskDto } from '#shared/exams.ts';

/** Tasks are called by their numbers of the exam where all have one of their own, else by their places. */
export function labelsOf(tasks: Pick<ExamTaskDto, 'number' | 'examNumber'>[]): string[] {
  const numbers = tasks.flatMap(({ examNumber }) => examNumber ?? []);
  const named = new Set(numbers).size === tasks.length;
  return tasks.map(({ number, examNumber }) => String(named ? examNumber : number));
}
