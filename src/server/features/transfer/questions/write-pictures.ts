import { createHash } from 'node:crypto';
import type { App } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';
import { resizeLater } from '../../files/claims.ts';
import { storageKeyOf } from '../store-files.ts';
import type { QuestionFile, ReadQuestion } from './question.ts';

export type StoredPicture = Omit<QuestionFile, 'bytes'> & { size: number; storageKey: string };

/** Puts the pictures of questions into the store; one that many show is there once. */
export async function storePictures(app: App, questions: ReadQuestion[]): Promise<StoredPicture[]> {
  const files = new Map(questions.flatMap((question) => question.files).map((file) => [file.name, file]));
  const stored: StoredPicture[] = [];
  for (const { bytes, ...file } of files.values()) {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const storageKey = storageKeyOf({ sha256, name: file.name });
    if ((await app.storage.find(storageKey))?.size !== bytes.length) await app.storage.put(storageKey, bytes);
    stored.push({ ...file, size: bytes.length, storageKey });
  }
  return stored;
}

/** Gives the topic those it does not have. Their names say what they show: the same name is the same picture. */
export async function addPictures(app: App, tx: Tx, topicId: string, pictures: StoredPicture[]): Promise<void> {
  if (pictures.length === 0) return;
  const where = { topicId, name: { in: pictures.map(({ name }) => name) } };
  const present = new Set((await tx.topicFile.findMany({ where, select: { name: true } })).map(({ name }) => name));
  const added = pictures.filter(({ name }) => !present.has(name));
  await tx.topicFile.createMany({ data: added.map((picture) => ({ topicId, ...picture, addedAt: app.clock.now() })) });
  await resizeLater(app, tx, added);
}
