import type * as z from 'zod';
import type { AuditAction } from '#shared/audit.ts';
import type { copyInput, createTopicInput, itemInput, movedDto, moveInput, renameInput, topicOpeningInput } from '#shared/curriculum.ts';
import { titleLimit } from '#shared/curriculum.ts';
import { AppError } from '#shared/errors.ts';
import { instantOf } from '#shared/wall-clock.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';
import type { Tx } from '../../../../platform/db.ts';
import { lockCourse, lockTopic } from '../access.ts';
import { copyTopics } from '../copies/actions.ts';
import { copyTitle, freeSlug, keepDates, movedBefore, nextTo, openingAfter, type Place, slugOf } from '../rules.ts';

type Item = z.output<typeof itemInput>;

/**
 * A draft of a topic at the end of its course, a week after the last one. Asked twice with one id, it is made once.
 * @throws AppError COURSES_NOT_FOUND
 */
export async function createTopic(app: App, actor: PersonActor, { id, courseId, title }: z.output<typeof createTopicInput>): Promise<void> {
  await app.db.$transaction(async (tx) => {
    await lockCourse(tx, actor, courseId);
    if (await tx.topic.findUnique({ where: { id }, select: { id: true } })) return;
    const topics = await listPlaces(tx, courseId);
    const last = topics.findLast((topic) => !topic.deleted)?.opensAt ?? null;
    const data = {
      id,
      courseId,
      title,
      slug: await topicSlug(tx, courseId, title),
      theory: '',
      opensAt: openingAfter(last, app.clock.now(), app.config.schoolTimeZone),
      position: topics.length,
    };
    await tx.topic.create({ data, select: { id: true } });
    await writePlaces(tx, topics);
    await recordAudit(app, tx, actor, { action: 'topic.create', subject: id, label: title });
  });
}

/** @throws AppError TOPICS_NOT_FOUND */
export async function renameTopic(app: App, actor: PersonActor, { id, title }: z.output<typeof renameInput>): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const before = await lockTopic(tx, actor, id);
    if (before.title === title) return;
    await tx.topic.update({ where: { id }, data: { title }, select: { id: true } });
    await recordAudit(app, tx, actor, {
      action: 'topic.rename',
      subject: id,
      label: title,
      before: { title: before.title },
      after: { title },
    });
  });
}

/**
 * Sets when a topic opens, by the school's clocks.
 * @throws AppError TOPICS_NOT_FOUND
 */
export function setTopicOpening(app: App, actor: PersonActor, { id, on, time }: z.output<typeof topicOpeningInput>): Promise<void> {
  return openAt(app, actor, id, 'topic.opening', instantOf(on, time, app.config.schoolTimeZone));
}

/** Opens a topic to all from this minute on. */
export function openTopicNow(app: App, actor: PersonActor, { id }: Item): Promise<void> {
  const now = app.clock.now().getTime();
  return openAt(app, actor, id, 'topic.open-now', new Date(now - (now % 60_000)));
}

async function openAt(app: App, actor: PersonActor, id: string, action: AuditAction, opensAt: Date): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const topic = await lockTopic(tx, actor, id);
    if (topic.opensAt.getTime() === opensAt.getTime()) return;
    await tx.topic.update({ where: { id }, data: { opensAt }, select: { id: true } });
    const [before, after] = [{ opensAt: topic.opensAt.toISOString() }, { opensAt: opensAt.toISOString() }];
    await recordAudit(app, tx, actor, { action, subject: id, label: topic.title, before, after });
  });
}

export const publishTopic = (app: App, actor: PersonActor, { id }: Item) =>
  turn(app, actor, id, 'topic.publish', { publishedAt: app.clock.now() });
export const unpublishTopic = (app: App, actor: PersonActor, { id }: Item) =>
  turn(app, actor, id, 'topic.unpublish', { publishedAt: null });
export const deleteTopic = (app: App, actor: PersonActor, { id }: Item) =>
  turn(app, actor, id, 'topic.delete', { deletedAt: app.clock.now() });

async function turn(
  app: App,
  actor: PersonActor,
  id: string,
  action: AuditAction,
  data: { publishedAt: Date | null } | { deletedAt: Date },
): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const topic = await lockTopic(tx, actor, id);
    // Published again, a topic keeps the day on which it was published.
    if ('publishedAt' in data && (data.publishedAt === null) === (topic.publishedAt === null)) return;
    await tx.topic.update({ where: { id }, data, select: { id: true } });
    await recordAudit(app, tx, actor, { action, subject: id, label: topic.title });
  });
}

