/** Export → import into an empty school → export: the same bytes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { App } from '#server/platform/app.ts';
import { writeCourseFiles } from '../../testing/course-folder.ts';
import { aSchool, type School } from '../../testing/world.ts';
import { importCourse } from './actions.ts';
import { readCourseFolder } from './course-folder.ts';
import { exportCourse } from './export-course.ts';
import { writeFolder } from './folder-writer.ts';
import { aRandomCourse } from './testing/random-course.ts';
import { zipOf } from './zip-writer.ts';

const cli = { kind: 'cli' } as const;
const demo = fileURLToPath(new URL('../../../../prisma/demo', import.meta.url));

let school: School;
let app: App;
let folders: string;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  folders = await mkdtemp(join(tmpdir(), 'otlichno-round-'));
});
afterAll(async () => {
  await school.close();
  await rm(folders, { recursive: true, force: true });
});
afterEach(emptySchool);

async function emptySchool(): Promise<void> {
  await app.db.course.deleteMany();
  await app.db.subject.deleteMany();
  await app.db.textState.deleteMany();
  await app.db.textVersion.deleteMany();
}

async function importFolder(dir: string) {
  const read = await readCourseFolder(dir);
  if (!read.ok) throw new Error(JSON.stringify(read.problems, null, 1));
  const imported = await importCourse(app, cli, read.bundle);
  if (!imported.ok) throw new Error(JSON.stringify(imported));
  return imported.reports[0];
}

const zipped = async (slug: string) => buffer(zipOf(await exportCourse(app, cli, slug)));

/** Exports the course, imports it into an empty school, and looks at both exports. */
async function expectSameAgain(slug: string): Promise<void> {
  const first = await zipped(slug);
  const dir = await mkdtemp(join(folders, 'export-'));
  expect(await writeFolder(await exportCourse(app, cli, slug), dir)).toBe(true);
  const unchanged = await importFolder(join(dir, slug));
  expect(unchanged?.changes).toEqual([]);
  await emptySchool();
  await importFolder(join(dir, slug));
  const second = await zipped(slug);
  expect(second.equals(first)).toBe(true);
}

test.each(['math-60', 'math-80', 'informatics-60', 'informatics-80'])('the demo course %s', async (slug) => {
  await importFolder(join(demo, slug));
  await expectSameAgain(slug);
});

test('drafts, pending edits, files that no text shows', async () => {
  const dir = await mkdtemp(join(folders, 'course-'));
  await writeCourseFiles(dir, {
    'maths-60/course.md': '---\ntitle: Курс\nsubject: maths\ntarget: 60\ndraft: yes\n---\n',
    'maths-60/description.draft.md': 'Напишем\n',
    'maths-60/01-powers/theory.draft.md': '## Новая теория\n\n![](files/broken',
    'maths-60/01-powers/01-first.draft.md': '---\ntitle: а\nkind: number\nkey: [\n',
    'maths-60/01-powers/03-later.draft.md': '---\ntitle: "Потом"\n---\nфайл files/wanted.csv',
    'maths-60/01-powers/04-empty.draft.md': '',
    'maths-60/01-powers/files/wanted.csv': 'a;b',
    'maths-60/02-roots/topic.md':
      '---\ntitle: Корни\nopens: 2026-11-27 18:00\ndraft: yes\nfiles:\n  - name: spare.txt\n    title: Про запас\n    listed: no\n  - name: other.txt\n    listed: no\n---\n\n    code\n',
    'maths-60/02-roots/files/spare.txt': 'x',
    'maths-60/02-roots/files/other.txt': 'y',
  });
  await importFolder(join(dir, 'maths-60'));
  expect(
    await app.db.task.findMany({ where: { publishedAt: null }, orderBy: { slug: 'asc' }, select: { slug: true, title: true } }),
  ).toEqual([
    { slug: 'empty', title: 'empty' },
    { slug: 'later', title: 'Потом' },
  ]);
  await expectSameAgain('maths-60');
  expect((await exportCourse(app, cli, 'maths-60')).map(({ path }) => path)).toEqual([
    'maths-60/01-powers/01-first.draft.md',
    'maths-60/01-powers/01-first.task.md',
    'maths-60/01-powers/02-second.task.md',
    'maths-60/01-powers/03-later.draft.md',
    'maths-60/01-powers/04-empty.draft.md',
    'maths-60/01-powers/files/a.svg',
    'maths-60/01-powers/files/b.txt',
    'maths-60/01-powers/files/list.txt',
    'maths-60/01-powers/files/wanted.csv',
    'maths-60/01-powers/theory.draft.md',
    'maths-60/01-powers/topic.md',
    'maths-60/02-roots/01-third.task.md',
    'maths-60/02-roots/files/other.txt',
    'maths-60/02-roots/files/spare.txt',
    'maths-60/02-roots/topic.md',
    'maths-60/course.md',
    'maths-60/description.draft.md',
    'subjects.yaml',
  ]);
});

