import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import type { AuditAction } from '#shared/audit.ts';
import type { copyInput, createCourseInput, itemInput, movedDto, moveInput, newYearInput, updateCourseInput } from '#shared/curriculum.ts';
import { titleLimit } from '#shared/curriculum.ts';
import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';
import type { Tx } from '../../../../platform/db.ts';
import { forModerators, lockCourse } from '../access.ts';
import { copyDrafts, copyExams, copyTopics } from '../copies/actions.ts';
import { copyTitle, freeSlug, movedBefore, nextTo, shiftTo, slugOf } from '../rules.ts';

type Item = z.output<typeof itemInput>;

/**
 * A draft of a course at the end of the list. Asked twice with one id, it is made once.
 * @throws AppError SUBJECTS_NOT_FOUND
 */
export async function createCourse(app: App, actor: PersonActor, input: z.output<typeof createCourseInput>): Promise<{ slug: string }> {
  return app.db.$transaction(async (tx) => {
    const order = await lockList(tx, actor);
    const { subjectId, ...course } = input;
    const made = await tx.course.findUnique({ where: { id: course.id }, select: { slug: true } });
    if (made) return made;
    await needSubject(tx, subjectId);
    const slug = await courseSlug(tx, course.title);
    const data = { ...course, subjectId, slug, description: '', position: order.length, createdAt: app.clock.now() };
    await tx.course.create({ data, select: { id: true } });
    await writePlaces(tx, order);
    const { id, ...after } = input;
    await recordAudit(app, tx, actor, { action: 'course.create', subject: id, label: course.title, after });
    return { slug };
  });
}

/** @throws AppError COURSES_NOT_FOUND, SUBJECTS_NOT_FOUND */
export async function updateCourse(app: App, actor: PersonActor, { id, ...changes }: z.output<typeof updateCourseInput>): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const course = await lockCourse(tx, actor, id);
    if (changes.subjectId !== undefined) await needSubject(tx, changes.subjectId);
    const select = { title: true, subjectId: true, target: true, summary: true, schedule: true, chatAfter: true } as const;
    const before = await tx.course.findUniqueOrThrow({ where: { id }, select });
    const after = await tx.course.update({ where: { id }, data: changes, select });
    const keys = (Object.keys(select) as (keyof typeof select)[]).filter((key) => before[key] !== after[key]);
    if (keys.length === 0) return;
    const only = (row: typeof before) => Object.fromEntries(keys.map((key) => [key, row[key]]));
    const label = changes.title ?? course.title;
    await recordAudit(app, tx, actor, { action: 'course.update', subject: id, label, before: only(before), after: only(after) });
  });
}

export const publishCourse = (app: App, actor: PersonActor, { id }: Item) =>
  turn(app, actor, id, 'course.publish', { publishedAt: app.clock.now() });
export const unpublishCourse = (app: App, actor: PersonActor, { id }: Item) =>
  turn(app, actor, id, 'course.unpublish', { publishedAt: null });
export const deleteCourse = (app: App, actor: PersonActor, { id }: Item) =>
  turn(app, actor, id, 'course.delete', { deletedAt: app.clock.now() });

async function turn(
  app: App,
  actor: PersonActor,
  id: string,
  action: AuditAction,
  data: { publishedAt: Date | null } | { deletedAt: Date },
): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const course = await lockCourse(tx, actor, id);
    if ('publishedAt' in data && (data.publishedAt === null) === (course.publishedAt === null)) return;
    await tx.course.update({ where: { id }, data, select: { id: true } });
    await recordAudit(app, tx, actor, { action, subject: id, label: course.title });
  });
}

/** Puts a deleted course back with everything in it. */
export async function restoreCourse(app: App, actor: PersonActor, { id }: Item): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const course = await lockCourse(tx, actor, id, 'deleted');
    await tx.course.update({ where: { id }, data: { deletedAt: null }, select: { id: true } });
    await recordAudit(app, tx, actor, { action: 'course.restore', subject: id, label: course.title });
  });
}

/**
 * Moves a course before another one in the list.
 * @throws AppError COURSES_NOT_FOUND, COURSES_PLACE_GONE
 */
export async function moveCourse(
  app: App,
  actor: PersonActor,
  { id, beforeId }: z.output<typeof moveInput>,
): Promise<z.output<typeof movedDto>> {
  return app.db.$transaction(async (tx) => {
    const before = await lockList(tx, actor);
    const course = await tx.course.findUnique({ where: { id, deletedAt: null }, select: { title: true } });
    if (!course) throw new AppError('COURSES_NOT_FOUND');
    const order = movedBefore(before, id, beforeId);
    if (!order) throw new AppError('COURSES_PLACE_GONE');
    await writePlaces(tx, order);
    const places = { before: { place: before.indexOf(id) + 1 }, after: { place: order.indexOf(id) + 1 } };
    if (places.before.place !== places.after.place)
      await recordAudit(app, tx, actor, { action: 'course.move', subject: id, label: course.title, ...places });
    return { order, beforeId: nextTo(before, id) };
  });
}

