import { AppError } from '#shared/errors.ts';
import type { ExamAttemptDto } from '#shared/exams.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';
import { takeFreeCourse } from '../../courses/take.ts';
import { accessAttempt, accessExam, isInExam, type KnownAttempt, type KnownExam, reviewTermsOf } from '../access.ts';
import { closeAttempt } from '../closing/actions.ts';
import { patience } from '../closing/hold.ts';
import { lockStudent, wakeFor } from '../deadlines/actions.ts';
import { releaseAttempt } from '../release/actions.ts';
import { readFinished } from '../results/queries.ts';
import { deadlineOf, examState, isDue, reviewIsOpen } from '../rules.ts';
import { readRunning } from './queries.ts';

interface StartInput {
  examId: string;
  attemptId: string;
}

/**
 * Begins an attempt, once: a double click, two tabs and two devices at the same moment end in one. Where the same exam is running, that attempt goes on.
 * @throws AppError AUTH_RATE_LIMITED, AUTH_FORBIDDEN for moderators, EXAMS_NOT_FOUND, COURSES_NO_ACCESS, EXAMS_NOT_OPEN, EXAMS_CLOSED, EXAMS_NO_ATTEMPTS, EXAMS_RUNNING,
 *   EXAMS_INCOMPLETE
 */
export async function startAttempt(app: App, actor: PersonActor, input: StartInput): Promise<ExamAttemptDto> {
  // Every beginning writes a row for each task, and an exam may be begun without end.
  await app.limits.takeAnswer(actor.id);
  const exam = await accessExam(app, actor, { id: input.examId });
  if (actor.role !== 'student') throw new AppError('AUTH_FORBIDDEN');
  const begin = () => app.db.$transaction((tx) => tryStart(app, tx, actor, exam, input), patience);
  let begun = await begin();
  // Another attempt whose time is over stands in the way until it is graded.
  if ('due' in begun) {
    await closeAttempt(app, begun.due, 'time');
    begun = await begin();
  }
  if ('due' in begun) throw new AppError('EXAMS_RUNNING', { attemptId: begun.due });
  return openAttempt(app, actor, begun);
}

async function tryStart(
  app: App,
  tx: Tx,
  actor: PersonActor,
  { row }: KnownExam,
  { examId, attemptId }: StartInput,
): Promise<{ attemptId: string } | { due: string }> {
  await lockStudent(tx, actor.id);
  const same = await tx.examAttempt.findUnique({ where: { id: attemptId }, select: { personId: true, examId: true } });
  if (same) {
    if (same.personId !== actor.id || same.examId !== examId) throw new AppError('EXAMS_NOT_FOUND');
    return { attemptId };
  }
  const now = app.clock.now();
  const running = await tx.examAttempt.findFirst({
    where: { personId: actor.id, finishedAt: null },
    select: { id: true, examId: true, deadlineAt: true },
  });
  if (running && isDue(running.deadlineAt, now)) return { due: running.id };
  if (running?.examId === examId) return { attemptId: running.id };
  if (running) throw new AppError('EXAMS_RUNNING', { attemptId: running.id });

  const exam = await holdExam(tx, examId);
  const extra = (await tx.examExtra.findUnique({ where: { examId_personId: { examId, personId: actor.id } } })) ?? {
    minutes: 0,
    attempts: 0,
  };
  if (row.paid) await needCourse(tx, actor, row, now);
  const { _count: used, _max: last } = await tx.examAttempt.aggregate({
    where: { examId, personId: actor.id },
    _count: true,
    _max: { number: true },
  });
  const state = examState({ ...exam, extra, used, running: false }, now);
  if (state === 'soon') throw new AppError('EXAMS_NOT_OPEN', { opensAt: exam.opensAt?.toISOString() ?? '' });
  if (state === 'closed') throw new AppError('EXAMS_CLOSED');
  if (state === 'used') throw new AppError('EXAMS_NO_ATTEMPTS');

  const { limitMinutes, closesAt } = exam;
  const deadlineAt = deadlineOf({ startedAt: now, limitMinutes, closesAt, extraMinutes: extra.minutes });
  const number = (last.number ?? 0) + 1;
  await tx.examAttempt.create({
    data: { id: attemptId, examId, personId: actor.id, number, startedAt: now, limitMinutes, deadlineAt },
    select: { id: true },
  });
  await settleTasks(tx, attemptId, exam);
  // As an answer does: what one works at is one's course.
  await tx.$executeRawUnsafe(
    takeFreeCourse({ person: '$1::uuid', course: '$2::uuid', now: '$3::timestamptz' }),
    actor.id,
    row.course_id,
    now,
  );
  await tx.person.update({ where: { id: actor.id }, data: { lastActiveAt: now }, select: { id: true } });
  if (deadlineAt) await wakeFor(app, tx, deadlineAt);
  return { attemptId };
}