test('exams', async () => {
  const dir = await mkdtemp(join(folders, 'course-'));
  await writeCourseFiles(dir, {
    'maths-60/exams/01-trial.exam.md':
      '---\ntitle: Пробный\nminutes: 90\nopens: 2026-12-01 10:00\ncloses: 2026-12-02 10:00\nattempts: unlimited\norder: shuffled\nreview: finish\nscale: 2025\ntasks:\n  - roots/third\n  - powers/first\n---\nПро **экзамен**\n',
    'maths-60/exams/02-plain.exam.md': '---\ntitle: Простой\ntasks:\n  - powers/second\n---\n',
    'maths-60/exams/03-empty.exam.md': '---\ntitle: Пустой\ndraft: yes\ntasks: []\n---\n',
  });
  await importFolder(join(dir, 'maths-60'));
  await expectSameAgain('maths-60');
  const texts = (await exportCourse(app, cli, 'maths-60')).filter(({ path }) => path.includes('/exams/'));
  expect(texts.map(({ path, content }) => [path, String(content)])).toEqual([
    [
      'maths-60/exams/01-trial.exam.md',
      '---\ntitle: Пробный\nminutes: 90\nopens: 2026-12-01 10:00\ncloses: 2026-12-02 10:00\nattempts: unlimited\norder: shuffled\nreview: finish\nscale: 2025\ntasks:\n  - roots/third\n  - powers/first\n---\nПро **экзамен**\n',
    ],
    ['maths-60/exams/02-plain.exam.md', '---\ntitle: Простой\ntasks:\n  - powers/second\n---\n'],
    ['maths-60/exams/03-empty.exam.md', '---\ntitle: Пустой\ndraft: yes\ntasks: []\n---\n'],
  ]);
});

test('a course that was only begun, published or not', async () => {
  for (const publishedAt of [null, app.clock.now()]) {
    const subject = { slug: 'maths', title: 'Математика', about: 'Экзамен', maxPrimary: 30, position: 0 };
    const course = { slug: 'begun', title: 'Курс', target: 60, summary: 'Кратко', description: '', position: 0, publishedAt };
    await app.db.course.create({ data: { ...course, subject: { create: subject } }, select: { id: true } });
    await expectSameAgain('begun');
    await emptySchool();
  }
});

test('a topic of more than a hundred tasks keeps their order', async () => {
  const dir = await mkdtemp(join(folders, 'course-'));
  const many = Array.from({ length: 120 }, (_, i): [string, string] => [
    `maths-60/02-roots/${String(i + 1).padStart(3, '0')}-t${120 - i}.task.md`,
    `---\ntitle: ${i + 1}\nkind: number\nkey: 1\n---\nx`,
  ]);
  await writeCourseFiles(dir, { ...Object.fromEntries(many), 'maths-60/02-roots/01-third.task.md': null });
  await importFolder(join(dir, 'maths-60'));
  await expectSameAgain('maths-60');
});

test.each(Array.from({ length: 12 }, (_, i) => i + 1))('a random course, seed %i', async (seed) => {
  const slug = await aRandomCourse(app, seed);
  await expectSameAgain(slug);
});
