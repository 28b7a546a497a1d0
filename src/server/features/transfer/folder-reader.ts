import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { courseLimits } from '#shared/transfer.ts';
import { largestUpload } from '#shared/upload-rules.ts';
import { isKnownByHead } from './file-types.ts';
import type { CourseProblem, FolderProblem, SourceProblem } from './problems.ts';

/** What is needed to know a file by its beginning. */
const headBytes = 4096;

/** A file as it lies on disk. `bytes` are all of it, or the beginning where that is enough to know it. */
export interface FoundFile {
  size: number;
  sha256: string;
  bytes: Buffer;
  open(): Readable;
}

/** Reads below one folder, follows no link, and notes problems with the path they are at. Paths are relative to the folder. */
export interface FolderReader {
  problems: CourseProblem[];
  refuse(path: string, ...problems: (SourceProblem | FolderProblem)[]): void;
  /** Names of files and of folders, each sorted; null when `path` is no folder. */
  list(path: string): Promise<{ files: string[]; folders: string[] } | null>;
  /** Is there an entry of this name? */
  has(path: string): Promise<boolean>;
  /** Null when it cannot be read or is too large. */
  file(path: string): Promise<FoundFile | null>;
  /** Null when it is not UTF-8 either. */
  text(path: string): Promise<string | null>;
}

export function createFolderReader(root: string): FolderReader {
  const reader: FolderReader = {
    problems: [],
    refuse(path, ...problems) {
      reader.problems.push(...problems.map((problem) => ({ file: path, ...problem })));
    },
    async list(path) {
      const at = join(root, path);
      if (!(await isFolder(at))) {
        reader.refuse(path, { code: 'not-a-folder' });
        return null;
      }
      const entries = (await readdir(at, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
      if (entries.length > courseLimits.folder) {
        reader.refuse(path, { code: 'too-many', limit: courseLimits.folder });
        return null;
      }
      for (const entry of entries)
        if (!entry.isFile() && !entry.isDirectory()) reader.refuse(join(path, entry.name), { code: 'entry-special' });
      const namesOf = (kind: 'isFile' | 'isDirectory') => entries.filter((entry) => entry[kind]()).map(({ name }) => name);
      return { files: namesOf('isFile'), folders: namesOf('isDirectory') };
    },
    async has(path) {
      return (await readdir(dirname(join(root, path)))).includes(basename(path));
    },
    async file(path) {
      const at = join(root, path);
      try {
        // The entry may have become a link since it was listed.
        await using handle = await open(at, constants.O_RDONLY | constants.O_NOFOLLOW);
        const { size } = await handle.stat();
        const limit = largestUpload('topic', path);
        if (size > limit) {
          reader.refuse(path, { code: 'too-large', limit });
          return null;
        }
        const hash = createHash('sha256');
        const parts: Buffer[] = [];
        let kept = 0;
        for await (const chunk of handle.createReadStream({ autoClose: false })) {
          const part: Buffer = Buffer.from(chunk);
          hash.update(part);
          if (!isKnownByHead(path) || kept < headBytes) parts.push(part);
          kept += part.length;
        }
        return { size: kept, sha256: hash.digest('hex'), bytes: Buffer.concat(parts), open: () => createReadStream(at) };
      } catch (error) {
        reader.refuse(path, { code: 'not-read', reason: error instanceof Error ? error.message : String(error) });
        return null;
      }
    },
    async text(path) {
      const file = await reader.file(path);
      if (!file) return null;
      try {
        return new TextDecoder('utf-8', { fatal: true }).decode(file.bytes);
      } catch {
        reader.refuse(path, { code: 'not-utf8' });
        return null;
      }
    },
  };
  return reader;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch {
    return false;
  }
}
