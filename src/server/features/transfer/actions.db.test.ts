import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { App, PersonActor } from '#server/platform/app.ts';
import { aSchool, aStudent, type School } from '../../testing/world.ts';
import { importCourse, importCourses } from './actions.ts';
import type { CourseBundle } from './bundle.ts';
import { readCourseFolder } from './course-folder.ts';

const demo = fileURLToPath(new URL('../../../../prisma/demo', import.meta.url));
const cli = { kind: 'cli' } as const;

let school: School;
let dir: string;
let app: App;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
});
afterAll(() => school.close());
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'otlichno-import-'));
  await cp(demo, dir, { recursive: true });
});
afterEach(async () => {
  await app.db.course.deleteMany();
  await app.db.subject.deleteMany();
  await app.db.auditEntry.deleteMany();
  await rm(dir, { recursive: true, force: true });
});

async function bundleOf(course: string): Promise<CourseBundle> {
  const read = await readCourseFolder(join(dir, course));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.bundle;
}

async function edit(path: string, change: (text: string) => string): Promise<void> {
  await writeFile(join(dir, path), change(await readFile(join(dir, path), 'utf8')));
}

/** Everything an import writes, with ids. */
async function stored() {
  const subjects = await app.db.subject.findMany({ orderBy: { slug: 'asc' } });
  const courses = await app.db.course.findMany({ orderBy: { slug: 'asc' } });
  const topics = await app.db.topic.findMany({ orderBy: { id: 'asc' } });
  const tasks = await app.db.task.findMany({ orderBy: { id: 'asc' } });
  const files = await app.db.topicFile.findMany({ orderBy: { id: 'asc' } });
  const videos = await app.db.topicVideo.findMany({ orderBy: { id: 'asc' } });
  return { subjects, courses, topics, tasks, files, videos };
}

async function answer(actor: PersonActor, slug: string): Promise<string> {
  const task = await app.db.task.findFirstOrThrow({ where: { slug }, select: { id: true } });
  const now = app.clock.now();
  const row = {
    personId: actor.id,
    taskId: task.id,
    clientId: crypto.randomUUID(),
    given: '1',
    canonical: '1',
    canonicalHash: slug,
    understood: '1',
  };
  await app.db.submission.create({ data: { ...row, verdict: 'wrong', points: 0, createdAt: now, localOn: now } });
  return task.id;
}

test('a course comes in whole, published, with an audit entry', async () => {
  const bundle = await bundleOf('informatics-60');
  const result = await importCourse(app, cli, bundle);
  const tasks = bundle.topics.reduce((sum, topic) => sum + topic.tasks.length, 0);
  expect(result).toMatchObject({
    ok: true,
    reports: [
      { course: 'informatics-60', created: true, topics: { created: bundle.topics.length }, tasks: { created: tasks }, rekeyed: [] },
    ],
  });
  const now = await stored();
  expect(now.courses).toMatchObject([{ slug: 'informatics-60', target: 60, priceMinor: 0, publishedAt: school.clock.now() }]);
  const byPosition = now.topics.toSorted((a, b) => a.position - b.position);
  expect(byPosition.map(({ slug }) => slug)).toEqual(bundle.topics.map(({ slug }) => slug));
  expect(now.topics.every(({ publishedAt }) => publishedAt !== null)).toBe(true);
  const first = bundle.topics[0]?.tasks[0];
  expect(now.tasks.find(({ slug, position }) => slug === first?.slug && position === 0)).toMatchObject({
    source: first?.source,
    spec: first?.task.spec,
  });
  expect(await app.db.auditEntry.findMany()).toMatchObject([
    { actor: 'cli', action: 'course.import', subject: 'informatics-60', after: { tasks: { created: tasks } } },
  ]);
});

test('bytes of files lie in the store under the keys that the rows name, with sizes of pictures', async () => {
  const bundle = await bundleOf('informatics-60');
  await importCourse(app, cli, bundle);
  const { files } = await stored();
  expect(files.length).toBe(bundle.topics.flatMap((topic) => topic.files).length);
  for (const { storageKey, size, name, width } of files) {
    expect(storageKey).toMatch(new RegExp(`^topics/[0-9a-f]{32}/${name}$`));
    expect(await app.storage.find(storageKey)).toMatchObject({ size });
    if (name.endsWith('.svg')) expect(width).toBeGreaterThan(0);
  }
});

