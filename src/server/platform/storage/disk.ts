import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, type Dirent } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Storage, StoredObject } from '../storage.ts';

const draftName = /^\.[0-9a-f]{16}\.part$/;

/** A folder on disk. */
export function diskStorage(root: string): Storage {
  const base = resolve(root);
  const path = (key: string) => {
    const full = resolve(base, key);
    if (!full.startsWith(base + sep)) throw new Error('storage key leaves the store');
    return full;
  };
  return {
    async put(key, body) {
      const target = path(key);
      await mkdir(dirname(target), { recursive: true });
      const draft = join(dirname(target), `.${randomBytes(8).toString('hex')}.part`);
      try {
        const source = Buffer.isBuffer(body) ? Readable.from([body]) : body;
        await pipeline(source, createWriteStream(draft, { flags: 'wx', mode: 0o640, flush: true }));
        await rename(draft, target);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
    find: async (key) => factsOf(path(key)),
    read: (key, range) => createReadStream(path(key), range),
    async remove(key) {
      await rm(path(key), { force: true });
    },
    async *list(prefix) {
      // Only the folder in which such keys lie is walked, not the whole store.
      const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      for await (const file of filesBelow(folder === '' ? base : path(folder))) {
        const key = relative(base, file).replaceAll(sep, '/');
        if (draftName.test(fileName(file)) || !key.startsWith(prefix)) continue;
        const facts = await factsOf(file);
        if (facts) yield { key, ...facts };
      }
    },
    async receiver(records) {
      // By ourselves: tus makes it unwatched, and ends the process where it cannot.
      await mkdir(base, { recursive: true });
      const { durableFileStore } = await import('./durable-file-store.ts');
      return { store: durableFileStore(base, records), idOf: (key) => key };
    },
    async sweep(before) {
      for await (const file of filesBelow(base)) {
        if (!draftName.test(fileName(file))) continue;
        const facts = await factsOf(file);
        if (facts && facts.modifiedAt < before) await rm(file, { force: true });
      }
    },
  };
}

/** Null where there is nothing. */
async function factsOf(file: string): Promise<StoredObject | null> {
  try {
    const { size, mtime } = await stat(file);
    return { size, modifiedAt: mtime };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** One folder after the other: files may come and go meanwhile. */
async function* filesBelow(folder: string): AsyncGenerator<string> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  for (const entry of entries) {
    const full = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(full);
    else if (entry.isFile()) yield full;
  }
}

const fileName = (path: string) => path.slice(path.lastIndexOf(sep) + 1);

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
