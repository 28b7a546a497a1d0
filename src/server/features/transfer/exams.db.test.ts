/** Exams of a course whose folder is loaded again: the same row by its slug, so that attempts stay with it. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { App } from '#server/platform/app.ts';
import { writeCourseFiles } from '../../testing/course-folder.ts';
import { aSchool, aStudent, type School } from '../../testing/world.ts';
import { type ImportOptions, importCourse, tryImport } from './actions.ts';
import { readCourseFolder } from './course-folder.ts';

const cli = { kind: 'cli' } as const;

let school: School;
let app: App;
let folders: string;
beforeAll(async () => {
  folders = await mkdtemp(join(tmpdir(), 'otlichno-exams-'));
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
});

const trial = 'maths-60/exams/01-trial.exam.md';
const text = (head: string, tasks: string[], about = 'О нём') =>
  `---\ntitle: Пробный\n${head}tasks: [${tasks.join(', ')}]\n---\n${about}\n`;
const whole = {
  [trial]: text('minutes: 60\nopens: 2026-12-01 10:00\nscale: 2025\n', ['roots/third', 'powers/first']),
  'maths-60/exams/02-short.exam.md': '---\ntitle: Короткий\ntasks: [powers/second]\n---\n',
};

async function load(changed: Record<string, string | null>, options: ImportOptions & { isTrial?: boolean } = {}) {
  const dir = await mkdtemp(join(folders, 'course-'));
  await writeCourseFiles(dir, { ...whole, ...changed });
  const read = await readCourseFolder(join(dir, 'maths-60'));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const imported = options.isTrial ? await tryImport(app, cli, [read.bundle]) : await importCourse(app, cli, read.bundle, options);
  if (!imported.ok) return imported.refusal;
  return { exams: imported.reports[0]?.exams, changes: imported.reports[0]?.changes };
}

/** Exams in order with their tasks, those that were put away too. */
async function stored() {
  const rows = await app.db.exam.findMany({
    orderBy: [{ position: 'asc' }, { slug: 'asc' }],
    include: {
      tasks: { orderBy: { position: 'asc' }, select: { task: { select: { slug: true, deletedAt: true } } } },
      _count: { select: { runs: true } },
    },
  });
  return rows.map(({ tasks, _count, ...exam }) => ({ ...exam, tasks: tasks.map(({ task }) => task.slug), begun: _count.runs }));
}

const examOf = async (slug: string) => {
  const exam = (await stored()).find((one) => one.slug === slug);
  if (!exam) throw new Error(`no exam ${slug}`);
  return exam;
};

async function anAttempt(slug: string): Promise<void> {
  const { actor } = await aStudent(app);
  const { id } = await examOf(slug);
  await app.db.examAttempt.create({ data: { id: randomUUID(), examId: id, personId: actor.id, number: 1, startedAt: app.clock.now() } });
}

const counts = (of: Partial<Record<'created' | 'updated' | 'unchanged' | 'removed', number>>) => ({
  created: 0,
  updated: 0,
  unchanged: 0,
  removed: 0,
  ...of,
});

test('exams come in with their tasks in order, published by the school’s clock', async () => {
  expect(await load({})).toMatchObject({ exams: counts({ created: 2 }) });
  expect(await stored()).toMatchObject([
    {
      slug: 'trial',
      title: 'Пробный',
      about: 'О нём',
      limitMinutes: 60,
      opensAt: new Date('2026-12-01T07:00:00Z'),
      closesAt: null,
      attempts: 1,
      begun: 0,
      scaleYear: 2025,
      review: 'closing',
      publishedAt: app.clock.now(),
      tasks: ['third', 'first'],
    },
    { slug: 'short', tasks: ['second'], limitMinutes: null },
  ]);
  const [entry] = await app.db.auditEntry.findMany({ where: { action: 'course.import' } });
  expect(entry?.after).toMatchObject({ exams: { created: 2 } });
});

test('the same files change nothing', async () => {
  await load({});
  const before = await stored();
  expect(await load({})).toEqual({ exams: counts({ unchanged: 2 }), changes: [] });
  expect(await stored()).toEqual(before);
});

test('an edited exam is the same row and keeps its attempts; the report names what differs', async () => {
  await load({});
  await anAttempt('trial');
  const { id } = await examOf('trial');
  const edited = { [trial]: text('minutes: 90\ncloses: 2026-12-03 10:00\ndraft: yes\n', ['powers/first', 'powers/second'], 'Другое') };
  const change = {
    kind: 'exam',
    name: 'trial',
    title: 'Пробный',
    change: 'changed',
    parts: ['text', 'tasks', 'window', 'settings', 'hidden'],
    answers: 0,
  };
  // The dry run says the same and does nothing.
  const before = await stored();
  expect(await load(edited, { isTrial: true })).toEqual({ exams: counts({ updated: 1, unchanged: 1 }), changes: [change] });
  expect(await stored()).toEqual(before);
  expect(await load(edited)).toMatchObject({ changes: [change] });
  expect(await examOf('trial')).toMatchObject({
    id,
    attempts: 1,
    tasks: ['first', 'second'],
    limitMinutes: 90,
    opensAt: null,
    publishedAt: null,
  });
});

