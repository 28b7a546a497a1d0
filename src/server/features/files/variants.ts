import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { App } from '../../platform/app.ts';
import { type PictureFormat, resizePicture } from '../../platform/pictures.ts';
import { resizeLater } from './claims.ts';
import { widthsBelow } from './urls.ts';

const formats: PictureFormat[] = ['webp', 'avif'];
/** Stands for all copies of a picture that none can be made of, so that it is not tried every night. */
const unmakable = { width: 0, format: 'none', storageKey: '', size: 0 };

/** Makes the smaller copies of a picture that it lacks. Nothing to do for one that is gone since. */
export async function makeVariants(app: App, sourceKey: string): Promise<void> {
  const where = { storageKey: sourceKey };
  const select = { name: true, width: true } as const;
  const source =
    (await app.db.topicFile.findFirst({ where, select })) ??
    (await app.db.workFile.findFirst({ where, select })) ??
    (await app.db.examAnswerFile.findFirst({ where, select })) ??
    (await app.db.chatFile.findFirst({ where, select })) ??
    (await app.db.newsFile.findFirst({ where, select }));
  if (!source || !(await app.storage.find(sourceKey))) return;
  const present = await app.db.fileVariant.findMany({ where: { sourceKey }, select: { width: true, format: true } });
  if (present.some(({ width }) => width === unmakable.width)) return;
  const wanted = widthsBelow(source.width, source.name)
    .flatMap((width) => formats.map((format) => ({ width, format })))
    .filter((one) => !present.some((row) => row.width === one.width && row.format === one.format));
  if (wanted.length === 0) return;
  const bytes = await buffer(app.storage.read(sourceKey));
  const folder = `variants/${createHash('sha256').update(sourceKey).digest('hex').slice(0, 32)}`;
  for (const { width, format } of wanted) {
    const made = await resizePicture(bytes, width, format).catch((error: unknown) => {
      app.log.warn({ key: sourceKey, err: error }, 'a picture is damaged: no smaller copies');
      return null;
    });
    const row = made ? { width, format, storageKey: `${folder}/${width}.${format}`, size: made.length } : unmakable;
    if (made) await app.storage.put(row.storageKey, made);
    await app.db.fileVariant.createMany({ data: { sourceKey, ...row }, skipDuplicates: true });
    if (!made) return;
  }
}

const oneNight = 2000;

/** Queues pictures that have no smaller copies yet, so many a night. */
export async function fillVariants(app: App): Promise<void> {
  // SQL: what some tables name and another does not.
  const lacking = await app.db.$queryRaw<{ name: string; storageKey: string; width: number }[]>`
    SELECT DISTINCT ON (f.storage_key) f.name, f.storage_key AS "storageKey", f.width
    FROM (SELECT name, storage_key, width FROM topic_file UNION ALL SELECT name, storage_key, width FROM work_file
      UNION ALL SELECT name, storage_key, width FROM exam_answer_file UNION ALL SELECT name, storage_key, width FROM chat_file
      UNION ALL SELECT name, storage_key, width FROM news_file) f
    WHERE f.width > 480 AND f.name ~* '\\.(png|jpe?g|webp)$'
      AND NOT EXISTS (SELECT 1 FROM file_variant v WHERE v.source_key = f.storage_key)
    LIMIT ${oneNight}`;
  await app.db.$transaction((tx) => resizeLater(app, tx, lacking), { timeout: 60_000 });
}
