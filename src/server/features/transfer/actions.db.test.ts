/**
 * One file, because all cases change one folder a little and load it again: what stays, what goes, what is refused, and who else was at the
 * course meanwhile.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { App, PersonActor } from '#server/platform/app.ts';
import { courseFiles, writeCourseFiles } from '../../testing/course-folder.ts';
import { somebodyWaits } from '../../testing/locks.ts';
import { aSchool, aStudent, type School } from '../../testing/world.ts';
import { lockState } from '../texts/state.ts';
import { importCourse, importCourses } from './actions.ts';
import type { CourseBundle } from './bundle.ts';
import { readCourseFolder } from './course-folder.ts';

const cli = { kind: 'cli' } as const;

let school: School;
let app: App;
// Bytes are read where they lie, when the import wants them.
let folders: string;
beforeAll(async () => {
  folders = await mkdtemp(join(tmpdir(), 'otlichno-import-'));
  school = await aSchool();
  app = school.app;
});
afterAll(async () => {
  await school.close();
  await rm(folders, { recursive: true, force: true });
});
afterEach(async () => {
  await app.db.course.deleteMany();
  await app.db.subject.deleteMany();
  await app.db.auditEntry.deleteMany();
  await app.db.textState.deleteMany();
  await app.db.textVersion.deleteMany();
});

/** The small course of the tests with some files changed, read from a folder of its own. */
async function aBundle(changed: Record<string, string | null> = {}): Promise<CourseBundle> {
  const dir = await mkdtemp(join(folders, 'course-'));
  await writeCourseFiles(dir, changed);
  const read = await readCourseFolder(join(dir, 'maths-60'));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.bundle;
}

/** Everything an import writes, with ids. */
async function stored() {
  return {
    subjects: await app.db.subject.findMany({ orderBy: { slug: 'asc' }, include: { scales: true } }),
    courses: await app.db.course.findMany({ orderBy: { position: 'asc' } }),
    topics: await app.db.topic.findMany({ where: { deletedAt: null }, orderBy: { position: 'asc' } }),
    tasks: await app.db.task.findMany({ where: { deletedAt: null, topic: { deletedAt: null } }, orderBy: { slug: 'asc' } }),
    files: await app.db.topicFile.findMany({ orderBy: { name: 'asc' } }),
    videos: await app.db.topicVideo.findMany(),
    states: await app.db.textState.findMany({ orderBy: { subjectId: 'asc' } }),
    versions: await app.db.textVersion.findMany({ orderBy: { id: 'asc' } }),
    audit: await app.db.auditEntry.findMany({ orderBy: { id: 'asc' } }),
  };
}

/** A student's wrong answer to a task; gives the task's id. */
async function answer(actor: PersonActor, slug: string): Promise<string> {
  const { id: taskId } = await app.db.task.findFirstOrThrow({ where: { slug }, select: { id: true } });
  const now = app.clock.now();
  const typed = { given: '9', canonical: '9', canonicalHash: slug, understood: '9' };
  const ids = { personId: actor.id, taskId, clientId: randomUUID() };
  await app.db.submission.create({ data: { ...ids, ...typed, verdict: 'wrong', points: 0, createdAt: now, localOn: now } });
  return taskId;
}

