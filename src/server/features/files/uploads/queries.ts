import { Upload } from '@tus/server';
import type { UploadDto } from '#shared/files.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import type { UploadRecords } from '../../../platform/storage.ts';
import { accessUpload } from './access.ts';
import { toUploadDto } from './rules.ts';

/** @throws AppError FILES_NOT_FOUND */
export async function getUpload(app: App, actor: PersonActor, id: string): Promise<UploadDto> {
  return toUploadDto(await accessUpload(app, actor, id));
}

/** What tus has to know between two pieces is what our rows say: nothing is written beside the file itself. */
export function uploadRecords(app: App): UploadRecords {
  return {
    async get(storageKey) {
      const row = await app.db.upload.findUnique({ where: { storageKey }, select: { size: true, createdAt: true } });
      return row ? new Upload({ id: storageKey, size: row.size, offset: 0, creation_date: row.createdAt.toISOString() }) : undefined;
    },
    set: async () => {},
    delete: async () => {},
  };
}
