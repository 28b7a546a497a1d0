import { setTimeout as wait } from 'node:timers/promises';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { AnswerSpec } from '#shared/answers/spec.ts';
import { AppError } from '#shared/errors.ts';
import type { App } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';
import { handInLongAnswers } from '../long/actions.ts';
import { releaseAttempt } from '../release/actions.ts';
import { dueBefore, endedAt, isDue } from '../rules.ts';
import { eachUntilDone, holdTasks, patience } from './hold.ts';
import { gradeOf } from './rules.ts';

export type End = 'student' | 'time' | 'moderator';

interface CloseOptions {
  /** To be done in the same transaction, if it is this call that ends the attempt: a line of the journal. */
  also?: (tx: Tx) => Promise<void>;
  /** False: where a key is being mended at this moment, somebody else may close the attempt a little later. */
  patient?: boolean;
}

/** How often a closing knocks while one of its tasks is being written at, and for how long. */
const knockEveryMs = 100;
const knockForMs = 10_000;

/**
 * Ends an attempt and grades all its answers by the keys of this moment, once: any number of callers, in any number of processes, end in one grading.
 * By time it ends with its deadline, however late this is called.
 * @returns whether this call did it; false also where it is not due by time
 * @throws AppError TASKS_BEING_REGRADED
 */
export async function closeAttempt(app: App, attemptId: string, by: End, { also, patient = true }: CloseOptions = {}): Promise<boolean> {
  for (const giveUpAt = performance.now() + knockForMs; ; await wait(knockEveryMs)) {
    const outcome = await app.db.$transaction((tx) => tryClose(app, tx, attemptId, by, { also }), patience);
    if (outcome === 'closed') await releaseAttempt(app, attemptId);
    if (outcome !== 'busy') return outcome === 'closed';
    if (!patient) return false;
    if (performance.now() > giveUpAt) throw new AppError('TASKS_BEING_REGRADED');
  }
}

/** Ends every attempt whose time is over. Safe in any number of processes at once; one that cannot be graded keeps none of the others. */
export async function closeDueAttempts(app: App): Promise<number> {
  const list = async () => {
    const due = await app.db.examAttempt.findMany({
      where: { finishedAt: null, deadlineAt: { lte: dueBefore(app.clock.now()) } },
      orderBy: { deadlineAt: 'asc' },
      select: { id: true },
    });
    return due.map(({ id }) => id);
  };
  return eachUntilDone(app, 'an attempt could not be closed', list, async (id) => {
    const outcome = await app.db.$transaction((tx) => tryClose(app, tx, id, 'time', { skip: true }), patience);
    if (outcome === 'closed') await releaseAttempt(app, id);
    return outcome === 'closed' ? 'done' : outcome === 'busy' ? 'busy' : 'nothing';
  });
}

interface HeldAttempt {
  id: string;
  examId: string;
  personId: string;
  deadlineAt: Date | null;
}

async function tryClose(
  app: App,
  tx: Tx,
  attemptId: string,
  by: End,
  { also, skip = false }: { also?: CloseOptions['also']; skip?: boolean },
): Promise<'closed' | 'busy' | 'over'> {
  const attempt = await hold(tx, attemptId, skip);
  if (!attempt) return skip && (await isRunning(tx, attemptId)) ? 'busy' : 'over';
  const now = app.clock.now();
  const due = isDue(attempt.deadlineAt, now);
  if (by === 'time' && !due) return 'over';
  const finishedAt = endedAt(attempt.deadlineAt, now);
  // In this order: a key that is being mended is waited for outside, and what is read afterwards are the keys that count.
  if (!(await holdTasks(tx, attemptId))) return 'busy';
  await grade(tx, attemptId);
  await handInLongAnswers(tx, { ...attempt, finishedAt });
  await tx.examAttempt.update({
    where: { id: attemptId },
    data: { finishedAt, finishedBy: due ? 'time' : by },
    select: { id: true },
  });
  await also?.(tx);
  return 'closed';
}

/** The row lock that saving takes as well: nothing is saved from here on. */
async function hold(tx: Tx, attemptId: string, skip: boolean): Promise<HeldAttempt | undefined> {
  const [row] = await tx.$queryRawUnsafe<HeldAttempt[]>(
    `SELECT id, exam_id AS "examId", person_id AS "personId", deadline_at AS "deadlineAt" FROM exam_attempt
      WHERE id = $1::uuid AND finished_at IS NULL FOR UPDATE ${skip ? 'SKIP LOCKED' : ''}`,
    attemptId,
  );
  return row;
}

/** Somebody else holds it: to save a last answer, or to end it. */
async function isRunning(tx: Tx, attemptId: string): Promise<boolean> {
  return (await tx.examAttempt.count({ where: { id: attemptId, finishedAt: null } })) > 0;
}

async function grade(tx: Tx, attemptId: string): Promise<void> {
  const answers = await tx.examAnswer.findMany({
    where: { attemptId },
    select: { taskId: true, given: true, task: { select: { spec: true, points: true } } },
  });
  const grades = answers.flatMap(({ taskId, given, task }) => {
    const spec = task.spec as AnswerSpec | null;
    // What a teacher grades is handed in instead.
    return !spec || spec.kind === 'long' ? [] : [{ taskId, ...gradeOf({ spec, points: task.points }, given as AnswerValue | null) }];
  });
  // Raw: one statement for all answers.
  await tx.$executeRaw`UPDATE exam_answer x SET understood = g.understood, verdict = g.verdict, points = g.points, max_points = g."maxPoints"
    FROM jsonb_to_recordset(${JSON.stringify(grades)}::jsonb)
      AS g("taskId" uuid, understood text, verdict verdict, points int, "maxPoints" int)
    WHERE x.attempt_id = ${attemptId}::uuid AND x.task_id = g."taskId"`;
}
