import { AppError } from '#shared/errors.ts';
import type { UploadDto } from '#shared/files.ts';
import type { UploadPurpose, UploadRefusal } from '#shared/upload-rules.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { accessThreadToWrite } from '../../chat/access.ts';
import { accessAttemptUploads } from '../../exams/long/access.ts';
import { accessPost } from '../../news/office/access.ts';
import { accessTask } from '../../tasks/access.ts';

declare const proof: unique symbol;

export interface UploadRow {
  id: string;
  purpose: UploadPurpose;
  subjectId: string | null;
  name: string;
  size: number;
  state: UploadDto['state'];
  refusal: UploadRefusal | null;
  storageKey: string;
  mime: string | null;
  width: number | null;
  height: number | null;
}

/** An upload of this very person. Only `accessUpload` makes one. */
export type OwnUpload = UploadRow & { readonly [proof]: 'own upload' };

const columns = {
  id: true,
  purpose: true,
  subjectId: true,
  name: true,
  size: true,
  state: true,
  refusal: true,
  storageKey: true,
  mime: true,
  width: true,
  height: true,
} as const;

/** @throws AppError FILES_NOT_FOUND, for somebody else's as well */
export async function accessUpload(app: App, actor: PersonActor, id: string): Promise<OwnUpload> {
  const row = await app.db.upload.findFirst({ where: { id, personId: actor.id }, select: columns });
  if (!row) throw new AppError('FILES_NOT_FOUND');
  return row as OwnUpload;
}

/**
 * May this person send files for that? Files of topics, pictures of announcements and courses to load are the moderators'; to a long answer whoever may open its task, or is at
 * the exam it stands in; to a message whoever may write in its thread.
 * @throws AppError AUTH_FORBIDDEN, TOPICS_NOT_FOUND, TASKS_NOT_FOUND, NEWS_NOT_FOUND and those of `accessTask`, `accessAttemptUploads` and `accessThreadToWrite`
 */
export async function accessUploadSubject(app: App, actor: PersonActor, purpose: UploadPurpose, subjectId: string | null): Promise<void> {
  if (purpose === 'work') {
    if (subjectId === null) throw new AppError('TASKS_NOT_FOUND');
    const { row } = await accessTask(app, actor, subjectId);
    if (row.spec.kind !== 'long') throw new AppError('TASKS_NOT_FOUND');
    return;
  }
  if (purpose === 'exam') {
    if (subjectId === null) throw new AppError('EXAMS_NOT_FOUND');
    await accessAttemptUploads(app, actor, subjectId);
    return;
  }
  if (purpose === 'chat') {
    if (subjectId === null) throw new AppError('CHAT_NOT_FOUND');
    await accessThreadToWrite(app, actor, subjectId);
    return;
  }
  if (actor.role !== 'moderator') throw new AppError('AUTH_FORBIDDEN');
  if (purpose === 'import') return;
  if (purpose === 'news') {
    if (subjectId === null) throw new AppError('NEWS_NOT_FOUND');
    await accessPost(app, actor, subjectId);
    return;
  }
  const topic = subjectId && (await app.db.topic.findUnique({ where: { id: subjectId }, select: { id: true } }));
  if (!topic) throw new AppError('TOPICS_NOT_FOUND');
}
