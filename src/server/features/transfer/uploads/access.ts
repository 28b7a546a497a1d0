import type { Readable } from 'node:stream';
import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../../platform/app.ts';

declare const proof: unique symbol;

/** A file that this moderator has uploaded to be imported, whole. Only `accessImport` makes one. */
export interface ImportUpload {
  readonly [proof]: true;
  id: string;
  name: string;
  size: number;
  open(): Readable;
}

/** @throws AppError FILES_NOT_FOUND also where the file is another moderator's, still on its way, or was removed after its day */
export async function accessImport(app: App, actor: PersonActor, uploadId: string): Promise<ImportUpload> {
  if (actor.role !== 'moderator') throw new AppError('AUTH_FORBIDDEN');
  const found = await app.db.upload.findFirst({
    where: { id: uploadId, personId: actor.id, purpose: 'import', state: 'ready' },
    select: { id: true, name: true, size: true, storageKey: true },
  });
  if (!found || (await app.storage.find(found.storageKey))?.size !== found.size) throw new AppError('FILES_NOT_FOUND');
  const { id, name, size, storageKey } = found;
  return { id, name, size, open: () => app.storage.read(storageKey) } as ImportUpload;
}
