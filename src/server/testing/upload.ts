import { randomUUID } from 'node:crypto';
import type { UploadPurpose } from '#shared/upload-rules.ts';
import type { App } from '../platform/app.ts';
import type { Student } from './world.ts';

interface UploadPlan {
  purpose?: UploadPurpose;
  subjectId?: string | null;
  name?: string;
  mime?: string;
  body?: Buffer | string;
  state?: 'receiving' | 'ready' | 'refused';
  width?: number;
  height?: number;
}

/** A file that somebody has sent and that has no place yet, with its bytes in the store. Gives its id. */
export async function anUpload(app: App, by: Student, plan: UploadPlan = {}): Promise<string> {
  const { purpose = 'topic', subjectId = null, name = 'a.txt', mime = 'text/plain', state = 'ready', width, height } = plan;
  const id = randomUUID();
  const body = Buffer.from(plan.body ?? 'a');
  const storageKey = `uploads/${id}`;
  await app.storage.put(storageKey, body);
  const row = { id, personId: by.actor.id, purpose, subjectId, name, mime, size: body.length, storageKey, width, height };
  const now = app.clock.now();
  await app.db.upload.create({
    data: { ...row, state, createdAt: now, finishedAt: state === 'receiving' ? null : now },
    select: { id: true },
  });
  return id;
}