test('a course comes in whole and published, by the school’s clock and zone, with an audit entry', async () => {
  const counts = (created: number) => ({ created, updated: 0, unchanged: 0, removed: 0 });
  expect(await importCourse(app, cli, await aBundle())).toEqual({
    ok: true,
    reports: [
      {
        course: 'maths-60',
        title: 'Курс',
        created: true,
        topics: counts(2),
        tasks: counts(3),
        exams: counts(0),
        token: expect.stringMatching(/^[0-9a-f]{64}$/),
        changes: [
          { kind: 'subject', name: 'maths', title: 'Математика', change: 'created', parts: [], answers: 0 },
          { kind: 'course', name: 'maths-60', title: 'Курс', change: 'created', parts: [], answers: 0 },
          { kind: 'topic', name: 'powers', title: 'Степени', change: 'created', parts: [], answers: 0 },
          { kind: 'task', name: 'powers/first', title: 'а', change: 'created', parts: [], answers: 0 },
          { kind: 'task', name: 'powers/second', title: 'б', change: 'created', parts: [], answers: 0 },
          { kind: 'topic', name: 'roots', title: 'Корни', change: 'created', parts: [], answers: 0 },
          { kind: 'task', name: 'roots/third', title: 'в', change: 'created', parts: [], answers: 0 },
        ],
      },
    ],
  });
  const now = school.clock.now();
  expect(await stored()).toMatchObject({
    subjects: [{ slug: 'maths', maxPrimary: 3, scales: [{ year: 2025, points: [7, 14, 100] }] }],
    courses: [{ slug: 'maths-60', target: 60, description: 'Текст', position: 0, priceMinor: 0, publishedAt: now }],
    topics: [
      { slug: 'powers', position: 0, opensAt: new Date('2026-11-26T15:00:00Z'), publishedAt: now },
      { slug: 'roots', position: 1, opensAt: new Date('2026-11-23T07:30:00Z'), publishedAt: now },
    ],
    tasks: [
      { slug: 'first', position: 0, source: courseFiles['maths-60/01-powers/01-first.task.md'], spec: { kind: 'number', key: '1' } },
      { slug: 'second', position: 1, fileNames: ['b.txt'] },
      { slug: 'third', position: 0 },
    ],
    files: [
      { name: 'a.svg', title: null, listedAt: null, mime: 'image/svg+xml', width: 320, height: 200 },
      { name: 'b.txt', title: null, listedAt: null, size: 1, width: null },
      { name: 'list.txt', title: 'Список', listedAt: 0 },
    ],
    videos: [{ title: 'Разбор', minutes: 5, position: 0 }],
    audit: [{ at: now, actor: 'cli', action: 'course.import', subject: 'maths-60', label: 'Курс', after: { tasks: { created: 3 } } }],
  });
});

test('bytes of files lie in the store under the keys that the rows name', async () => {
  await importCourse(app, cli, await aBundle());
  const { files } = await stored();
  expect(files).toHaveLength(3);
  for (const { storageKey, size, name } of files) {
    expect(storageKey).toMatch(new RegExp(`^topics/[0-9a-f]{32}/${name}$`));
    expect(await app.storage.find(storageKey)).toMatchObject({ size });
  }
});

test('importing again changes nothing, not even a row’s id or time', async () => {
  await importCourse(app, cli, await aBundle());
  const before = await stored();
  school.clock.forward(60_000);
  const counts = (unchanged: number) => ({ created: 0, updated: 0, unchanged, removed: 0 });
  expect(await importCourse(app, cli, await aBundle())).toMatchObject({
    ok: true,
    reports: [{ created: false, topics: counts(2), tasks: counts(3) }],
  });
  expect({ ...(await stored()), audit: before.audit }).toEqual(before);
});

test('an edited course is updated in place: tasks keep their ids and answers', async () => {
  await importCourse(app, cli, await aBundle());
  const { actor } = await aStudent(app);
  const id = await answer(actor, 'first');
  const before = await stored();
  const edited = await aBundle({
    'maths-60/course.md': courseFiles['maths-60/course.md']?.replace('target: 60', 'target: 65') ?? '',
    'maths-60/01-powers/01-first.task.md': courseFiles['maths-60/01-powers/01-first.task.md']?.replace('key: 1', 'key: 777') ?? '',
    'maths-60/01-powers/files/b.txt': 'B',
    'maths-60/02-roots/topic.md': '---\ntitle: Корни\nopens: -1d 10:30\n---\n',
    'maths-60/02-roots/01-third.task.md': null,
    'maths-60/02-roots/02-third.task.md': courseFiles['maths-60/02-roots/01-third.task.md'] ?? '',
    'maths-60/02-roots/01-new.task.md': courseFiles['maths-60/02-roots/01-third.task.md'] ?? '',
  });
  expect(await importCourse(app, cli, edited)).toMatchObject({
    ok: true,
    reports: [{ tasks: { created: 1, updated: 2, unchanged: 1, removed: 0 } }],
  });
  const after = await stored();
  const idOf = (tasks: typeof before.tasks, slug: string) => tasks.find((task) => task.slug === slug)?.id;
  for (const slug of ['first', 'second', 'third']) expect(idOf(after.tasks, slug)).toBe(idOf(before.tasks, slug));
  expect(after.tasks).toMatchObject([
    { slug: 'first', spec: { key: '777' } },
    { slug: 'new', position: 0 },
    { slug: 'second' },
    { slug: 'third', position: 1 },
  ]);
  expect(after.courses).toMatchObject([{ id: before.courses[0]?.id, target: 65 }]);
  expect(after.videos).toEqual([]);
  expect(await app.db.submission.count({ where: { taskId: id } })).toBe(1);
  // Browsers keep a file under its address, so new bytes get a new one; the other files keep theirs.
  expect(after.files.map((file, i) => file.id === before.files[i]?.id)).toEqual([true, false, true]);
});

