import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seedTemplates } from '#server/features/chat/templates/actions.ts';
import { loadNews } from '#server/features/news/office/load/actions.ts';
import { loadFaq } from '#server/features/support/office/load/actions.ts';
import { importCourses } from '#server/features/transfer/actions.ts';
import type { BundleSubject, CourseBundle } from '#server/features/transfer/bundle.ts';
import { readCourseFolder } from '#server/features/transfer/course-folder.ts';
import { formatProblem } from '#server/features/transfer/problem-text.ts';
import { parseSubjectsSource } from '#server/features/transfer/subjects-source.ts';
import type { App } from '#server/platform/app.ts';
import { readFaqFolder } from './faq-files.ts';
import { readNewsFolder } from './news-files.ts';

const demoDir = fileURLToPath(new URL('demo', import.meta.url));

/** «broken»: the files have mistakes; each stands in the log with its file and line, and nothing was loaded. */
export type SeedOutcome = 'loaded' | 'school-not-empty' | 'broken';

/**
 * Loads the demo school when the school has no course at all. All courses come in one transaction, so a start that was cut off is no half-full
 * school; of two processes that start at once, one loads. Questions and answers, templates and news come once to every school
 * that has a demo course, also to one of before there were any; a school of somebody's own gets none.
 */
export async function seedDemo(app: App, dir = demoDir): Promise<SeedOutcome> {
  const outcome = await seedCourses(app, dir);
  if (outcome === 'broken' || (await app.db.course.count({ where: { slug: { in: await courseFolders(dir) } } })) === 0) return outcome;
  await seedTemplates(app, await readTemplates(dir));
  return (await seedFaq(app, dir)) && (await seedNews(app, dir)) ? outcome : 'broken';
}

/** False: mistakes, which stand in the log. */
async function seedFaq(app: App, dir: string): Promise<boolean> {
  const folder = join(dir, 'faq');
  if (!(await exists(folder))) return true;
  const faq = await readFaqFolder(folder);
  if (faq.ok) await loadFaq(app, { kind: 'system' }, faq.categories);
  else for (const problem of faq.problems) app.log.error(`demo school: ${formatProblem({ ...problem, file: `faq/${problem.file}` })}`);
  return faq.ok;
}

/** False: mistakes, which stand in the log. */
async function seedNews(app: App, dir: string): Promise<boolean> {
  const folder = join(dir, 'news');
  if (!(await exists(folder))) return true;
  const read = await readNewsFolder(folder);
  if (read.ok) await loadNews(app, { kind: 'system' }, read.news);
  else for (const problem of read.problems) app.log.error(`demo school: ${formatProblem({ ...problem, file: `news/${problem.file}` })}`);
  return read.ok;
}

async function seedCourses(app: App, dir: string): Promise<SeedOutcome> {
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
  const subjects = await readSubjects(app, dir);
  if (broken || !subjects) return 'broken';
  const imported = await importCourses(app, { kind: 'system' }, bundles, { subjects, onlyIntoEmptySchool: true });
  return imported.ok ? 'loaded' : 'school-not-empty';
}

/** All of them, those without courses too: with their scales a school has where to begin. Null: mistakes, which stand in the log. */
async function readSubjects(app: App, dir: string): Promise<BundleSubject[] | null> {
  if (!(await exists(join(dir, 'subjects.yaml')))) return [];
  const parsed = parseSubjectsSource(await readFile(join(dir, 'subjects.yaml'), 'utf8'));
  if (parsed.ok) return parsed.subjects;
  for (const problem of parsed.problems) app.log.error(`demo school: ${formatProblem({ file: 'subjects.yaml', ...problem })}`);
  return null;
}

/** Templates of teachers' answers: `## Title`, and the text under it. */
async function readTemplates(dir: string): Promise<{ title: string; body: string }[]> {
  if (!(await exists(join(dir, 'templates.md')))) return [];
  const source = await readFile(join(dir, 'templates.md'), 'utf8');
  return source.split(/^## /m).flatMap((section) => {
    const [title = '', ...lines] = section.split('\n');
    return title.trim() === '' ? [] : [{ title: title.trim(), body: lines.join('\n').trim() }];
  });
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