interface HeldExam {
  id: string;
  opensAt: Date | null;
  closesAt: Date | null;
  limitMinutes: number | null;
  attempts: number | null;
  shuffled: boolean;
}

/** Against a change of the window at this moment: whoever changes it moves the deadlines of all that are running by then. */
async function holdExam(tx: Tx, examId: string): Promise<HeldExam> {
  const [exam] = await tx.$queryRaw<
    HeldExam[]
  >`SELECT id, opens_at AS "opensAt", closes_at AS "closesAt", limit_minutes AS "limitMinutes", attempts, shuffled
    FROM exam WHERE id = ${examId}::uuid AND published_at IS NOT NULL AND deleted_at IS NULL FOR SHARE`;
  if (!exam) throw new AppError('EXAMS_NOT_FOUND');
  return exam;
}

/** Against a moderator who takes a paid course away at this moment: to begin would take it again. */
async function needCourse(tx: Tx, actor: PersonActor, row: KnownExam['row'], now: Date): Promise<void> {
  const taken = await tx.$queryRaw<unknown[]>`SELECT 1 FROM enrolment
    WHERE person_id = ${actor.id}::uuid AND course_id = ${row.course_id}::uuid AND (ends_at IS NULL OR ends_at > ${now}) FOR KEY SHARE`;
  if (taken.length === 0) throw new AppError('COURSES_NO_ACCESS', { courseSlug: row.course_slug, courseTitle: row.course_title });
}

/** Writes down which tasks the attempt consists of and in which order: what the office changes from here on is for the next one. */
async function settleTasks(tx: Tx, attemptId: string, exam: HeldExam): Promise<void> {
  const count = await tx.$executeRawUnsafe(
    `INSERT INTO exam_answer (attempt_id, task_id, position)
      SELECT $1::uuid, k.id, row_number() OVER (ORDER BY CASE WHEN $3 THEN random() END, et.position, k.id)
      FROM exam e JOIN exam_task et ON et.exam_id = e.id JOIN task k ON k.id = et.task_id JOIN topic t ON t.id = k.topic_id
      WHERE e.id = $2::uuid AND ${isInExam}`,
    attemptId,
    exam.id,
    exam.shuffled,
  );
  if (count === 0) throw new AppError('EXAMS_INCOMPLETE', { reason: 'no-tasks' });
}

/**
 * An attempt of one's own: to be gone on with, or its result. What is over by the clock is graded before it is shown.
 * @throws AppError EXAMS_NOT_FOUND, TASKS_BEING_REGRADED
 */
export async function openAttempt(app: App, actor: PersonActor, { attemptId }: { attemptId: string }): Promise<ExamAttemptDto> {
  let attempt = await accessAttempt(app, actor, attemptId, 'student');
  if (await settle(app, attempt)) attempt = await accessAttempt(app, actor, attemptId, 'student');
  return attempt.row.finished_at === null ? readRunning(app, actor, attempt) : readFinished(app, actor, attempt);
}

/** Does what the time demands of an attempt: ends it, opens its review. Whether there was anything to do. */
async function settle(app: App, attempt: KnownAttempt): Promise<boolean> {
  const { id, released_at, deadline_at } = attempt.row;
  const now = app.clock.now();
  const terms = reviewTermsOf(attempt.row);
  if (!terms && isDue(deadline_at, now)) await closeAttempt(app, id, 'time');
  else if (terms && released_at === null && reviewIsOpen(terms, now)) await releaseAttempt(app, id);
  else return false;
  return true;
}

/**
 * The student is done. Pressed twice, or after the time is over, it is done once.
 * @throws AppError EXAMS_NOT_FOUND, TASKS_BEING_REGRADED
 */
export async function finishMyAttempt(app: App, actor: PersonActor, input: { attemptId: string }): Promise<ExamAttemptDto> {
  const { row } = await accessAttempt(app, actor, input.attemptId, 'student');
  if (row.finished_at === null) await closeAttempt(app, row.id, 'student');
  return openAttempt(app, actor, input);
}
