import { createWriteStream } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ExportEntry } from './export-course.ts';

/** Writes files below a folder. @returns false where the folder is there and not empty: nothing is mixed with what somebody has */
export async function writeFolder(entries: ExportEntry[], dir: string): Promise<boolean> {
  await mkdir(dir, { recursive: true });
  if ((await readdir(dir)).length > 0) return false;
  for (const { path, content } of entries) {
    const at = join(dir, path);
    await mkdir(dirname(at), { recursive: true });
    if (Buffer.isBuffer(content)) await writeFile(at, content);
    else await pipeline(content(), createWriteStream(at));
  }
  return true;
}
