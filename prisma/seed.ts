import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importCourses } from '#server/features/transfer/actions.ts';
import type { CourseBundle } from '#server/features/transfer/bundle.ts';
import { readCourseFolder } from '#server/features/transfer/course-folder.ts';
import { formatProblem } from '#server/features/transfer/problem-text.ts';
import type { App } from '#server/platform/app.ts';

const demoDir = fileURLToPath(new URL('demo', import.meta.url));

/** «broken»: the files have mistakes; each stands in the log with its file and line, and nothing was loaded. */
export type SeedOutcome = 'loaded' | 'school-not-empty' | 'broken';

/**
 * Loads the demo school when the school has no course at all. All courses come in one transaction, so a start that was cut off is no half-full
 * school; of two processes that start at once, one loads.
 */
export async function seedDemo(app: App, dir = demoDir): Promise<SeedOutcome> {
  if ((await app.db.course.count()) > 0) return 'school-not-empty';
  const bundles: CourseBundle[] = [];
  let broken = false;
  for (const course of await courseFolders(dir)) {
    const read = await readCourseFolder(join(dir, course));
    if (read.ok) bundles.push(read.bundle);
    else {
      broken = true;
      for (const problem of read.problems) app.log.error(`demo school: ${formatProblem(problem)}`);
    }
  }
  if (broken) return 'broken';
  const imported = await importCourses(app, { kind: 'system' }, bundles, { onlyIntoEmptySchool: true });
  return imported.ok ? 'loaded' : 'school-not-empty';
}

async function courseFolders(dir: string): Promise<string[]> {
  const names = (await readdir(dir)).sort();
  const courses = await Promise.all(names.map((name) => exists(join(dir, name, 'course.md'))));
  return names.filter((_, i) => courses[i]);
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