/** Puts a deleted topic back to its place, with all that students did in it. */
export async function restoreTopic(app: App, actor: PersonActor, { id }: Item): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const topic = await lockTopic(tx, actor, id, 'deleted');
    await tx.topic.update({ where: { id }, data: { deletedAt: null }, select: { id: true } });
    await recordAudit(app, tx, actor, { action: 'topic.restore', subject: id, label: topic.title });
  });
}

/**
 * Moves a topic before another one; the dates stay at their places.
 * @throws AppError TOPICS_NOT_FOUND, COURSES_PLACE_GONE where the other topic is no longer there
 */
export async function moveTopic(
  app: App,
  actor: PersonActor,
  { id, beforeId }: z.output<typeof moveInput>,
): Promise<z.output<typeof movedDto>> {
  return app.db.$transaction(async (tx) => {
    const topic = await lockTopic(tx, actor, id);
    const before = await listPlaces(tx, topic.course.id);
    const shown = before.filter((place) => !place.deleted).map((place) => place.id);
    if (beforeId !== null && !shown.includes(beforeId)) throw new AppError('COURSES_PLACE_GONE');
    const order = movedBefore(
      before.map((place) => place.id),
      id,
      beforeId,
    );
    if (!order) throw new AppError('COURSES_PLACE_GONE');
    const after = keepDates(before, order);
    await writePlaces(tx, after);
    const shownAfter = after.filter((place) => !place.deleted).map((place) => place.id);
    const [from, to] = [shown.indexOf(id) + 1, shownAfter.indexOf(id) + 1];
    if (from !== to)
      await recordAudit(app, tx, actor, {
        action: 'topic.move',
        subject: id,
        label: topic.title,
        before: { place: from },
        after: { place: to },
      });
    return { order: shownAfter, beforeId: nextTo(shown, id) };
  });
}

/** A draft of a copy behind the topic, with everything in it and its date. */
export async function duplicateTopic(app: App, actor: PersonActor, { id, newId }: z.output<typeof copyInput>): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const topic = await lockTopic(tx, actor, id);
    if (await tx.topic.findUnique({ where: { id: newId }, select: { id: true } })) return;
    const courseId = topic.course.id;
    const title = copyTitle(topic.title, titleLimit);
    const places = await listPlaces(tx, courseId);
    const slug = await topicSlug(tx, courseId, title);
    await copyTopics(app, tx, actor, [
      { from: id, to: { id: newId, courseId, slug, title, opensAt: topic.opensAt, position: 0, publishedAt: null } },
    ]);
    const copy = { id: newId, opensAt: topic.opensAt, deleted: false };
    await writePlaces(tx, places.toSpliced(places.findIndex((place) => place.id === id) + 1, 0, copy));
    await recordAudit(app, tx, actor, { action: 'topic.copy', subject: newId, label: title, before: { id, title: topic.title } });
  });
}

async function listPlaces(tx: Tx, courseId: string): Promise<Place[]> {
  const select = { id: true, opensAt: true, deletedAt: true } as const;
  const rows = await tx.topic.findMany({ where: { courseId }, select, orderBy: [{ position: 'asc' }, { id: 'asc' }] });
  return rows.map(({ id, opensAt, deletedAt }) => ({ id, opensAt, deleted: deletedAt !== null }));
}

/** One statement for all places: a course may have a hundred topics. */
async function writePlaces(tx: Tx, places: readonly Place[]): Promise<void> {
  const ids = places.map((place) => place.id);
  const dates = places.map((place) => place.opensAt.toISOString());
  await tx.$executeRaw`UPDATE topic t SET position = v.place - 1, opens_at = v.opens_at
    FROM unnest(${ids}::uuid[], ${dates}::timestamptz[]) WITH ORDINALITY AS v (id, opens_at, place)
    WHERE t.id = v.id AND (t.position, t.opens_at) IS DISTINCT FROM (v.place - 1, v.opens_at)`;
}

/** Deleted topics keep their slugs. */
async function topicSlug(tx: Tx, courseId: string, title: string): Promise<string> {
  const taken = await tx.topic.findMany({ where: { courseId }, select: { slug: true } });
  return freeSlug(
    slugOf(title, 'topic'),
    taken.map((topic) => topic.slug),
  );
}