test('an exam that nobody has begun goes with its file, and comes back as the same row', async () => {
  await load({});
  const { id } = await examOf('trial');
  expect(await load({ [trial]: null })).toMatchObject({
    exams: counts({ unchanged: 1, removed: 1 }),
    changes: [{ kind: 'exam', name: 'trial', change: 'removed', answers: 0 }],
  });
  expect(await examOf('trial')).toMatchObject({ deletedAt: app.clock.now() });
  expect(await load({})).toMatchObject({ exams: counts({ updated: 1, unchanged: 1 }), changes: [{ name: 'trial', change: 'restored' }] });
  expect(await examOf('trial')).toMatchObject({ id, deletedAt: null, tasks: ['third', 'first'] });
});

test('an exam that students have begun is not removed in silence: nothing at all is imported', async () => {
  await load({});
  await anAttempt('trial');
  const without = { [trial]: null, 'maths-60/exams/02-short.exam.md': '---\ntitle: Иной\ntasks: [powers/second]\n---\n' };
  const before = await stored();
  const refusal = { code: 'answers-would-be-lost', course: 'maths-60', tasks: [], exams: [{ exam: 'trial', attempts: 1 }] };
  expect(await load(without)).toEqual(refusal);
  expect(await stored()).toEqual(before);
  const told = { kind: 'exam', name: 'trial', change: 'removed', answers: 1 };
  expect(await load(without, { isTrial: true })).toMatchObject({ changes: expect.arrayContaining([expect.objectContaining(told)]) });
  expect(await load(without, { removeAnswered: true })).toMatchObject({ exams: counts({ updated: 1, removed: 1 }) });
  expect(await examOf('trial')).toMatchObject({ begun: 1, deletedAt: app.clock.now() });
});

test('what was answered in an exam whose review is not open yet are answers too', async () => {
  await load({});
  await anAttempt('trial');
  const { id: attemptId } = await app.db.examAttempt.findFirstOrThrow({ select: { id: true } });
  const { id: taskId } = await app.db.task.findFirstOrThrow({ where: { slug: 'third' }, select: { id: true } });
  await app.db.examAnswer.create({ data: { attemptId, taskId, position: 0, given: '3' } });
  const without = {
    'maths-60/02-roots/01-third.task.md': null,
    [trial]: text('minutes: 60\nopens: 2026-12-01 10:00\nscale: 2025\n', ['powers/first']),
  };
  const tasks = [{ topic: 'roots', task: 'third', answers: 1 }];
  expect(await load(without)).toEqual({ code: 'answers-would-be-lost', course: 'maths-60', tasks, exams: [] });
  // Once it is open they stand among the submissions, and are counted there.
  await app.db.examAttempt.updateMany({ data: { finishedAt: app.clock.now(), finishedBy: 'time', releasedAt: app.clock.now() } });
  expect(await load(without)).toMatchObject({ exams: counts({ unchanged: 2 }) });
});

test('a deleted task stays in the exam behind the others, and is part of it again when it is put back', async () => {
  await load({});
  await app.db.task.updateMany({ where: { slug: 'third' }, data: { deletedAt: app.clock.now() } });
  // The folder as an export would be now: the task is in no file.
  const now = {
    'maths-60/02-roots/01-third.task.md': null,
    [trial]: text('minutes: 60\nopens: 2026-12-01 10:00\nscale: 2025\n', ['powers/first']),
  };
  expect(await load(now)).toMatchObject({ exams: counts({ unchanged: 2 }) });
  expect((await examOf('trial')).tasks).toEqual(['third', 'first']);
  await load({ ...now, [trial]: text('', ['powers/second', 'powers/first']) });
  expect((await examOf('trial')).tasks).toEqual(['second', 'first', 'third']);
});

test('seconds of a window that the office set are kept', async () => {
  await load({});
  const opensAt = new Date('2026-12-01T07:00:42.123Z');
  await app.db.exam.updateMany({ where: { slug: 'trial' }, data: { opensAt } });
  expect(await load({})).toMatchObject({ changes: [] });
  expect((await examOf('trial')).opensAt).toEqual(opensAt);
});

test('places follow the numbers of the files', async () => {
  await load({});
  const moved = { [trial]: null, 'maths-60/exams/09-trial.exam.md': whole[trial] ?? '' };
  expect(await load(moved)).toMatchObject({
    changes: [
      { name: 'short', parts: ['place'] },
      { name: 'trial', parts: ['place'] },
    ],
  });
  expect((await stored()).map(({ slug }) => slug)).toEqual(['short', 'trial']);
});
