import type { AnswerValue } from '#shared/answers/format.ts';
import { type ExamRowDto, type ExamScoreDto, graceMs } from '#shared/exams.ts';

/** What an exam says of itself: what the editor changes, and course files hold. */
export const examFields = {
  title: true,
  about: true,
  limitMinutes: true,
  opensAt: true,
  closesAt: true,
  attempts: true,
  shuffled: true,
  review: true,
  scaleYear: true,
} as const;

const minuteMs = 60_000;
const later = (at: Date, minutes: number) => new Date(at.getTime() + minutes * minuteMs);

/** When an exam closes for somebody with so many extra minutes. */
export function closesFor(closesAt: Date | null, extraMinutes: number): Date | null {
  return closesAt && later(closesAt, extraMinutes);
}

/** The end of an attempt: what comes first of its time and of the exam's window, each with the extra minutes. Null: it has none. */
export function deadlineOf(attempt: {
  startedAt: Date;
  limitMinutes: number | null;
  closesAt: Date | null;
  extraMinutes: number;
}): Date | null {
  const { startedAt, limitMinutes, closesAt, extraMinutes } = attempt;
  const ends = [limitMinutes === null ? null : later(startedAt, limitMinutes + extraMinutes), closesFor(closesAt, extraMinutes)];
  const known = ends.filter((end) => end !== null).map((end) => end.getTime());
  return known.length === 0 ? null : new Date(Math.min(...known));
}

/** Nothing is taken any more, and the attempt is to be graded. */
export function isDue(deadlineAt: Date | null, now: Date): boolean {
  return deadlineAt !== null && deadlineAt.getTime() + graceMs <= now.getTime();
}

/** The latest deadline of those that are due by now. */
export function dueBefore(now: Date): Date {
  return new Date(now.getTime() - graceMs);
}

/** When to look whether an attempt with this deadline is to be closed: a moment after, so that two clocks that differ a little still agree. */
export function wakeAt(deadlineAt: Date): Date {
  return new Date(deadlineAt.getTime() + graceMs + 250);
}

/** When an attempt is over that ends now: what was sent before the deadline and came in the grace ended with the deadline. */
export function endedAt(deadlineAt: Date | null, now: Date): Date {
  return deadlineAt !== null && deadlineAt < now ? deadlineAt : now;
}

export interface ExamWindow {
  opensAt: Date | null;
  closesAt: Date | null;
  /** In all; null: without limit. */
  attempts: number | null;
  extra: { minutes: number; attempts: number };
  /** Attempts that were begun. */
  used: number;
  running: boolean;
}

export function attemptsAllowed({ attempts, extra }: Pick<ExamWindow, 'attempts' | 'extra'>): number | null {
  return attempts === null ? null : attempts + extra.attempts;
}

/** What a student may do with an exam now. What is running goes on, whatever became of the window. */
export function examState(exam: ExamWindow, now: Date): ExamRowDto['state'] {
  if (exam.running) return 'open';
  if (exam.opensAt !== null && exam.opensAt > now) return 'soon';
  const closesAt = closesFor(exam.closesAt, exam.extra.minutes);
  if (closesAt !== null && closesAt <= now) return 'closed';
  const allowed = attemptsAllowed(exam);
  return allowed !== null && exam.used >= allowed ? 'used' : 'open';
}

export interface ReviewTerms {
  review: 'finish' | 'closing';
  finishedAt: Date;
  closesAt: Date | null;
  /** The most extra minutes that anybody has at this exam. */
  longestExtra: number;
  attempts: number | null;
  extra: { attempts: number };
  /** Of this student at this exam. */
  used: number;
  running: boolean;
}

/**
 * When right answers may be shown: at once, or when nobody can be at the exam any more. Without a closing instant it is the student's own attempts
 * that have to be used up, and where there is no end of them either, nothing is to be waited for. Null: not to be said yet.
 */
export function reviewOpensAt(terms: ReviewTerms): Date | null {
  const { review, finishedAt, closesAt, longestExtra, attempts, extra, used, running } = terms;
  if (review === 'finish') return finishedAt;
  if (closesAt !== null) return new Date(later(closesAt, longestExtra).getTime() + graceMs);
  const allowed = attempts === null ? null : attempts + extra.attempts;
  return (allowed === null || used >= allowed) && !running ? finishedAt : null;
}

export function reviewIsOpen(terms: ReviewTerms, now: Date): boolean {
  const opensAt = reviewOpensAt(terms);
  return opensAt !== null && opensAt <= now;
}

/** Test score of primary points; null where the table is not one for an exam of so many points. */
function testScore(scale: readonly number[] | null, points: number, maxPoints: number): number | null {
  if (!scale || maxPoints === 0 || scale.length !== maxPoints) return null;
  return points === 0 ? 0 : (scale[points - 1] ?? null);
}

export interface Scale {
  year: number;
  points: readonly number[];
}

export function scoreOf(sum: { points: number; maxPoints: number; waiting: number }, scale: Scale | null): ExamScoreDto {
  const { points, maxPoints, waiting } = sum;
  const score = testScore(scale?.points ?? null, points, maxPoints);
  return { points, maxPoints, score, scaleYear: score === null ? null : (scale?.year ?? null), waiting };
}

/** The attempt that counts: the one with the most points, of equal ones the first. */
export function bestOf<T extends { points: number; number: number }>(attempts: readonly T[]): T | null {
  return attempts.toSorted((a, b) => b.points - a.points || a.number - b.number)[0] ?? null;
}

/** Nothing was typed, or what was typed was taken away again. */
export function isBlank(value: AnswerValue | null): boolean {
  if (value === null) return true;
  return typeof value === 'string' ? value.trim() === '' : value.flat().every((text) => text.trim() === '');
}