/** A draft of a copy behind the course, with everything in it and its dates. */
export function duplicateCourse(app: App, actor: PersonActor, { id, newId }: z.output<typeof copyInput>): Promise<{ slug: string }> {
  return copyCourse(app, actor, 'course.copy', { id, newId, title: null, dates: () => (at) => at });
}

/**
 * The course once more for a new school year: its dates, those of exams too, are moved so that the first topic opens on the given day, and each keeps its time of day.
 * @throws AppError COURSES_NOT_FOUND
 */
export function startNewYear(
  app: App,
  actor: PersonActor,
  { firstOn, ...input }: z.output<typeof newYearInput>,
): Promise<{ slug: string }> {
  const dates = (openings: Date[]) => shiftTo(firstOn, openings, app.config.schoolTimeZone);
  return copyCourse(app, actor, 'course.new-year', { ...input, dates });
}

interface CourseCopy {
  id: string;
  newId: string;
  /** Null: the old one, called a copy. */
  title: string | null;
  /** How dates are moved, by the openings there are. */
  dates: (openings: Date[]) => (at: Date) => Date;
}

async function copyCourse(
  app: App,
  actor: PersonActor,
  action: AuditAction,
  { id, newId, title: given, dates }: CourseCopy,
): Promise<{ slug: string }> {
  return app.db.$transaction(
    async (tx) => {
      const order = await lockList(tx, actor);
      const made = await tx.course.findUnique({ where: { id: newId }, select: { slug: true } });
      if (made) return made;
      await lockCourse(tx, actor, id);
      // Whole, so that a column added later is copied too.
      const course = await tx.course.findUniqueOrThrow({ where: { id } });
      const title = given ?? copyTitle(course.title, titleLimit);
      const slug = await courseSlug(tx, title);
      const own = { id: newId, slug, title, position: order.length, publishedAt: null, createdAt: app.clock.now() };
      await tx.course.create({ data: { ...course, ...own }, select: { id: true } });
      await writePlaces(tx, order.toSpliced(order.indexOf(id) + 1, 0, newId));
      await copyDrafts(app, tx, actor, 'course', new Map([[id, newId]]));
      const select = { id: true, slug: true, title: true, opensAt: true, position: true, publishedAt: true } as const;
      const topics = await tx.topic.findMany({
        where: { courseId: id, deletedAt: null },
        select,
        orderBy: [{ position: 'asc' }, { id: 'asc' }],
      });
      const shift = dates(topics.map((topic) => topic.opensAt));
      const copies = topics.map(({ id: from, ...topic }) => ({
        from,
        to: { ...topic, id: randomUUID(), courseId: newId, opensAt: shift(topic.opensAt) },
      }));
      const taskIds = await copyTopics(app, tx, actor, copies);
      const exams = await copyExams(app, tx, { from: id, to: newId, taskIds, shift });
      await recordAudit(app, tx, actor, {
        action,
        subject: newId,
        label: title,
        before: { id, title: course.title },
        after: { topics: topics.length, exams },
      });
      return { slug };
    },
    { maxWait: 10_000, timeout: 60_000 },
  );
}

/** All courses that are there, in the order of the list. Locked: places and slugs are given to one change at a time, and an import takes this lock too. */
async function lockList(tx: Tx, actor: PersonActor): Promise<string[]> {
  forModerators(actor);
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('course.import', 0))`;
  const rows = await tx.course.findMany({
    where: { deletedAt: null },
    select: { id: true },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  });
  return rows.map((course) => course.id);
}

async function writePlaces(tx: Tx, order: readonly string[]): Promise<void> {
  await tx.$executeRaw`UPDATE course c SET position = v.place - 1 FROM unnest(${order}::uuid[]) WITH ORDINALITY AS v (id, place)
    WHERE c.id = v.id AND c.position IS DISTINCT FROM v.place - 1`;
}

/** Deleted courses keep their slugs. */
async function courseSlug(tx: Tx, title: string): Promise<string> {
  const taken = await tx.course.findMany({ select: { slug: true } });
  return freeSlug(
    slugOf(title, 'course'),
    taken.map((course) => course.slug),
  );
}

async function needSubject(tx: Tx, id: string): Promise<void> {
  if (!(await tx.subject.findUnique({ where: { id }, select: { id: true } }))) throw new AppError('SUBJECTS_NOT_FOUND');
}
