import type * as z from 'zod';
import { Prisma } from '#prisma/generated/client.ts';
import type { AuditAction } from '#shared/audit.ts';
import type { movedDto } from '#shared/curriculum.ts';
import { AppError } from '#shared/errors.ts';
import { type copyExamInput, type createExamInput, type examIdInput, examLimits, type moveExamInput } from '#shared/exams.ts';
import type { UpdateExamResult, UpdateOfficeExamInput } from '#shared/exams-office.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';
import type { Tx } from '../../../../platform/db.ts';
import { lockCourse } from '../../../courses/office/access.ts';
import { copyTitle, freeSlug, movedBefore, nextTo, slugOf } from '../../../courses/office/rules.ts';
import { patience } from '../../closing/hold.ts';
import { recomputeDeadlines } from '../../deadlines/actions.ts';
import { examFields } from '../../rules.ts';
import { lockExam } from '../access.ts';
import { examProblem, windowIsSound } from '../rules.ts';
import { taskMayBeGiven } from '../tasks/queries.ts';

type Item = z.output<typeof examIdInput>;

/**
 * A draft at the end of the course's exams. Asked twice with one id, it is made once.
 * @throws AppError COURSES_NOT_FOUND
 */
export async function createExam(app: App, actor: PersonActor, { id, courseId, title }: z.output<typeof createExamInput>): Promise<void> {
  await app.db.$transaction(async (tx) => {
    await lockCourse(tx, actor, courseId);
    if (await tx.exam.findUnique({ where: { id }, select: { id: true } })) return;
    const present = await listPlaces(tx, courseId);
    const slug = freeSlug(slugOf(title, 'exam'), slugsOf(present));
    await tx.exam.create({
      data: { id, courseId, slug, title, position: present.length, createdAt: app.clock.now() },
      select: { id: true },
    });
    await writePlaces(tx, idsOf(present));
    await recordAudit(app, tx, actor, { action: 'exam.create', subject: id, label: title, after: { title } });
  });
}

/**
 * Changes what an exam says. Attempts that are running keep what they began with, but for the end of the window: it moves theirs, and where that
 * takes time from them it has to be known (`cut`).
 * @throws AppError EXAMS_NOT_FOUND; INPUT_INVALID for a window that ends before it begins, or a scale that there is not
 */
export async function updateExam(app: App, actor: PersonActor, { id, cut, ...input }: UpdateOfficeExamInput): Promise<UpdateExamResult> {
  return app.db.$transaction(async (tx): Promise<UpdateExamResult> => {
    const exam = await lockExam(tx, actor, id);
    const { opensAt, closesAt, ...rest } = input;
    const window = {
      opensAt: opensAt === undefined ? exam.opensAt : instantOrNull(opensAt),
      closesAt: closesAt === undefined ? exam.closesAt : instantOrNull(closesAt),
    };
    if (!windowIsSound(window)) throw AppError.invalid({ field: 'closesAt', code: 'invalid' });
    if (rest.scaleYear) await needScale(tx, exam.course.id, rest.scaleYear);
    const endMoves = window.closesAt?.getTime() !== exam.closesAt?.getTime();
    if (endMoves && window.closesAt && cut !== true) {
      const attempts = await countCut(tx, id, window.closesAt);
      if (attempts > 0) return { outcome: 'cuts', attempts };
    }
    const before = await tx.exam.findUniqueOrThrow({ where: { id }, select: examFields });
    const after = await tx.exam.update({ where: { id }, data: { ...rest, ...window }, select: examFields });
    if (endMoves) await recomputeDeadlines(app, tx, id);
    const keys = (Object.keys(examFields) as (keyof typeof examFields)[]).filter((key) => written(before[key]) !== written(after[key]));
    const only = (row: typeof before) => Object.fromEntries(keys.map((key) => [key, written(row[key])]));
    if (keys.length > 0) {
      await recordAudit(app, tx, actor, {
        action: 'exam.update',
        subject: id,
        label: after.title,
        before: only(before),
        after: only(after),
      });
    }
    return { outcome: 'saved' };
  }, patience);
}

const instantOrNull = (at: string | null) => (at === null ? null : new Date(at));
const written = (value: string | number | boolean | Date | null) => (value instanceof Date ? value.toISOString() : value);