test('importing again changes nothing, not even a row’s id or time', async () => {
  await importCourse(app, cli, await bundleOf('math-60'));
  const before = await stored();
  school.clock.forward(60_000);
  const again = await importCourse(app, cli, await bundleOf('math-60'));
  expect(again).toMatchObject({
    ok: true,
    reports: [
      {
        created: false,
        topics: { created: 0, updated: 0, removed: 0 },
        tasks: { created: 0, updated: 0, unchanged: before.tasks.length, removed: 0 },
      },
    ],
  });
  expect(await stored()).toEqual(before);
});

test('an edited course is updated in place: tasks keep their ids and answers', async () => {
  await importCourse(app, cli, await bundleOf('math-60'));
  const { actor } = await aStudent(app);
  const id = await answer(actor, 'altitude');
  await edit('math-60/course.md', (text) => text.replace('target: 60', 'target: 65'));
  await edit('math-60/03-triangles-circles/01-altitude.task.md', (text) => text.replace(/^key: .*$/m, 'key: 777'));
  await edit('math-60/03-triangles-circles/topic.md', (text) =>
    text.replace('---\ntitle:', '---\nvideos:\n  - {title: а, url: https://youtu.be/dQw4w9WgXcQ}\ntitle:'),
  );
  await edit('math-60/03-triangles-circles/files/right-triangle.svg', (text) => `${text}\n`);
  const before = await stored();
  expect(await importCourse(app, cli, await bundleOf('math-60'))).toMatchObject({
    ok: true,
    reports: [{ tasks: { created: 0, updated: 1, removed: 0 }, rekeyed: ['triangles-circles/altitude'] }],
  });
  const after = await stored();
  expect(after.tasks.map((task) => task.id)).toEqual(before.tasks.map((task) => task.id));
  expect(after.tasks.find((task) => task.id === id)?.spec).toMatchObject({ key: '777' });
  expect(after.courses).toMatchObject([{ id: before.courses[0]?.id, target: 65 }]);
  expect(after.videos).toMatchObject([{ title: 'а', position: 0 }]);
  expect(await app.db.submission.count({ where: { taskId: id } })).toBe(1);
  // Browsers keep a picture under its address, so new bytes get a new one; the other files keep theirs.
  const triangle = (files: typeof before.files) => files.find(({ name }) => name === 'right-triangle.svg')?.id;
  expect(triangle(after.files)).not.toBe(triangle(before.files));
  expect(after.files.filter(({ id: one }) => before.files.some((file) => file.id === one))).toHaveLength(before.files.length - 1);
});

test('what the folder no longer has is removed while nobody has answered it', async () => {
  await importCourse(app, cli, await bundleOf('math-60'));
  await rm(join(dir, 'math-60/05-probability'), { recursive: true });
  await rm(join(dir, 'math-60/03-triangles-circles/01-altitude.task.md'));
  const before = await stored();
  const gone = before.topics.find(({ slug }) => slug === 'probability')?.id;
  const lost = before.tasks.filter(({ topicId, slug }) => topicId === gone || slug === 'altitude').length;
  expect(await importCourse(app, cli, await bundleOf('math-60'))).toMatchObject({
    ok: true,
    reports: [{ topics: { removed: 1 }, tasks: { removed: lost }, removedAnswered: [] }],
  });
  const after = await stored();
  expect(after.topics).toHaveLength(before.topics.length - 1);
  expect(after.tasks).toHaveLength(before.tasks.length - lost);
});

