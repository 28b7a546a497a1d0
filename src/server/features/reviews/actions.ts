import { createHash } from 'node:crypto';
import { AppError } from '#shared/errors.ts';
import type { HandInInput, HandInResult, WithdrawResult } from '#shared/reviews.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { dayIn } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db.ts';
import { takeFreeCourse } from '../courses/take.ts';
import { claimUploads } from '../files/claims.ts';
import { lockProgress, recountTask } from '../progress/actions.ts';
import { accessLongTask, accessOwnWork, type OpenLongTask } from './access.ts';
import { readMyWorks, workIsOpen } from './queries.ts';
import { mayHandIn, verdictOf } from './rules.ts';
import { releaseToUploads } from './uploads.ts';

/**
 * Takes a work in, once: a double click, a second tab and a retry after a lost answer end in one row.
 * @throws AppError AUTH_RATE_LIMITED, AUTH_FORBIDDEN for moderators, TASKS_CLIENT_ID_REUSED, those of `accessLongTask` and of `claimUploads`
 */
export async function handIn(app: App, actor: PersonActor, input: HandInInput): Promise<HandInResult> {
  await app.limits.takeAnswer(actor.id);
  const task = await accessLongTask(app, actor, input.taskId);
  if (actor.role !== 'student') throw new AppError('AUTH_FORBIDDEN');
  const outcome = await app.db.$transaction(async (tx) => {
    await lockProgress(tx, actor.id, input.taskId);
    const same = await tx.work.findUnique({
      where: { personId_clientId: { personId: actor.id, clientId: input.clientId } },
      select: { taskId: true, text: true },
    });
    if (same) {
      if (same.taskId !== input.taskId || same.text !== input.text) throw new AppError('TASKS_CLIENT_ID_REUSED');
      return 'handed-in' as const;
    }
    const { states, extra, rounds } = await countWorks(tx, actor.id, input.taskId);
    if (!mayHandIn(states, extra)) return 'not-now' as const;
    await writeWork(app, tx, actor, task, input, rounds + 1);
    return 'handed-in' as const;
  });
  return { outcome, mine: await readMyWorks(app, actor, input.taskId) };
}

async function countWorks(tx: Tx, personId: string, taskId: string) {
  const works = await tx.work.findMany({ where: { personId, taskId, ...workIsOpen }, select: { state: true } });
  const extra = await tx.workExtra.findUnique({ where: { personId_taskId: { personId, taskId } }, select: { count: true } });
  return { states: works.map(({ state }) => state), extra: extra?.count ?? 0, rounds: await lastRound(tx, personId, taskId) };
}

/** Of all works of a student at a task, those of exams among them; 0: there is none. Whoever adds one holds `lockProgress`. */
export async function lastRound(tx: Tx, personId: string, taskId: string): Promise<number> {
  const { _max } = await tx.work.aggregate({ where: { personId, taskId }, _max: { round: true } });
  return _max.round ?? 0;
}

interface AcceptedWork {
  id: string;
  personId: string;
  taskId: string;
  handedInAt: Date;
  localOn: Date;
  task: { points: number };
}

/**
 * An accepted work is an answer: given when it was handed in, on the student's own day. It carries the work's id. Counted again, it is counted once.
 * @param tx holds `lockProgress`
 */
export async function countWork(tx: Tx, work: AcceptedWork, points: number): Promise<void> {
  const canonical = `work:${work.id}`;
  await tx.submission.createMany({
    data: {
      personId: work.personId,
      taskId: work.taskId,
      clientId: work.id,
      given: canonical,
      canonical,
      canonicalHash: createHash('sha256').update(canonical).digest('base64url'),
      understood: `${points}/${work.task.points}`,
      verdict: verdictOf(points, work.task.points),
      points,
      createdAt: work.handedInAt,
      localOn: work.localOn,
    },
    skipDuplicates: true,
  });
  await recountTask(tx, work.personId, work.taskId);
}

async function writeWork(app: App, tx: Tx, actor: PersonActor, task: OpenLongTask, input: HandInInput, round: number): Promise<void> {
  const now = app.clock.now();
  const { taskId, clientId, text, uploadIds } = input;
  const { id } = await tx.work.create({
    data: {
      personId: actor.id,
      taskId,
      clientId,
      text,
      round,
      handedInAt: now,
      localOn: new Date(`${dayIn(actor.timeZone, now)}T00:00:00Z`),
    },
    select: { id: true },
  });
  const uploads = await claimUploads(app, tx, actor, uploadIds, { purpose: 'work', subjectId: taskId });
  await tx.workFile.createMany({
    data: uploads.map(({ name, storageKey, mime, size, width, height }, position) => ({
      workId: id,
      position,
      name,
      storageKey,
      mime,
      size,
      width,
      height,
    })),
  });
  // As an answer does: what one works at stays open, and is one's course.
  const { id: topicId, courseId } = task.task.topic;
  await tx.topicVisit.createMany({ data: [{ personId: actor.id, topicId, firstOpenedAt: now }], skipDuplicates: true });
  await tx.$executeRawUnsafe(takeFreeCourse({ person: '$1::uuid', course: '$2::uuid', now: '$3::timestamptz' }), actor.id, courseId, now);
  await tx.person.updateMany({
    where: { id: actor.id, OR: [{ lastActiveAt: null }, { lastActiveAt: { lt: new Date(now.getTime() - 3_600_000) } }] },
    data: { lastActiveAt: now },
  });
}

/**
 * Takes a work back that no teacher has begun with. Text and files return to the student, to be handed in anew.
 * @throws AppError REVIEWS_NOT_FOUND
 */
export async function withdraw(app: App, actor: PersonActor, input: { workId: string }): Promise<WithdrawResult> {
  const { id, taskId } = await accessOwnWork(app, actor, input.workId);
  const taken = await app.db.$transaction(async (tx) => {
    await lockProgress(tx, actor.id, taskId);
    // Locks the row against a teacher who takes it at this moment. What was decided once is a teacher's word and stays.
    // An exam is handed in once.
    const [free] = await tx.$queryRaw<{ text: string }[]>`SELECT w.text FROM work w
      WHERE w.id = ${id}::uuid AND w.state = 'waiting' AND w.decided_at IS NULL AND (w.held_until IS NULL OR w.held_until <= ${app.clock.now()})
        AND NOT EXISTS (SELECT 1 FROM exam_answer e WHERE e.work_id = w.id) FOR UPDATE`;
    if (!free) return null;
    const files = await tx.workFile.findMany({
      where: { workId: id },
      orderBy: { position: 'asc' },
      select: { name: true, storageKey: true, mime: true, size: true, width: true, height: true },
    });
    await tx.work.delete({ where: { id }, select: { id: true } });
    return { text: free.text, uploads: await releaseToUploads(app, tx, actor, files, { purpose: 'work', subjectId: taskId }) };
  });
  const mine = await readMyWorks(app, actor, taskId);
  return taken ? { outcome: 'withdrawn', ...taken, mine } : { outcome: 'too-late', mine };
}

/**
 * The student has read what became of a work.
 * @throws AppError REVIEWS_NOT_FOUND
 */
export async function markSeen(app: App, actor: PersonActor, input: { workId: string }): Promise<void> {
  const { id } = await accessOwnWork(app, actor, input.workId);
  await app.db.work.updateMany({ where: { id, seenAt: null, state: { not: 'waiting' } }, data: { seenAt: app.clock.now() } });
}
