import type { UploadPurpose } from '#shared/upload-rules.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import type { Tx } from '../../platform/db.ts';

interface KeptFile {
  name: string;
  storageKey: string;
  mime: string;
  size: number;
  width: number | null;
  height: number | null;
}

/**
 * Makes files that had a place uploads again: the student may hand them in anew, and what is left lying goes the way of all uploads.
 * @param where what they are uploads for
 */
export async function releaseToUploads(
  app: App,
  tx: Tx,
  actor: PersonActor,
  files: KeptFile[],
  where: { purpose: UploadPurpose; subjectId: string },
) {
  const now = app.clock.now();
  const rows = await tx.upload.createManyAndReturn({
    data: files.map((file) => ({
      ...file,
      ...where,
      personId: actor.id,
      state: 'ready' as const,
      createdAt: now,
      finishedAt: now,
    })),
    select: { id: true, name: true, size: true, mime: true },
  });
  return rows.map(({ mime, ...row }) => ({ ...row, mime: mime ?? '' }));
}
