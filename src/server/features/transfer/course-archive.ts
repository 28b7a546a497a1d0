import { createWriteStream, type Dirent } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ArchiveRefusal, courseLimits } from '#shared/transfer.ts';
import { largestUpload } from '#shared/upload-rules.ts';
import { type CourseFolder, readCourseFolder } from './course-folder.ts';
import { isMediaName } from './file-types.ts';
import { unpack } from './zip-reader.ts';

export type CourseArchive = CourseFolder | { ok: false; refusal: ArchiveRefusal };

const { entries, unpacked: total } = courseLimits.archive;
const limits = { entries, total, fileOf: (name: string) => largestUpload('topic', name), isMedia: isMediaName };

const prefix = 'otlichno-course-';
const day = 86_400_000;

/** What a killed process had unpacked: it may be gigabytes, and not every system empties its folder of temporary files. */
async function sweepLeftOvers(): Promise<void> {
  for (const name of (await readdir(tmpdir())).filter((one) => one.startsWith(prefix))) {
    const path = join(tmpdir(), name);
    // Gone meanwhile, or of somebody else: none of ours to mind.
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (mtimeMs < Date.now() - day) await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

/**
 * Hands over the course that an archive holds: a folder with a course.md, and subjects.yaml beside it. Its files lie in a folder of their own until
 * `use` has ended, however it ends.
 */
export async function withCourseArchive<T>(archive: Readable, use: (read: CourseArchive) => Promise<T>): Promise<T> {
  await sweepLeftOvers();
  const dir = await mkdtemp(join(tmpdir(), prefix));
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
  const root = await rootOf(dir);
  const entries = await entriesOf(root);
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const [course, ...others] = folders;
  // The contents of a course without its folder: its short name is the folder's.
  if (course === undefined || entries.some(({ name }) => name === 'course.md'))
    return { ok: false, refusal: { code: 'archive-no-course' } };
  if (others.length > 0) return { ok: false, refusal: { code: 'archive-several', names: folders.slice(0, 5) } };
  const read = await readCourseFolder(join(root, course));
  const strays = entries.filter((entry) => entry.isFile() && entry.name !== 'subjects.yaml');
  if (strays.length === 0) return read;
  const problems = strays.map(({ name }) => ({ file: name, code: 'entry-unknown' as const }));
  return { ok: false, problems: [...problems, ...(read.ok ? [] : read.problems)] };
}

/** Systems unpack our archive into a folder of its name, and whoever packs that one again has everything one folder deeper. */
async function rootOf(dir: string): Promise<string> {
  const [only, ...beside] = await entriesOf(dir);
  if (!only?.isDirectory() || beside.length > 0) return dir;
  const inner = join(dir, only.name);
  const within = await entriesOf(inner);
  if (within.some(({ name }) => name === 'course.md')) return dir;
  const holdCourse = await Promise.all(
    within.map(async (entry) => entry.isDirectory() && (await entriesOf(join(inner, entry.name))).some(({ name }) => name === 'course.md')),
  );
  return holdCourse.includes(true) ? inner : dir;
}

async function entriesOf(dir: string): Promise<Dirent[]> {
  return (await readdir(dir, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
}
