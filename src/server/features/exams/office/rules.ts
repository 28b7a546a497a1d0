import type { ExamProblem, ExamState } from '#shared/exams-office.ts';

interface Window {
  opensAt: Date | null;
  closesAt: Date | null;
}

export function windowIsSound({ opensAt, closesAt }: Window): boolean {
  return opensAt === null || closesAt === null || opensAt < closesAt;
}

/** What keeps the exam from students, the gravest first; null: nothing. */
export function examProblem(exam: Window & { tasks: number /** Tasks that may no longer be given. */; lost: number }): ExamProblem | null {
  if (exam.tasks === 0) return 'no-tasks';
  if (exam.lost > 0) return 'draft-tasks';
  return windowIsSound(exam) ? null : 'window';
}

export function examState(exam: Window & { publishedAt: Date | null }, now: Date): ExamState {
  if (exam.publishedAt === null) return 'draft';
  if (exam.closesAt !== null && exam.closesAt <= now) return 'closed';
  return exam.opensAt !== null && exam.opensAt > now ? 'soon' : 'open';
}
