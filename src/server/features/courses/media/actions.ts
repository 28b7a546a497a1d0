import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import {
  type addVideoInput,
  type moveVideoInput,
  type RestoreVideoInput,
  type restoreVideoInput,
  type updateVideoInput,
  videoLimit,
} from '#shared/media.ts';
import { ownVideoName } from '#shared/videos.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/db.ts';
import { accessTopicInOffice, type TopicInOffice } from './access.ts';
import { placedBefore } from './rules.ts';

/**
 * Adds a video at the end of a topic; the same id twice adds one.
 * @throws AppError TOPICS_NOT_FOUND, FILES_NOT_FOUND where the video is a file that the topic lacks, VIDEOS_TOO_MANY
 */
export async function addVideo(app: App, actor: PersonActor, input: z.output<typeof addVideoInput>): Promise<void> {
  await insertVideo(app, actor, { ...input, beforeId: null }, 'video.add');
}

/**
 * Puts a removed video back where it was.
 * @throws AppError as `addVideo`
 */
export async function restoreVideo(app: App, actor: PersonActor, input: z.output<typeof restoreVideoInput>): Promise<void> {
  await insertVideo(app, actor, input, 'video.restore');
}

async function insertVideo(
  app: App,
  actor: PersonActor,
  { id, beforeId, ...video }: RestoreVideoInput,
  action: 'video.add' | 'video.restore',
): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const { topicId } = video;
    await lockTopic(tx, topicId);
    await requireOwnFile(tx, topicId, video.url);
    const ids = await videoIds(tx, topicId);
    if (ids.includes(id)) return;
    if (ids.length >= videoLimit) throw new AppError('VIDEOS_TOO_MANY');
    // Somebody else's row under this id is none of the topic's.
    if (await tx.topicVideo.findUnique({ where: { id }, select: { id: true } })) throw new AppError('VIDEOS_NOT_FOUND');
    await tx.topicVideo.create({ data: { id, ...video, position: ids.length }, select: { id: true } });
    await writeOrder(tx, placedBefore([...ids, id], id, beforeId));
    await recordAudit(app, tx, actor, { action, subject: id, label: video.title, after: video });
  });
}

/**
 * Changes what a video is called, where it is and how long.
 * @throws AppError VIDEOS_NOT_FOUND, FILES_NOT_FOUND
 */
export async function updateVideo(app: App, actor: PersonActor, { id, ...fields }: z.output<typeof updateVideoInput>): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const before = await lockVideo(tx, id);
    if (fields.url !== undefined) await requireOwnFile(tx, before.topicId, fields.url);
    const changed = Object.entries(fields).filter(([name, value]) => before[name as keyof typeof fields] !== value);
    if (changed.length === 0) return;
    await tx.topicVideo.update({ where: { id }, data: fields, select: { id: true } });
    const was = Object.fromEntries(changed.map(([name]) => [name, before[name as keyof typeof fields]]));
    const label = fields.title ?? before.title;
    await recordAudit(app, tx, actor, { action: 'video.update', subject: id, label, before: was, after: Object.fromEntries(changed) });
  });
}

/**
 * Puts a video before another one. Where that one is gone meanwhile, at the end.
 * @returns the order as it is now
 * @throws AppError VIDEOS_NOT_FOUND
 */
export async function moveVideo(app: App, actor: PersonActor, { id, beforeId }: z.output<typeof moveVideoInput>): Promise<string[]> {
  return app.db.$transaction(async (tx) => {
    const { topicId, title } = await lockVideo(tx, id);
    const before = await videoIds(tx, topicId);
    const after = placedBefore(before, id, beforeId);
    const [from, to] = [before.indexOf(id), after.indexOf(id)];
    if (from === to) return after;
    await writeOrder(tx, after);
    const place = (at: number) => ({ position: at + 1 });
    await recordAudit(app, tx, actor, { action: 'video.move', subject: id, label: title, before: place(from), after: place(to) });
    return after;
  });
}

/**
 * Takes a video out of its topic. A file that it played stays among the topic's files.
 * @returns what `restoreVideo` puts back; null when it was gone already
 */
export async function removeVideo(app: App, actor: PersonActor, { id }: { id: string }): Promise<RestoreVideoInput | null> {
  return app.db.$transaction(async (tx) => {
    const row = await tx.topicVideo.findUnique({ where: { id }, select: { topicId: true } });
    if (!row) return null;
    await lockTopic(tx, row.topicId);
    const removed = await tx.topicVideo.findUnique({ where: { id }, select: { topicId: true, title: true, url: true, minutes: true } });
    if (!removed) return null;
    const ids = await videoIds(tx, row.topicId);
    await tx.topicVideo.delete({ where: { id }, select: { id: true } });
    await recordAudit(app, tx, actor, { action: 'video.remove', subject: id, label: removed.title, before: removed });
    return { id, ...removed, beforeId: ids[ids.indexOf(id) + 1] ?? null };
  });
}

/** Two people who change the order at once do it one after the other. */
async function lockTopic(tx: Tx, topicId: string): Promise<TopicInOffice> {
  await tx.$queryRaw`SELECT id FROM topic WHERE id = ${topicId}::uuid FOR NO KEY UPDATE`;
  return accessTopicInOffice(tx, topicId);
}

async function lockVideo(tx: Tx, id: string) {
  const found = await tx.topicVideo.findUnique({ where: { id }, select: { topicId: true } });
  if (!found) throw new AppError('VIDEOS_NOT_FOUND');
  await lockTopic(tx, found.topicId);
  const video = await tx.topicVideo.findUnique({ where: { id }, select: { topicId: true, title: true, url: true, minutes: true } });
  if (!video) throw new AppError('VIDEOS_NOT_FOUND');
  return video;
}

async function videoIds(tx: Tx, topicId: string): Promise<string[]> {
  const rows = await tx.topicVideo.findMany({ where: { topicId }, orderBy: [{ position: 'asc' }, { id: 'asc' }], select: { id: true } });
  return rows.map(({ id }) => id);
}

async function writeOrder(tx: Tx, ids: string[]): Promise<void> {
  await tx.$executeRaw`UPDATE topic_video v SET position = o.place - 1 FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS o(id, place)
    WHERE v.id = o.id AND v.position <> o.place - 1`;
}

async function requireOwnFile(tx: Tx, topicId: string, url: string): Promise<void> {
  const name = ownVideoName(url);
  if (name === null) return;
  const file = await tx.topicFile.findUnique({ where: { topicId_name: { topicId, name } }, select: { mime: true } });
  if (!file?.mime.startsWith('video/')) throw new AppError('FILES_NOT_FOUND');
}