test('what the school decides about a course stays: place, price and the day of publishing', async () => {
  await importCourse(app, cli, await aBundle());
  const own = { position: 7, priceMinor: 490_000, publishedAt: new Date('2026-09-01T00:00:00Z') };
  await app.db.course.updateMany({ data: own });
  await importCourse(app, cli, await aBundle());
  expect((await stored()).courses).toMatchObject([own]);
});

const withoutFirst = { 'maths-60/01-powers/01-first.task.md': null };
const withoutRoots = { 'maths-60/02-roots/topic.md': null, 'maths-60/02-roots/01-third.task.md': null };

test('what the folder no longer has is removed while nobody has answered it', async () => {
  await importCourse(app, cli, await aBundle());
  expect(await importCourse(app, cli, await aBundle({ ...withoutFirst, ...withoutRoots }))).toMatchObject({
    ok: true,
    reports: [{ topics: { removed: 1 }, tasks: { removed: 2 } }],
  });
  expect(await stored()).toMatchObject({ topics: [{ slug: 'powers' }], tasks: [{ slug: 'second' }] });
});

test.each([
  ['a task', withoutFirst, 'powers', 'first'],
  ['a topic with a task', withoutRoots, 'roots', 'third'],
])('%s that students have answered is not removed in silence: nothing at all is imported', async (_, removed, topic, task) => {
  await importCourse(app, cli, await aBundle());
  const { actor } = await aStudent(app);
  await answer(actor, task);
  const before = await stored();
  const edited = await aBundle({ ...removed, 'maths-60/01-powers/files/b.txt': 'B' });
  expect(await importCourse(app, cli, edited)).toEqual({
    ok: false,
    refusal: { code: 'answers-would-be-lost', course: 'maths-60', tasks: [{ topic, task, answers: 1 }], exams: [] },
  });
  expect(await stored()).toEqual(before);
  expect(await importCourse(app, cli, edited, { removeAnswered: true })).toMatchObject({
    ok: true,
    reports: [{ changes: expect.arrayContaining([expect.objectContaining({ change: 'removed', name: `${topic}/${task}`, answers: 1 })]) }],
  });
  expect((await stored()).tasks.map(({ slug }) => slug)).not.toContain(task);
});

const nothing = { subjects: [], courses: [], topics: [], tasks: [], files: [], videos: [], states: [], versions: [], audit: [] };

test('a failure in the middle leaves no row behind', async () => {
  const bundle = await aBundle();
  const last = bundle.topics.at(-1);
  if (!last) throw new Error('the course has no topics');
  // Two tasks of one slug: the reader of folders refuses them, here the database has to.
  last.tasks.push(...last.tasks);
  await expect(importCourse(app, cli, bundle)).rejects.toThrow();
  expect(await stored()).toEqual(nothing);
});

test('several courses come together or not at all', async () => {
  const bundle = await aBundle();
  const stranger = { ...bundle, slug: 'other-60', subject: null, course: { ...bundle.course, subject: 'unheard-of' } };
  expect(await importCourses(app, cli, [bundle, stranger])).toEqual({
    ok: false,
    refusal: { code: 'subject-unknown', subject: 'unheard-of' },
  });
  expect(await stored()).toEqual(nothing);
});

