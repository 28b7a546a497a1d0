import { AppError } from '#shared/errors.ts';
import type { Actor } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';

/** A course whose programme nobody else changes until the transaction ends. */
export interface LockedCourse {
  id: string;
  slug: string;
  title: string;
  publishedAt: Date | null;
}

export interface LockedTopic {
  course: LockedCourse;
  id: string;
  title: string;
  opensAt: Date;
  publishedAt: Date | null;
}

export interface LockedTask {
  course: LockedCourse;
  topicId: string;
  id: string;
  slug: string;
  title: string;
  source: string;
  publishedAt: Date | null;
}

/** Which of two lives a thing is expected in: moderators change what is there and put back what was deleted. */
export type Life = 'there' | 'deleted';

/** @throws AppError AUTH_FORBIDDEN */
export function forModerators(actor: Actor): void {
  if (actor.kind === 'person' && actor.role !== 'moderator') throw new AppError('AUTH_FORBIDDEN');
}

/**
 * The course, for a moderator, locked: places and slugs within it are given to one change at a time. Students take up the course meanwhile: their
 * rows refer to it, and only FOR UPDATE would keep them waiting.
 * @throws AppError COURSES_NOT_FOUND
 */
export async function lockCourse(tx: Tx, actor: Actor, id: string, life: Life = 'there'): Promise<LockedCourse> {
  forModerators(actor);
  const rows = await tx.$queryRaw<{ id: string; slug: string; title: string; published_at: Date | null; deleted: boolean }[]>`
    SELECT id, slug, title, published_at, deleted_at IS NOT NULL AS deleted FROM course WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const row = rows[0];
  if (!row || row.deleted !== (life === 'deleted')) throw new AppError('COURSES_NOT_FOUND');
  return { id: row.id, slug: row.slug, title: row.title, publishedAt: row.published_at };
}

/** @throws AppError TOPICS_NOT_FOUND, COURSES_NOT_FOUND */
export async function lockTopic(tx: Tx, actor: Actor, id: string, life: Life = 'there'): Promise<LockedTopic> {
  forModerators(actor);
  const found = await tx.topic.findUnique({ where: { id }, select: { courseId: true } });
  if (!found) throw new AppError('TOPICS_NOT_FOUND');
  const course = await lockCourse(tx, actor, found.courseId);
  // Read again behind the lock: what was there a moment ago may have been changed by whoever held it.
  const topic = await tx.topic.findUnique({
    where: { id, deletedAt: life === 'there' ? null : { not: null } },
    select: { id: true, title: true, opensAt: true, publishedAt: true },
  });
  if (!topic) throw new AppError('TOPICS_NOT_FOUND');
  return { course, ...topic };
}

/** @throws AppError TASKS_NOT_FOUND, TOPICS_NOT_FOUND, COURSES_NOT_FOUND */
export async function lockTask(tx: Tx, actor: Actor, id: string, life: Life = 'there'): Promise<LockedTask> {
  forModerators(actor);
  const found = await tx.task.findUnique({ where: { id }, select: { topic: { select: { courseId: true } } } });
  if (!found) throw new AppError('TASKS_NOT_FOUND');
  const course = await lockCourse(tx, actor, found.topic.courseId);
  const task = await tx.task.findUnique({
    where: { id, deletedAt: life === 'there' ? null : { not: null }, topic: { deletedAt: null } },
    select: { id: true, topicId: true, slug: true, title: true, source: true, publishedAt: true },
  });
  if (!task) throw new AppError('TASKS_NOT_FOUND');
  return { course, ...task };
}
