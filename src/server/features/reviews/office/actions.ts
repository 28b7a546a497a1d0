import { AppError } from '#shared/errors.ts';
import type { DecideInput, DecideResult, Grading, LockResult, SaveGradingResult } from '#shared/reviews.ts';
import { lockMinutes } from '#shared/reviews.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/db.ts';
import { gradeExamAnswer, holdExamOf } from '../../exams/long/grading.ts';
import { tellDecided } from '../../notifications/grades/actions.ts';
import { lockProgress, recountTask } from '../../progress/actions.ts';
import { countWork, lastRound } from '../actions.ts';
import { idPrefixOf, renderWork } from '../queries.ts';
import { commentsFit, criteriaOf, extraLeft, fittingScores, inOrder, pointsOf } from '../rules.ts';
import { findNext, numbered, toHolderDto } from './queries.ts';

const until = (now: Date) => new Date(now.getTime() + lockMinutes * 60_000);

/** Takes a work for grading, or keeps it: one statement, so that of two who press at once one has it. */
export async function takeWork(app: App, actor: PersonActor, input: { workId: string }): Promise<LockResult> {
  const now = app.clock.now();
  const { rowCount } = await app.pool.query({
    name: 'work-take',
    text: `UPDATE work SET held_by = $2, held_until = $3 WHERE id = $1 AND state = 'waiting' AND (held_by IS NULL OR held_by = $2 OR held_until <= $4)`,
    values: [input.workId, actor.id, until(now), now],
  });
  return lockOf(app, actor, input.workId, rowCount === 1);
}

/** Keeps what one holds. A lock that ran out is renewed as long as nobody else has taken the work. */
export async function renewWork(app: App, actor: PersonActor, input: { workId: string }): Promise<LockResult> {
  const { rowCount } = await app.pool.query({
    name: 'work-renew',
    text: `UPDATE work SET held_until = $3 WHERE id = $1 AND state = 'waiting' AND held_by = $2`,
    values: [input.workId, actor.id, until(app.clock.now())],
  });
  return lockOf(app, actor, input.workId, rowCount === 1);
}

/** Lets others take it; the draft of the grading stays. */
export async function releaseWork(app: App, actor: PersonActor, input: { workId: string }): Promise<void> {
  await app.db.work.updateMany({ where: { id: input.workId, heldBy: actor.id }, data: { heldBy: null, heldUntil: null } });
}

/** @throws AppError REVIEWS_NOT_FOUND */
async function lockOf(app: App, actor: PersonActor, workId: string, held: boolean): Promise<LockResult> {
  const work = await app.db.work.findUnique({ where: { id: workId }, select: { state: true, heldBy: true, heldUntil: true } });
  if (!work) throw new AppError('REVIEWS_NOT_FOUND');
  const holder =
    work.heldBy && (await app.db.person.findUnique({ where: { id: work.heldBy }, select: { firstName: true, lastName: true } }));
  const name = holder ? `${holder.firstName} ${holder.lastName}` : null;
  return { outcome: held ? 'held' : 'lost', state: work.state, holder: toHolderDto(actor, { ...work, name }, app.clock.now()) };
}

/**
 * Keeps the draft of a grading, for its holder. What does not fit the criteria is left out.
 * @throws AppError REVIEWS_NOT_FOUND, INPUT_INVALID for a remark at no place of the text
 */
export async function saveGrading(
  app: App,
  actor: PersonActor,
  { workId, grading }: { workId: string; grading: Grading },
): Promise<SaveGradingResult> {
  const saved = await app.db.$transaction(async (tx) => {
    const work = await holdWork(tx, actor, workId);
    if (work) await writeGrading(tx, work, grading);
    return work;
  });
  if (!saved) return { ...(await lockOf(app, actor, workId, false)), outcome: 'lost' };
  return { outcome: 'saved', textHtml: renderWork(app, saved.text, numbered(inOrder(grading.comments)), idPrefixOf(saved.id)) };
}

