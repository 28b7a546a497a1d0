import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { CourseProblem, FolderProblem, SourceProblem } from './problems.ts';

const megabyte = 1_000_000;
const largestFile = 20 * megabyte;
const largestCourse = 200 * megabyte;
const mostEntries = 300;

/** Reads below one folder, follows no link, and notes problems with the path they are at. Paths are relative to the folder. */
export interface FolderReader {
  problems: CourseProblem[];
  refuse(path: string, ...problems: (SourceProblem | FolderProblem)[]): void;
  /** Names of files and of folders, each sorted; null when `path` is no folder. */
  list(path: string): Promise<{ files: string[]; folders: string[] } | null>;
  /** Is there an entry of this name? */
  has(path: string): Promise<boolean>;
  /** Null when it cannot be read or is too large. */
  bytes(path: string): Promise<Buffer | null>;
  /** Null when it is not UTF-8 either. */
  text(path: string): Promise<string | null>;
}

export function createFolderReader(root: string): FolderReader {
  let total = 0;
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
      if (entries.length > mostEntries) {
        reader.refuse(path, { code: 'too-many', limit: mostEntries });
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
    async bytes(path) {
      try {
        // The entry may have become a link since it was listed.
        await using handle = await open(join(root, path), constants.O_RDONLY | constants.O_NOFOLLOW);
        const { size } = await handle.stat();
        total += size;
        if (size > largestFile || total > largestCourse) {
          reader.refuse(path, { code: 'too-large', limit: size > largestFile ? largestFile : largestCourse });
          return null;
        }
        return await handle.readFile();
      } catch (error) {
        reader.refuse(path, { code: 'not-read', reason: error instanceof Error ? error.message : String(error) });
        return null;
      }
    },
    async text(path) {
      const bytes = await reader.bytes(path);
      if (!bytes) return null;
      try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
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
