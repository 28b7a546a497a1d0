import * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import type { AddToTopicInput, OfficeFileDto, renameFileInput, setListedInput } from '#shared/files.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/db.ts';
import { accessTopicInOffice } from '../../courses/media/access.ts';
import { claimUploads, resizeLater } from '../claims.ts';
import { fileNameFor } from '../rules.ts';
import { uploadLifeMs } from '../uploads/rules.ts';
import { getOfficeFile } from './queries.ts';

/**
 * Gives an upload its place in a topic. Asked twice, because the first answer was lost, it is still one file.
 * @throws AppError TOPICS_NOT_FOUND, FILES_NOT_FOUND
 */
export async function addToTopic(app: App, actor: PersonActor, input: AddToTopicInput): Promise<OfficeFileDto> {
  const { uploadId, topicId, listed = false } = input;
  await app.db.$transaction(async (tx) => {
    const topic = await lockTopic(tx, topicId);
    // The file takes over the id of the upload.
    if ((await tx.topicFile.count({ where: { id: uploadId, topicId } })) > 0) return;
    const [upload] = await claimUploads(app, tx, actor, [uploadId], { purpose: 'topic', subjectId: topicId });
    if (!upload) throw new AppError('FILES_NOT_FOUND');
    const present = await tx.topicFile.findMany({ where: { topicId }, select: { name: true, listedAt: true } });
    const name = fileNameFor(input.name ?? upload.name, upload.name, new Set(present.map((file) => file.name)));
    const { storageKey, mime, size, width, height } = upload;
    const listedAt = listed ? Math.max(-1, ...present.map((file) => file.listedAt ?? -1)) + 1 : null;
    const title = input.title || null;
    const row = { id: uploadId, topicId, name, title, listedAt, storageKey, mime, size, width, height, addedAt: app.clock.now() };
    await tx.topicFile.create({ data: row, select: { id: true } });
    await recordAudit(app, tx, actor, { action: 'file.add', subject: uploadId, label: name, after: { topic: topic.title, name, size } });
  });
  return getOfficeFile(app, actor, uploadId);
}

/** One after the other per topic: names and places of its files are decided by what is there. */
async function lockTopic(tx: Tx, topicId: string) {
  await tx.$queryRaw`SELECT id FROM topic WHERE id = ${topicId}::uuid FOR NO KEY UPDATE`;
  return accessTopicInOffice(tx, topicId);
}

/** @throws AppError FILES_NOT_FOUND */
export async function renameFile(app: App, actor: PersonActor, input: z.output<typeof renameFileInput>): Promise<void> {
  const { fileId: id, title: typed } = input;
  await app.db.$transaction(async (tx) => {
    const file = await tx.topicFile.findUnique({ where: { id }, select: { name: true, title: true } });
    if (!file) throw new AppError('FILES_NOT_FOUND');
    const title = typed || null;
    if (title === file.title) return;
    await tx.topicFile.update({ where: { id }, data: { title }, select: { id: true } });
    const names = { before: { title: file.title }, after: { title } };
    await recordAudit(app, tx, actor, { action: 'file.rename', subject: id, label: file.name, ...names });
  });
}

/**
 * Makes the list under the theory this one.
 * @throws AppError TOPICS_NOT_FOUND, FILES_NOT_FOUND when one is no file of the topic
 */
export async function setListed(app: App, actor: PersonActor, { topicId, fileIds }: z.output<typeof setListedInput>): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const topic = await lockTopic(tx, topicId);
    const files = await tx.topicFile.findMany({
      where: { topicId },
      orderBy: { listedAt: 'asc' },
      select: { id: true, name: true, listedAt: true },
    });
    const nameOf = (id: string) => {
      const file = files.find((one) => one.id === id);
      if (!file) throw new AppError('FILES_NOT_FOUND');
      return file.name;
    };
    const before = files.filter((file) => file.listedAt !== null).map((file) => file.id);
    const after = [...new Set(fileIds)];
    const names = { before: { files: before.map(nameOf) }, after: { files: after.map(nameOf) } };
    if (before.join() === after.join()) return;
    await tx.topicFile.updateMany({ where: { topicId, id: { notIn: after } }, data: { listedAt: null } });
    for (const [listedAt, id] of after.entries()) await tx.topicFile.update({ where: { id }, data: { listedAt }, select: { id: true } });
    await recordAudit(app, tx, actor, { action: 'file.arrange', subject: topicId, label: topic.title, ...names });
  });
}

/** What the journal keeps of a removed file, so that it can be put back. */
const removedFile = z.object({
  topicId: z.uuid(),
  name: z.string(),
  title: z.string().nullable(),
  listedAt: z.number().nullable(),
  storageKey: z.string(),
  mime: z.string(),
  size: z.number(),
  width: z.number().nullable(),
  height: z.number().nullable(),
});

const keptColumns = {
  topicId: true,
  name: true,
  title: true,
  listedAt: true,
  storageKey: true,
  mime: true,
  size: true,
  width: true,
  height: true,
} as const;

/**
 * Takes a file out of its topic. The bytes stay for a day.
 * @throws AppError FILES_NOT_FOUND, FILES_IN_USE
 */
export async function removeFile(app: App, actor: PersonActor, id: string): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const file = await tx.topicFile.findUnique({ where: { id }, select: keptColumns });
    if (!file) throw new AppError('FILES_NOT_FOUND');
    await tx.$queryRaw`SELECT id FROM topic WHERE id = ${file.topicId}::uuid FOR NO KEY UPDATE`;
    const { usedIn: places } = await getOfficeFile(app, actor, id, tx);
    if (places.length > 0) throw new AppError('FILES_IN_USE', { places });
    await tx.topicFile.delete({ where: { id }, select: { id: true } });
    await recordAudit(app, tx, actor, { action: 'file.remove', subject: id, label: file.name, before: file });
  });
}

/**
 * Puts a removed file back under its name and in its place, or the nearest that is free.
 * @throws AppError FILES_NOT_FOUND when it was not removed within the last day, TOPICS_NOT_FOUND
 */
export async function restoreFile(app: App, actor: PersonActor, id: string): Promise<OfficeFileDto> {
  const since = new Date(app.clock.now().getTime() - uploadLifeMs);
  const entry = await app.db.auditEntry.findFirst({
    where: { action: 'file.remove', subject: id, at: { gt: since } },
    orderBy: { id: 'desc' },
    select: { before: true },
  });
  const kept = removedFile.safeParse(entry?.before);
  if (!kept.success || !(await app.storage.find(kept.data.storageKey))) throw new AppError('FILES_NOT_FOUND');
  const file = kept.data;
  await app.db.$transaction(async (tx) => {
    await lockTopic(tx, file.topicId);
    if ((await tx.topicFile.count({ where: { id } })) > 0) return;
    const taken = await tx.topicFile.findMany({ where: { topicId: file.topicId }, select: { name: true } });
    const names = new Set(taken.map(({ name }) => name));
    const name = names.has(file.name) ? fileNameFor(file.name, file.name, names) : file.name;
    await tx.topicFile.create({ data: { ...file, id, name, addedAt: app.clock.now() }, select: { id: true } });
    await resizeLater(app, tx, [{ ...file, name }]);
    await recordAudit(app, tx, actor, { action: 'file.restore', subject: id, label: name });
  });
  return getOfficeFile(app, actor, id);
}