type HeldWork = NonNullable<Awaited<ReturnType<typeof holdWork>>>;

/** The work if this teacher has it, locked for the transaction. That the time ran out does no harm while nobody else came. */
async function holdWork(tx: Tx, actor: PersonActor, workId: string) {
  const held = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM work
    WHERE id = ${workId}::uuid AND state = 'waiting' AND held_by = ${actor.id}::uuid FOR UPDATE`;
  if (held.length === 0) return null;
  return findForDecision(tx, workId);
}

async function findForDecision(tx: Tx, workId: string) {
  return tx.work.findUnique({
    where: { id: workId },
    select: {
      id: true,
      personId: true,
      taskId: true,
      text: true,
      state: true,
      round: true,
      points: true,
      handedInAt: true,
      localOn: true,
      decidedAt: true,
      task: { select: { title: true, spec: true, points: true } },
      person: { select: { firstName: true, lastName: true } },
    },
  });
}

async function writeGrading(tx: Tx, work: HeldWork, grading: Grading): Promise<void> {
  if (!commentsFit(work.text, grading.comments)) throw AppError.invalid({ field: 'comments', code: 'invalid' });
  const scores = fittingScores(criteriaOfWork(work), grading.scores);
  await tx.work.update({ where: { id: work.id }, data: { scores, remark: grading.remark }, select: { id: true } });
  await tx.workComment.deleteMany({ where: { workId: work.id } });
  await tx.workComment.createMany({ data: inOrder(grading.comments).map((comment) => ({ workId: work.id, ...comment })) });
}

function criteriaOfWork(work: HeldWork) {
  return criteriaOf(work.task.spec as Parameters<typeof criteriaOf>[0]);
}

const labelOf = (work: HeldWork) => `${work.task.title}: ${work.person.firstName} ${work.person.lastName}`;

/**
 * Accepts a work with its points, or gives it back. State, answer, progress, journal and the student's letter in one transaction.
 * @throws AppError REVIEWS_NOT_FOUND, REVIEWS_OF_EXAM: an exam cannot be worked on again, INPUT_INVALID where a criterion has no points or a remark no
 *   place
 */
export async function decide(app: App, actor: PersonActor, { workId, decision, grading }: DecideInput): Promise<DecideResult> {
  const about = await app.db.work.findUnique({ where: { id: workId }, select: { personId: true, taskId: true } });
  if (!about) throw new AppError('REVIEWS_NOT_FOUND');
  const decided = await app.db.$transaction(async (tx) => {
    const exam = await holdExamOf(tx, workId);
    await lockProgress(tx, about.personId, about.taskId);
    const work = await holdWork(tx, actor, workId);
    if (!work) return null;
    if (exam && decision === 'return') throw new AppError('REVIEWS_OF_EXAM');
    const points = decision === 'accept' ? pointsOf(criteriaOfWork(work), grading.scores) : null;
    if (decision === 'accept' && points === null) throw AppError.invalid({ field: 'scores', code: 'required' });
    await writeGrading(tx, work, grading);
    const now = app.clock.now();
    const state = decision === 'accept' ? 'accepted' : 'returned';
    await tx.work.update({
      where: { id: workId },
      data: { state, points, decidedBy: actor.id, decidedAt: now, heldBy: null, heldUntil: null, seenAt: null },
      select: { id: true },
    });
    if (points !== null && exam) await gradeExamAnswer(tx, workId, { points, maxPoints: work.task.points });
    // Until the review opens, the result of the exam alone tells of the points.
    if (points !== null && (!exam || exam.released)) await countWork(tx, work, points);
    await recordAudit(app, tx, actor, {
      action: decision === 'accept' ? 'work.accept' : 'work.return',
      subject: workId,
      label: labelOf(work),
      after: decision === 'accept' ? { points, of: work.task.points, scores: grading.scores } : { remark: grading.remark },
    });
    await tellDecided(app, tx, { id: workId, personId: about.personId, decidedAt: now });
    return { points };
  });
  if (!decided) return { ...(await lockOf(app, actor, workId, false)), outcome: 'lost' };
  return { outcome: 'decided', points: decided.points, nextId: await findNext(app, workId) };
}

/**
 * Opens a decided work again, to be graded anew by whoever asks. The points it brought are gone until then.
 * @throws AppError REVIEWS_NOT_FOUND, REVIEWS_SUPERSEDED for a returned work that was followed by another: two of one task would wait at once, and count twice
 */
export async function reopen(app: App, actor: PersonActor, { workId }: { workId: string }): Promise<LockResult> {
  const about = await app.db.work.findUnique({ where: { id: workId }, select: { personId: true, taskId: true } });
  if (!about) throw new AppError('REVIEWS_NOT_FOUND');
  const reopened = await app.db.$transaction(async (tx) => {
    const exam = await holdExamOf(tx, workId);
    await lockProgress(tx, about.personId, about.taskId);
    const free = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM work WHERE id = ${workId}::uuid AND state <> 'waiting' FOR UPDATE`;
    const work = free.length === 1 ? await findForDecision(tx, workId) : null;
    if (!work) return false;
    if (work.state === 'returned' && (await lastRound(tx, work.personId, work.taskId)) > work.round)
      throw new AppError('REVIEWS_SUPERSEDED');
    await tx.work.update({
      where: { id: workId },
      data: { state: 'waiting', points: null, heldBy: actor.id, heldUntil: until(app.clock.now()), seenAt: null },
      select: { id: true },
    });
    if (exam) await gradeExamAnswer(tx, workId, null);
    await tx.submission.deleteMany({ where: { personId: work.personId, clientId: workId } });
    await recountTask(tx, work.personId, work.taskId);
    await recordAudit(app, tx, actor, {
      action: 'work.reopen',
      subject: workId,
      label: labelOf(work),
      before: { state: work.state, points: work.points },
    });
    return true;
  });
  return lockOf(app, actor, workId, reopened);
}

