import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { largestUpload } from '#shared/files.ts';
import { type ArchiveRefusal, courseLimits } from '#shared/transfer.ts';
import { type CourseFolder, readCourseFolder } from './course-folder.ts';
import { isMediaName } from './file-types.ts';
import { unpack } from './zip-reader.ts';

export type CourseArchive = CourseFolder | { ok: false; refusal: ArchiveRefusal };

const { entries, unpacked: total } = courseLimits.archive;
const limits = { entries, total, fileOf: (name: string) => largestUpload('topic', name), isMedia: isMediaName };

/**
 * Hands over the course that an archive holds: a folder with a course.md, and subjects.yaml beside it. Its files lie in a folder of their own until
 * `use` has ended, however it ends.
 */
export async function withCourseArchive<T>(archive: Readable, use: (read: CourseArchive) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'otlichno-course-'));
  try {
    const [file, unpacked] = [join(dir, 'course.zip'), join(dir, 'unpacked')];
    await pipeline(archive, createWriteStream(file, { mode: 0o600 }));
    await mkdir(unpacked);
    return await use(await readArchive(file, unpacked));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function readArchive(file: string, dir: string): Promise<CourseArchive> {
  const refusal = await unpack(file, dir, limits);
  if (refusal) return { ok: false, refusal };
  const entries = (await readdir(dir, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const [course, ...others] = folders;
  if (course === undefined) return { ok: false, refusal: { code: 'archive-no-course' } };
  if (others.length > 0) return { ok: false, refusal: { code: 'archive-several', names: folders.slice(0, 5) } };
  const read = await readCourseFolder(join(dir, course));
  const strays = entries.filter((entry) => entry.isFile() && entry.name !== 'subjects.yaml');
  if (strays.length === 0) return read;
  const problems = strays.map(({ name }) => ({ file: name, code: 'entry-unknown' as const }));
  return { ok: false, problems: [...problems, ...(read.ok ? [] : read.problems)] };
}