/** Running attempts that would have to end sooner. */
async function countCut(tx: Tx, examId: string, closesAt: Date): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM exam_attempt r LEFT JOIN exam_extra e ON e.exam_id = r.exam_id AND e.person_id = r.person_id
    WHERE r.exam_id = ${examId}::uuid AND r.finished_at IS NULL
      AND (r.deadline_at IS NULL OR r.deadline_at > ${closesAt}::timestamptz + make_interval(mins => coalesce(e.minutes, 0)))`;
  return rows[0]?.count ?? 0;
}

async function needScale(tx: Tx, courseId: string, year: number): Promise<void> {
  const found = await tx.scale.count({ where: { year, subject: { courses: { some: { id: courseId } } } } });
  if (found === 0) throw AppError.invalid({ field: 'scaleYear', code: 'invalid' });
}

/**
 * Gives an exam to the students.
 * @throws AppError EXAMS_NOT_FOUND, EXAMS_INCOMPLETE
 */
export async function publishExam(app: App, actor: PersonActor, { id }: Item): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const exam = await lockExam(tx, actor, id);
    if (exam.publishedAt) return;
    // Locked, so that none is taken from the students between the look and the publication.
    await tx.$queryRaw`SELECT k.id FROM exam_task e JOIN task k ON k.id = e.task_id WHERE e.exam_id = ${id}::uuid FOR SHARE OF k`;
    const tasks = await tx.examTask.findMany({
      where: { examId: id },
      select: { task: { select: { publishedAt: true, deletedAt: true, topic: { select: { deletedAt: true } } } } },
    });
    const lost = tasks.filter(({ task }) => !task.publishedAt || task.deletedAt || task.topic.deletedAt).length;
    const problem = examProblem({ tasks: tasks.length, lost, opensAt: exam.opensAt, closesAt: exam.closesAt });
    if (problem) throw new AppError('EXAMS_INCOMPLETE', { reason: problem });
    await turn(app, tx, actor, exam, 'exam.publish', { publishedAt: app.clock.now() });
  });
}

/** Takes an exam from the students; who is at it goes on. */
export async function unpublishExam(app: App, actor: PersonActor, { id }: Item): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const exam = await lockExam(tx, actor, id);
    if (exam.publishedAt) await turn(app, tx, actor, exam, 'exam.unpublish', { publishedAt: null });
  });
}

/** Out of sight; attempts and their points are kept, and who is at it goes on. */
export async function deleteExam(app: App, actor: PersonActor, { id }: Item): Promise<void> {
  await app.db.$transaction(async (tx) => {
    await turn(app, tx, actor, await lockExam(tx, actor, id), 'exam.delete', { deletedAt: app.clock.now() });
  });
}

export async function restoreExam(app: App, actor: PersonActor, { id }: Item): Promise<void> {
  await app.db.$transaction(async (tx) => {
    await turn(app, tx, actor, await lockExam(tx, actor, id, 'deleted'), 'exam.restore', { deletedAt: null });
  });
}

async function turn(
  app: App,
  tx: Tx,
  actor: PersonActor,
  { id, title }: { id: string; title: string },
  action: AuditAction,
  data: { publishedAt: Date | null } | { deletedAt: Date | null },
): Promise<void> {
  await tx.exam.update({ where: { id }, data, select: { id: true } });
  await recordAudit(app, tx, actor, { action, subject: id, label: title });
}

/** A draft of a copy behind the exam, with its tasks and dates, without attempts and extras. */
export async function copyExam(app: App, actor: PersonActor, { id, newId }: z.output<typeof copyExamInput>): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const { course } = await lockExam(tx, actor, id);
    if (await tx.exam.findUnique({ where: { id: newId }, select: { id: true } })) return;
    // Whole, so that a column added later is copied too.
    const exam = await tx.exam.findUniqueOrThrow({ where: { id } });
    const present = await listPlaces(tx, course.id);
    const title = copyTitle(exam.title, examLimits.title);
    const slug = freeSlug(slugOf(title, 'exam'), slugsOf(present));
    const data = { ...exam, id: newId, slug, title, publishedAt: null, createdAt: app.clock.now() };
    await tx.exam.create({ data, select: { id: true } });
    // What may no longer be given is not copied.
    await tx.$executeRaw`INSERT INTO exam_task (exam_id, task_id, position)
      SELECT ${newId}::uuid, k.id, row_number() OVER (ORDER BY e.position, k.id) - 1
      FROM exam_task e JOIN task k ON k.id = e.task_id JOIN topic t ON t.id = k.topic_id
      WHERE e.exam_id = ${id}::uuid AND ${Prisma.raw(taskMayBeGiven)}`;
    const ids = idsOf(present);
    await writePlaces(tx, ids.toSpliced(ids.indexOf(id) + 1, 0, newId));
    await recordAudit(app, tx, actor, { action: 'exam.copy', subject: newId, label: title, before: { id, title: exam.title } });
  });
}

/**
 * Moves an exam before another one of its course, or to the end.
 * @throws AppError EXAMS_NOT_FOUND, COURSES_PLACE_GONE where the other one is no longer there
 */
export async function moveExam(
  app: App,
  actor: PersonActor,
  { id, beforeId }: z.output<typeof moveExamInput>,
): Promise<z.output<typeof movedDto>> {
  return app.db.$transaction(async (tx) => {
    const exam = await lockExam(tx, actor, id);
    const present = await listPlaces(tx, exam.course.id);
    const shown = idsOf(present.filter((place) => !place.deleted));
    if (beforeId !== null && !shown.includes(beforeId)) throw new AppError('COURSES_PLACE_GONE');
    const order = movedBefore(idsOf(present), id, beforeId);
    if (!order) throw new AppError('COURSES_PLACE_GONE');
    await writePlaces(tx, order);
    const after = order.filter((one) => shown.includes(one));
    const [from, to] = [shown.indexOf(id) + 1, after.indexOf(id) + 1];
    if (from !== to) {
      const places = { before: { place: from }, after: { place: to } };
      await recordAudit(app, tx, actor, { action: 'exam.move', subject: id, label: exam.title, ...places });
    }
    return { order: after, beforeId: nextTo(shown, id) };
  });
}

interface Place {
  id: string;
  slug: string;
  deleted: boolean;
}

const idsOf = (places: Place[]) => places.map((place) => place.id);
const slugsOf = (places: Place[]) => places.map((place) => place.slug);

/** With deleted ones: they keep their places and slugs. */
async function listPlaces(tx: Tx, courseId: string): Promise<Place[]> {
  const select = { id: true, slug: true, deletedAt: true } as const;
  const rows = await tx.exam.findMany({ where: { courseId }, select, orderBy: [{ position: 'asc' }, { id: 'asc' }] });
  return rows.map(({ id, slug, deletedAt }) => ({ id, slug, deleted: deletedAt !== null }));
}

/** One statement for all places. */
async function writePlaces(tx: Tx, order: readonly string[]): Promise<void> {
  await tx.$executeRaw`UPDATE exam x SET position = v.place - 1 FROM unnest(${order}::uuid[]) WITH ORDINALITY AS v (id, place)
    WHERE x.id = v.id AND x.position IS DISTINCT FROM v.place - 1`;
}
