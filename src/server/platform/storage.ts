import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface StoredObject {
  size: number;
  modifiedAt: Date;
}

/** Where files live. Keys are paths of our own making (`topics/<id>/graph.svg`), never a person's input. */
export interface Storage {
  /** Writes whole or not at all: a reader sees the old bytes or the new ones. */
  put(key: string, body: Buffer | Readable): Promise<void>;
  /** Null where nothing is stored under the key. */
  find(key: string): Promise<StoredObject | null>;
  /** @param range bytes, both ends inclusive */
  read(key: string, range?: { start: number; end: number }): Readable;
  remove(key: string): Promise<void>;
}

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
    async find(key) {
      try {
        const { size, mtime } = await stat(path(key));
        return { size, modifiedAt: mtime };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    read: (key, range) => createReadStream(path(key), range),
    async remove(key) {
      await rm(path(key), { force: true });
    },
  };
}
