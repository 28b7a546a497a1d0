import { AppError } from '#shared/errors.ts';
import type { UploadPurpose } from '#shared/upload-rules.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import type { Tx } from '../../platform/db.ts';
import { filesResize } from './job-kinds.ts';
import { widthsBelow } from './urls.ts';

export interface ClaimedUpload {
  id: string;
  name: string;
  storageKey: string;
  mime: string;
  size: number;
  /** Pixels, of pictures. */
  width: number | null;
  height: number | null;
}

/**
 * Gives uploads their place: they cease to be uploads, and the caller writes rows that name their keys, in the same transaction. In the order of
 * `ids`. What was claimed once is gone for a second claim, also for one at the same time.
 * @param wanted what they were announced to be for; a course to load belongs to nothing (null)
 * @throws AppError FILES_NOT_FOUND when one of them is not there, not whole, somebody else's or for something else
 */
export async function claimUploads(
  app: App,
  tx: Tx,
  actor: Pick<PersonActor, 'id'>,
  ids: readonly string[],
  wanted: { purpose: UploadPurpose; subjectId: string | null },
): Promise<ClaimedUpload[]> {
  if (ids.length === 0) return [];
  // One statement, because what was read before could be claimed by another in between.
  const rows = await tx.$queryRaw<ClaimedUpload[]>`
    DELETE FROM upload
    WHERE id = ANY(${[...ids]}::uuid[]) AND person_id = ${actor.id}::uuid AND purpose = ${wanted.purpose}
      AND subject_id IS NOT DISTINCT FROM ${wanted.subjectId}::uuid AND state = 'ready'
    RETURNING id, name, storage_key AS "storageKey", mime, size, width, height`;
  const claimed = ids.map((id) => {
    const row = rows.find((one) => one.id === id);
    if (!row) throw new AppError('FILES_NOT_FOUND');
    return row;
  });
  if (new Set(ids).size !== ids.length) throw new AppError('FILES_NOT_FOUND');
  await resizeLater(app, tx, claimed);
  return claimed;
}

/** Queues the smaller copies of those that are pictures and large enough to have any. */
export async function resizeLater(
  app: Pick<App, 'jobs'>,
  tx: Tx,
  files: readonly { name: string; storageKey: string; width: number | null }[],
): Promise<void> {
  const keys = new Set(files.filter(({ name, width }) => widthsBelow(width, name).length > 0).map(({ storageKey }) => storageKey));
  for (const key of keys) await app.jobs.enqueue(tx, filesResize, { key });
}