/**
 * Grants a student one more work at a task, or takes back one that was granted and not used.
 * @throws AppError REVIEWS_NOT_FOUND for a student or a long task that is not there
 */
export async function changeExtra(
  app: App,
  actor: PersonActor,
  { personId, taskId }: { personId: string; taskId: string },
  by: 1 | -1,
): Promise<{ count: number; left: number }> {
  return app.db.$transaction(async (tx) => {
    await lockProgress(tx, personId, taskId);
    const person = await tx.person.findFirst({ where: { id: personId, role: 'student' }, select: { firstName: true, lastName: true } });
    const task = await tx.task.findUnique({ where: { id: taskId }, select: { title: true, spec: true } });
    if (!person || !task || criteriaOf(task.spec as Parameters<typeof criteriaOf>[0]).length === 0) throw new AppError('REVIEWS_NOT_FOUND');
    const key = { personId, taskId };
    const stored = await tx.workExtra.findUnique({ where: { personId_taskId: key }, select: { count: true } });
    const works = await tx.work.findMany({ where: key, select: { state: true } });
    const states = works.map(({ state }) => state);
    const before = stored?.count ?? 0;
    const count = Math.min(20, by === 1 || extraLeft(states, before) > 0 ? before + by : before);
    if (count !== before) {
      await tx.workExtra.upsert({ where: { personId_taskId: key }, create: { ...key, count }, update: { count }, select: { count: true } });
      await recordAudit(app, tx, actor, {
        action: by === 1 ? 'work.grant-extra' : 'work.revoke-extra',
        subject: personId,
        label: `${task.title}: ${person.firstName} ${person.lastName}`,
        before: { count: before },
        after: { count, taskId },
      });
    }
    return { count, left: extraLeft(states, count) };
  });
}