test('a course without a description of its subject uses the one that the school has', async () => {
  const bundle = await aBundle();
  await importCourse(app, cli, bundle);
  const { subjects } = await stored();
  expect(await importCourse(app, cli, { ...bundle, slug: 'maths-80', subject: null })).toMatchObject({ ok: true });
  const after = await stored();
  expect(after.subjects).toEqual(subjects);
  expect(after.courses.map(({ slug, position }) => [slug, position])).toEqual([
    ['maths-60', 0],
    ['maths-80', 1],
  ]);
});

test('scales follow the file for the years it names; other years stay', async () => {
  const bundle = await aBundle();
  if (!bundle.subject) throw new Error('the course of the tests describes its subject');
  await importCourse(app, cli, bundle);
  await importCourse(app, cli, { ...bundle, subject: { ...bundle.subject, scales: [{ year: 2026, points: [1, 2, 3] }] } });
  await importCourse(app, cli, { ...bundle, subject: { ...bundle.subject, scales: [{ year: 2026, points: [2, 3, 4] }] } });
  expect((await stored()).subjects[0]?.scales.map(({ year, points }) => [year, points]).toSorted()).toEqual([
    [2025, [7, 14, 100]],
    [2026, [2, 3, 4]],
  ]);
});

test('two imports of one course at once both succeed, and one of them creates it', async () => {
  const bundle = await aBundle();
  const results = await Promise.all([importCourse(app, cli, bundle), importCourse(app, cli, bundle)]);
  expect(results.map((result) => result.ok && result.reports[0]?.created).toSorted()).toEqual([false, true]);
  expect((await stored()).tasks).toHaveLength(3);
});

test('whoever publishes a text while its course is imported waits for nobody who waits for them', async () => {
  await importCourse(app, cli, await aBundle());
  const bundle = await aBundle({ 'maths-60/01-powers/01-first.task.md': '---\ntitle: а\nkind: number\nkey: 7\n---\nДругое условие' });
  const { id } = await app.db.task.findFirstOrThrow({ where: { slug: 'first' }, select: { id: true } });
  // As `publishText` does it: the state of the text, and some time later the row.
  const imported = await app.db.$transaction(async (tx) => {
    await lockState(tx, { kind: 'task', subjectId: id });
    const running = importCourse(app, cli, bundle);
    await somebodyWaits(app);
    await tx.task.update({ where: { id }, data: { title: 'б' }, select: { id: true } });
    return { running };
  });
  expect((await imported.running).ok).toBe(true);
  expect(await app.db.task.findUniqueOrThrow({ where: { id }, select: { title: true } })).toEqual({ title: 'а' });
});

test('works that wait for a teacher or came back are answers too', async () => {
  await importCourse(app, cli, await aBundle());
  const { actor } = await aStudent(app);
  const { id: taskId } = await app.db.task.findFirstOrThrow({ where: { slug: 'second' }, select: { id: true } });
  const now = app.clock.now();
  const work = { personId: actor.id, taskId, text: 'Решение', handedInAt: now, localOn: now };
  await app.db.work.create({ data: { ...work, clientId: randomUUID(), round: 1, state: 'returned' } });
  await app.db.work.create({ data: { ...work, clientId: randomUUID(), round: 2, state: 'waiting' } });
  const without = await aBundle({ 'maths-60/01-powers/02-second.task.md': null, 'maths-60/01-powers/files/b.txt': null });
  expect(await importCourse(app, cli, without)).toEqual({
    ok: false,
    refusal: { code: 'answers-would-be-lost', course: 'maths-60', tasks: [{ topic: 'powers', task: 'second', answers: 2 }], exams: [] },
  });
});

test('a student may not import, a moderator may', async () => {
  const { actor } = await aStudent(app);
  const bundle = await aBundle();
  await expect(importCourse(app, actor, bundle)).rejects.toThrow('AUTH_FORBIDDEN');
  expect(await stored()).toEqual(nothing);
  expect(await importCourse(app, { ...actor, role: 'moderator' }, bundle)).toMatchObject({ ok: true });
  expect((await stored()).audit).toMatchObject([{ actor: actor.id }]);
});
