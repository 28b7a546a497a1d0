import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import type { UploadDto, uploadMetadata } from '#shared/files.ts';
import { refusalOf } from '#shared/upload-rules.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { accessUpload, accessUploadSubject, type OwnUpload } from './access.ts';
import { inspectContent } from './content.ts';
import { megabytes, mostWaiting, tidyName, toUploadDto, uploadLifeMs } from './rules.ts';

export type UploadAnnouncement = z.output<typeof uploadMetadata> & { size: number };

/**
 * Takes note of a file that is about to be sent.
 * @throws AppError FILES_REFUSED, and those of `accessUploadSubject`
 */
export async function beginUpload(
  app: App,
  actor: PersonActor,
  announced: UploadAnnouncement,
): Promise<{ id: string; storageKey: string }> {
  const { purpose, size } = announced;
  const name = tidyName(announced.name);
  const subjectId = announced.subject ?? null;
  const refusal = refusalOf(purpose, { name, size });
  if (refusal) throw new AppError('FILES_REFUSED', { refusal });
  await accessUploadSubject(app, actor, purpose, subjectId);
  const id = randomUUID();
  const storageKey = `uploads/${id}`;
  const now = app.clock.now();
  await app.db.$transaction(async (tx) => {
    // One after the other per person: two at once would both find room for one more.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('upload.begin' || ${actor.id}, 0))`;
    const since = new Date(now.getTime() - uploadLifeMs);
    const waiting = await tx.upload.count({ where: { personId: actor.id, createdAt: { gt: since }, state: { not: 'refused' } } });
    if (waiting >= mostWaiting[actor.role]) throw new AppError('FILES_REFUSED', { refusal: 'too-many' });
    await tx.upload.create({
      data: { id, personId: actor.id, purpose, subjectId, name, size, storageKey, createdAt: now },
      select: { id: true },
    });
  });
  await takeDaysShare(app, actor, id, size);
  return { id, storageKey };
}

/** Anything left of what this person may send in a day? For who would have to fetch a file first. */
export async function hasDaysShare(app: App, actor: PersonActor): Promise<boolean> {
  return (await app.limits.wait(dayLimit(actor), actor.id)) === 0;
}

const dayLimit = ({ role }: PersonActor) => (role === 'student' ? 'upload.student' : 'upload.moderator');

async function takeDaysShare(app: App, actor: PersonActor, id: string, size: number): Promise<void> {
  try {
    await app.limits.take(dayLimit(actor), actor.id, megabytes(size));
  } catch (error) {
    await app.db.upload.deleteMany({ where: { id } });
    if (error instanceof AppError && error.code === 'AUTH_RATE_LIMITED') throw new AppError('FILES_REFUSED', { refusal: 'too-much-today' });
    throw error;
  }
}

/**
 * Judges a file when all of it has arrived; asked again, tells the verdict again. What is refused is removed at once.
 * @returns null while something is missing
 */
export async function finishUpload(app: App, actor: PersonActor, upload: OwnUpload): Promise<UploadDto | null> {
  if (upload.state !== 'receiving') return toUploadDto(upload);
  if ((await app.storage.find(upload.storageKey))?.size !== upload.size) return null;
  const verdict = await inspectContent(app.storage, upload);
  const { mime, width, height } = verdict.ok ? verdict : { mime: null, width: null, height: null };
  const { count } = await app.db.upload.updateMany({
    // Another request may have judged it meanwhile, and its place may be given already.
    where: { id: upload.id, state: 'receiving' },
    data: {
      state: verdict.ok ? 'ready' : 'refused',
      refusal: verdict.ok ? null : verdict.refusal,
      mime,
      width,
      height,
      finishedAt: app.clock.now(),
    },
  });
  if (count === 1 && !verdict.ok) await app.storage.remove(upload.storageKey);
  return toUploadDto(await accessUpload(app, actor, upload.id));
}

/**
 * Takes in a file that is here as a whole already.
 * @returns the id of the upload, ready to be given a place
 * @throws AppError as `beginUpload`
 */
export async function receiveUpload(
  app: App,
  actor: PersonActor,
  announced: Omit<UploadAnnouncement, 'size'>,
  bytes: Buffer,
): Promise<string> {
  const { id, storageKey } = await beginUpload(app, actor, { ...announced, size: bytes.length });
  await app.storage.put(storageKey, bytes);
  const upload = await finishUpload(app, actor, await accessUpload(app, actor, id));
  if (upload?.state !== 'ready') throw new AppError('FILES_REFUSED', { refusal: upload?.refusal ?? 'content' });
  return id;
}

/** Forgets an upload that has no place yet. What it left in the store is the caller's to remove. @returns false when it has one by now */
export async function abandonUpload(app: App, actor: PersonActor, id: string): Promise<boolean> {
  const { count } = await app.db.upload.deleteMany({ where: { id, personId: actor.id } });
  return count === 1;
}