test.each([
  ['a task', 'math-60/03-triangles-circles/01-altitude.task.md'],
  ['a whole topic', 'math-60/03-triangles-circles'],
])('%s that students have answered is not removed in silence: nothing at all is imported', async (_, path) => {
  await importCourse(app, cli, await bundleOf('math-60'));
  const { actor } = await aStudent(app);
  await answer(actor, 'altitude');
  await rm(join(dir, path), { recursive: true });
  await edit('math-60/course.md', (text) => text.replace('target: 60', 'target: 65'));
  const before = await stored();
  const bundle = await bundleOf('math-60');
  expect(await importCourse(app, cli, bundle)).toEqual({
    ok: false,
    refusal: { code: 'answers-would-be-lost', course: 'math-60', tasks: [{ topic: 'triangles-circles', task: 'altitude', answers: 1 }] },
  });
  expect(await stored()).toEqual(before);
  expect(await app.db.auditEntry.count()).toBe(1);
  expect(await importCourse(app, cli, bundle, { removeAnswered: true })).toMatchObject({
    ok: true,
    reports: [{ removedAnswered: ['triangles-circles/altitude'] }],
  });
  expect(await app.db.submission.count()).toBe(0);
});

test('a failure in the middle leaves no row behind', async () => {
  const bundle = await bundleOf('math-60');
  const last = bundle.topics.at(-1);
  if (!last) throw new Error('the course has no topics');
  // Two tasks of one slug: the reader of folders refuses them, here the database has to.
  last.tasks.push(...last.tasks.slice(0, 1));
  await expect(importCourse(app, cli, bundle)).rejects.toThrow();
  expect(await stored()).toEqual({ subjects: [], courses: [], topics: [], tasks: [], files: [], videos: [] });
  expect(await app.db.auditEntry.count()).toBe(0);
});

test('several courses come together or not at all', async () => {
  const bundles = [await bundleOf('math-60'), { ...(await bundleOf('informatics-60')), subject: null }];
  expect(await importCourses(app, cli, bundles)).toEqual({ ok: false, refusal: { code: 'subject-unknown', subject: 'informatics' } });
  expect((await stored()).courses).toEqual([]);
});

test('a course without a description of its subject uses the one that the school has', async () => {
  await importCourse(app, cli, await bundleOf('math-60'));
  const { subjects } = await stored();
  expect(await importCourse(app, cli, { ...(await bundleOf('math-80')), subject: null })).toMatchObject({ ok: true });
  const after = await stored();
  expect(after.subjects).toEqual(subjects);
  expect(after.courses.map(({ slug, position }) => [slug, position])).toEqual([
    ['math-60', 0],
    ['math-80', 1],
  ]);
});

test('two imports of one course at once both succeed, and one of them creates it', async () => {
  const bundle = await bundleOf('math-60');
  const results = await Promise.all([importCourse(app, cli, bundle), importCourse(app, cli, bundle)]);
  expect(results.map((result) => result.ok && result.reports[0]?.created).toSorted()).toEqual([false, true]);
});

test('topics open by the school’s clock and zone', async () => {
  await edit('math-60/01-powers/topic.md', (text) => text.replace(/^opens: .*$/m, 'opens: 2026-11-26 18:00'));
  await edit('math-60/02-equations/topic.md', (text) => text.replace(/^opens: .*$/m, 'opens: -1d 10:30'));
  await importCourse(app, cli, await bundleOf('math-60'));
  const { topics } = await stored();
  const opensAt = (slug: string) => topics.find((topic) => topic.slug === slug)?.opensAt;
  expect(opensAt('powers')).toEqual(new Date('2026-11-26T15:00:00Z'));
  // The test's clock shows 24 November in Moscow, with minutes that other tests may have added.
  expect(opensAt('equations')).toEqual(new Date('2026-11-23T07:30:00Z'));
});

test('scales of the subject are kept by year', async () => {
  const bundle = await bundleOf('math-60');
  if (!bundle.subject) throw new Error('the demo school describes its subjects');
  const scales = [{ year: 2024, points: [1, 2, 3] }];
  await importCourse(app, cli, { ...bundle, subject: { ...bundle.subject, scales } });
  await importCourse(app, cli, { ...bundle, subject: { ...bundle.subject, scales: [{ year: 2024, points: [2, 3, 4] }] } });
  const { subjects } = await stored();
  expect(await app.db.scale.findMany({ where: { year: 2024 } })).toEqual([{ subjectId: subjects[0]?.id, year: 2024, points: [2, 3, 4] }]);
});

test('a student may not import', async () => {
  const { actor } = await aStudent(app);
  await expect(importCourse(app, actor, await bundleOf('math-60'))).rejects.toThrow('AUTH_FORBIDDEN');
  expect((await stored()).courses).toEqual([]);
});
