import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { App } from '../../platform/app.ts';
import type { BundleFile, CourseBundle } from './bundle.ts';

/** Where the bytes of a bundle's files lie. */
export interface StoredFiles {
  keyOf(file: BundleFile): string;
}

/**
 * The same bytes under the same name are stored once, whichever topics use them, and never change: a transaction that rolls back leaves the rows it
 * did not touch whole.
 */
export function storageKeyOf({ sha256, name }: Pick<BundleFile, 'sha256' | 'name'>): string {
  return `topics/${sha256.slice(0, 32)}/${name}`;
}

/** Finds out which files the course has already under a key of another kind: what was uploaded keeps its place, and its row its id. */
export async function findStored(app: App, bundles: CourseBundle[]): Promise<StoredFiles> {
  const known = new Map<BundleFile, string>();
  for (const { slug, topics } of bundles) {
    const rows = await app.db.topicFile.findMany({
      where: { topic: { course: { slug } }, NOT: { storageKey: { startsWith: 'topics/' } } },
      select: { name: true, size: true, storageKey: true, topic: { select: { slug: true } } },
    });
    const at = new Map(rows.map((row) => [`${row.topic.slug}/${row.name}`, row]));
    for (const topic of topics) {
      for (const file of topic.files) {
        const row = at.get(`${topic.slug}/${file.name}`);
        if (row?.size === file.size && (await hashOf(app, row.storageKey)) === file.sha256) known.set(file, row.storageKey);
      }
    }
  }
  return { keyOf: (file) => known.get(file) ?? storageKeyOf(file) };
}

async function hashOf(app: App, key: string): Promise<string | null> {
  if ((await app.storage.find(key)) === null) return null;
  const hash = createHash('sha256');
  for await (const chunk of app.storage.read(key)) hash.update(chunk);
  return hash.digest('hex');
}

/** Puts the bytes into the store, those that are not there yet. What a refused import leaves there, nobody sees and the next import uses. */
export async function storeFiles(app: App, bundles: CourseBundle[], stored: StoredFiles): Promise<void> {
  for (const { topics } of bundles) {
    for (const { files } of topics) {
      for (const file of files) {
        const key = stored.keyOf(file);
        const isThere = (await app.storage.find(key))?.size === file.size;
        // What no row names may be collected at this very moment: it is written anew, and with that it is young.
        const isNamed = isThere && (await app.db.topicFile.findFirst({ where: { storageKey: key }, select: { id: true } })) !== null;
        if (!isNamed) await app.storage.put(key, Readable.from(sameBytes(file)));
      }
    }
  }
}

/** The key says what the bytes are: a file that was changed since it was read must not end up under it. */
async function* sameBytes({ sha256, name, open }: BundleFile): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of open()) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== sha256) throw new Error(`${name} was changed while it was being imported`);
}
