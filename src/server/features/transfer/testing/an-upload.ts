import { randomUUID } from 'node:crypto';
import type { App, PersonActor } from '../../../platform/app.ts';

/** A file that somebody has sent to be imported, as the uploader leaves it. @returns its id */
export async function anUpload(app: App, actor: PersonActor, name: string, bytes: Buffer): Promise<string> {
  const id = randomUUID();
  const storageKey = `uploads/${id}`;
  await app.storage.put(storageKey, bytes);
  const now = app.clock.now();
  const row = { id, personId: actor.id, purpose: 'import', name, size: bytes.length, state: 'ready' as const, storageKey };
  await app.db.upload.create({ data: { ...row, createdAt: now, finishedAt: now }, select: { id: true } });
  return id;
}
