import { isDeepStrictEqual } from 'node:util';
import type { App } from '../../platform/app.ts';
import type { Tx } from '../../platform/db.ts';
import { resizeLater } from '../files/claims.ts';
import type { BundleFile, BundleTopic } from './bundle.ts';
import type { StoredFiles } from './store-files.ts';

/** Makes the videos of a topic those of the bundle. @returns did they differ? */
export async function writeVideos(tx: Tx, topicId: string, { topic }: BundleTopic): Promise<boolean> {
  const wanted = topic.videos.map((video, position) => ({ ...video, position }));
  const select = { title: true, url: true, minutes: true, position: true } as const;
  const present = await tx.topicVideo.findMany({ where: { topicId }, select, orderBy: { position: 'asc' } });
  // Only the order counts: videos that were added one by one may have gaps between their places.
  if (
    isDeepStrictEqual(
      present.map((video, position) => ({ ...video, position })),
      wanted,
    )
  )
    return false;
  await tx.topicVideo.deleteMany({ where: { topicId } });
  await tx.topicVideo.createMany({ data: wanted.map((video) => ({ topicId, ...video })) });
  return true;
}

/**
 * Makes the files of a topic those of the bundle. A file with other bytes gets another id: browsers keep what they have under the old address.
 * @returns did they differ?
 */
export async function writeFiles(app: App, tx: Tx, topicId: string, { topic, files }: BundleTopic, keys: StoredFiles): Promise<boolean> {
  const select = { id: true, name: true, title: true, listedAt: true, storageKey: true } as const;
  const present = await tx.topicFile.findMany({ where: { topicId }, select, orderBy: [{ listedAt: 'asc' }, { name: 'asc' }] });
  const places = new Map(present.filter(({ listedAt }) => listedAt !== null).map(({ name }, place) => [name, place]));
  let differs = false;
  for (const file of files) {
    const wanted = { ...wantedFile(topic, file), storageKey: keys.keyOf(file) };
    const stored = present.find(({ name }) => name === file.name);
    const isSame = stored?.storageKey === wanted.storageKey;
    if (isSame && stored?.title === wanted.title && (places.get(file.name) ?? null) === wanted.listedAt) continue;
    differs = true;
    if (stored && isSame) {
      const { title, listedAt } = wanted;
      await tx.topicFile.update({ where: { id: stored.id }, data: { title, listedAt }, select: { id: true } });
      continue;
    }
    if (stored) await tx.topicFile.delete({ where: { id: stored.id }, select: { id: true } });
    await tx.topicFile.create({ data: { topicId, ...wanted }, select: { id: true } });
    await resizeLater(app, tx, [wanted]);
  }
  const { count } = await tx.topicFile.deleteMany({ where: { topicId, name: { notIn: files.map(({ name }) => name) } } });
  return differs || count > 0;
}

function wantedFile({ listedFiles, keptFiles }: BundleTopic['topic'], file: BundleFile) {
  const { name, size, mime, width, height } = file;
  const place = listedFiles.findIndex((listed) => listed.name === name);
  const title = [...listedFiles, ...keptFiles].find((one) => one.name === name)?.title ?? null;
  return { name, title, listedAt: place === -1 ? null : place, mime, size, width, height };
}
