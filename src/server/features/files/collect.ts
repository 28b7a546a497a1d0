import type { App } from '../../platform/app.ts';
import { unlessBackup } from '../../platform/backup/locks.ts';
import type { ListedObject } from '../../platform/storage.ts';
import { uploadRecords } from './uploads/queries.ts';
import { uploadLifeMs } from './uploads/rules.ts';

/** Where files of topics, works, exams, messages, announcements and their copies lie. Nothing else is looked at: a bucket may hold what is not ours. */
const folders = ['topics/', 'uploads/', 'variants/'];
const atOnce = 500;

/**
 * Takes away what nobody names any more: uploads that were given no place for a day, copies of pictures that are gone, objects without a row.
 * Nothing younger than a day, because its row may be on its way.
 * @returns how many objects went
 */
export async function collectFiles(app: App): Promise<number> {
  const before = new Date(app.clock.now().getTime() - uploadLifeMs);
  if ((await unlessBackup(app.pool, () => forgetUploads(app, before).then(() => true))) === null) return 0;
  // Files that were removed within the day can be put back, with their copies.
  await app.db.$executeRaw`
    DELETE FROM file_variant v WHERE NOT EXISTS (SELECT 1 FROM topic_file f WHERE f.storage_key = v.source_key)
      AND NOT EXISTS (SELECT 1 FROM work_file w WHERE w.storage_key = v.source_key)
      AND NOT EXISTS (SELECT 1 FROM exam_answer_file x WHERE x.storage_key = v.source_key)
      AND NOT EXISTS (SELECT 1 FROM chat_file m WHERE m.storage_key = v.source_key)
      AND NOT EXISTS (SELECT 1 FROM news_file n WHERE n.storage_key = v.source_key)
      AND NOT EXISTS (SELECT 1 FROM audit_entry a WHERE a.action = 'file.remove' AND a.at > ${before} AND a.before->>'storageKey' = v.source_key)`;
  let removed = 0;
  for (const folder of folders) {
    for await (const batch of batches(app.storage.list(folder), before)) {
      const gone = await unlessBackup(app.pool, () => removeUnnamed(app, batch, before));
      // A backup copies what its rows name, which may be what nobody names any more by now. The next night does the rest.
      if (gone === null) return removed;
      removed += gone;
    }
  }
  await app.storage.sweep(before);
  return removed;
}

async function forgetUploads(app: App, before: Date): Promise<void> {
  const { store, idOf } = await app.storage.receiver(uploadRecords(app));
  for (;;) {
    const stale = await app.db.upload.findMany({
      where: { OR: [{ finishedAt: { lt: before } }, { finishedAt: null, createdAt: { lt: before } }] },
      take: atOnce,
      select: { id: true, storageKey: true },
    });
    for (const { id, storageKey } of stale) {
      // The row first: whoever claims it at this moment wins or finds nothing.
      const { count } = await app.db.upload.deleteMany({ where: { id } });
      if (count === 1) await store.remove(idOf(storageKey)).catch(() => app.storage.remove(storageKey));
    }
    if (stale.length < atOnce) return;
  }
}

async function* batches(objects: AsyncIterable<ListedObject>, before: Date): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for await (const { key, modifiedAt } of objects) {
    if (modifiedAt >= before) continue;
    batch.push(key);
    if (batch.length === atOnce) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

async function removeUnnamed(app: App, keys: string[], before: Date): Promise<number> {
  const rows = await app.db.$queryRaw<{ key: string }[]>`
    SELECT k.key FROM unnest(${keys}::text[]) AS k (key)
    WHERE NOT EXISTS (SELECT 1 FROM topic_file WHERE storage_key = k.key)
      AND NOT EXISTS (SELECT 1 FROM work_file WHERE storage_key = k.key)
      AND NOT EXISTS (SELECT 1 FROM exam_answer_file WHERE storage_key = k.key)
      AND NOT EXISTS (SELECT 1 FROM chat_file WHERE storage_key = k.key)
      AND NOT EXISTS (SELECT 1 FROM news_file WHERE storage_key = k.key)
      AND NOT EXISTS (SELECT 1 FROM file_variant WHERE storage_key = k.key)
      AND NOT EXISTS (SELECT 1 FROM upload WHERE storage_key = k.key)
      AND NOT EXISTS (SELECT 1 FROM audit_entry a WHERE a.action = 'file.remove' AND a.at > ${before} AND a.before->>'storageKey' = k.key)`;
  let removed = 0;
  for (const { key } of rows) {
    // An import may have put the same bytes there again since the list was made.
    const found = await app.storage.find(key);
    if (!found || found.modifiedAt >= before) continue;
    await app.storage.remove(key);
    removed += 1;
  }
  return removed;
}
