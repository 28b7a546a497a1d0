import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '../../platform/db.ts';
import type { BundleFile, BundleTask, BundleTopic } from './bundle.ts';
import { type Change, changes } from './changes.ts';

/**
 * Where the bytes of a file lie. The same bytes under the same name are stored once, whichever topics use them, and never change: a
 * transaction that rolls back leaves the rows it did not touch whole.
 */
export function storageKeyOf(file: BundleFile): string {
  return `topics/${createHash('sha256').update(file.bytes).digest('hex').slice(0, 32)}/${file.name}`;
}

/** Makes the videos of a topic those of the bundle. */
export async function writeVideos(tx: Tx, topicId: string, { topic }: BundleTopic): Promise<void> {
  const wanted = topic.videos.map((video, position) => ({ ...video, position }));
  const select = { title: true, url: true, minutes: true, position: true } as const;
  const present = await tx.topicVideo.findMany({ where: { topicId }, select, orderBy: { position: 'asc' } });
  if (isDeepStrictEqual(present, wanted)) return;
  await tx.topicVideo.deleteMany({ where: { topicId } });
  await tx.topicVideo.createMany({ data: wanted.map((video) => ({ topicId, ...video })) });
}

/** Makes the files of a topic those of the bundle. A file with other bytes gets another id: browsers keep what they have under the old address. */
export async function writeFiles(tx: Tx, topicId: string, { topic, files }: BundleTopic): Promise<void> {
  const select = { name: true, title: true, listedAt: true, storageKey: true, mime: true, size: true, width: true, height: true } as const;
  const wanted = files.map((file) => {
    const { name, mime, width, height } = file;
    const place = topic.listedFiles.findIndex((listed) => listed.name === name);
    const listed = { title: topic.listedFiles[place]?.title ?? null, listedAt: place === -1 ? null : place };
    return { name, ...listed, storageKey: storageKeyOf(file), mime, size: file.bytes.length, width, height };
  });
  const present = await tx.topicFile.findMany({ where: { topicId }, select });
  const stale = present.filter((file) => !wanted.some((one) => isDeepStrictEqual(one, file))).map(({ name }) => name);
  if (stale.length > 0) await tx.topicFile.deleteMany({ where: { topicId, name: { in: stale } } });
  const missing = wanted.filter((file) => !present.some(({ name }) => name === file.name) || stale.includes(file.name));
  if (missing.length > 0) await tx.topicFile.createMany({ data: missing.map((file) => ({ topicId, ...file })) });
}

const taskColumns = {
  slug: true,
  position: true,
  source: true,
  title: true,
  spec: true,
  points: true,
  examNumber: true,
  origin: true,
  statement: true,
  hint: true,
  hintAfter: true,
  solution: true,
  solutionRule: true,
  solutionAfter: true,
  chatAfter: true,
  fileNames: true,
  isPublic: true,
} as const;

/** Writes the tasks of a topic. Those the bundle lacks are left for the caller to judge. `rekeyed` are tasks whose answer is another than before. */
export async function writeTasks(
  tx: Tx,
  topicId: string,
  tasks: BundleTask[],
  now: Date,
): Promise<Change & { rekeyed: { id: string; slug: string }[] }> {
  const present = await tx.task.findMany({ where: { topicId }, select: { id: true, ...taskColumns } });
  const wanted = tasks.map(({ slug, source, task }, position) => ({ slug, position, source, ...task }));
  const { created, changed, unchanged, absent } = changes(present, wanted);
  if (created.length > 0) await tx.task.createMany({ data: created.map((task) => ({ topicId, publishedAt: now, ...task })) });
  for (const { id, to } of changed) await tx.task.update({ where: { id }, data: to, select: { id: true } });
  const rekeyed = changed.filter(({ from, to }) => !isDeepStrictEqual(from.spec, to.spec)).map(({ id, to }) => ({ id, slug: to.slug }));
  return { created: created.length, updated: changed.length, unchanged, absent, rekeyed };
}
