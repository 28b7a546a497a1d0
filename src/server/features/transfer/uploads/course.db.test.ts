import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import type { App, PersonActor } from '#server/platform/app.ts';
import { courseFiles } from '../../../testing/course-folder.ts';
import { aModerator, aSchool, aStudent, type School } from '../../../testing/world.ts';
import { anUpload } from '../testing/an-upload.ts';
import { importUploadedCourse, inspectCourse } from './actions.ts';

let school: School;
let app: App;
let actor: PersonActor;
let temp: string;
const usualTemp = process.env.TMPDIR;
beforeAll(async () => {
  temp = await mkdtemp(join(tmpdir(), 'otlichno-uploads-'));
  process.env.TMPDIR = temp;
  school = await aSchool();
  app = school.app;
  actor = (await aModerator(app)).actor;
});
afterAll(async () => {
  if (usualTemp === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = usualTemp;
  await school.close();
  await rm(temp, { recursive: true, force: true });
});
afterEach(async () => {
  // Whatever happened, nothing that was unpacked is left.
  expect((await readdir(temp)).filter((name) => name.startsWith('otlichno-course-'))).toEqual([]);
  await app.db.course.deleteMany();
  await app.db.subject.deleteMany();
  await app.db.auditEntry.deleteMany();
});

async function zipOf(changed: Record<string, string | null> = {}): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, text] of Object.entries({ ...courseFiles, ...changed })) if (text !== null) zip.addBuffer(Buffer.from(text), path);
  zip.end();
  return buffer(zip.outputStream);
}

const upload = async (changed: Record<string, string | null> = {}) => anUpload(app, actor, 'course.zip', await zipOf(changed));

async function seen(uploadId: string, course?: string) {
  const found = await inspectCourse(app, actor, course === undefined ? { uploadId } : { uploadId, course });
  if (found.outcome !== 'ready') throw new Error(JSON.stringify(found));
  return found.report;
}

test('a dry run tells what would come and leaves nothing; the import does exactly that', async () => {
  const uploadId = await upload();
  const report = await seen(uploadId);
  expect(report).toMatchObject({ created: true, topics: { created: 2 }, tasks: { created: 3 } });
  expect(await app.db.course.count()).toBe(0);
  expect(await app.db.auditEntry.count({ where: { action: 'course.import' } })).toBe(0);
  const imported = await importUploadedCourse(app, actor, { uploadId, token: report.token, removeAnswered: false });
  expect(imported).toMatchObject({ outcome: 'imported', report: { changes: report.changes, token: report.token } });
  expect(await app.db.auditEntry.findMany({ where: { action: 'course.import' }, select: { actor: true, action: true } })).toEqual([
    { actor: actor.id, action: 'course.import' },
  ]);
  expect((await seen(uploadId)).changes).toEqual([]);
});

test('what changed in the school since the dry run stops the import, and the new report says what would happen now', async () => {
  const first = await upload();
  await importUploadedCourse(app, actor, { uploadId: first, token: (await seen(first)).token, removeAnswered: false });
  const uploadId = await upload({ 'maths-60/01-powers/01-first.task.md': '---\ntitle: другое\nkind: number\nkey: 1\n---\nx' });
  const report = await seen(uploadId, 'maths-60');
  expect(report.changes).toMatchObject([{ name: 'powers/first', change: 'changed', parts: ['title', 'text'] }]);
  await app.db.task.updateMany({ where: { slug: 'second' }, data: { title: 'переименовано' } });
  const result = await importUploadedCourse(app, actor, { uploadId, course: 'maths-60', token: report.token, removeAnswered: false });
  expect(result).toMatchObject({
    outcome: 'ready',
    report: { changes: [{ name: 'powers/first' }, { name: 'powers/second', parts: ['title'] }] },
  });
  expect(await app.db.task.findFirst({ where: { slug: 'first' }, select: { title: true } })).toEqual({ title: 'а' });
});

test('an edit that somebody has not published is told of, and goes into the history', async () => {
  const uploadId = await upload();
  await importUploadedCourse(app, actor, { uploadId, token: (await seen(uploadId)).token, removeAnswered: false });
  const { id: subjectId } = await app.db.task.findFirstOrThrow({ where: { slug: 'first' }, select: { id: true } });
  const written = { draft: 'новый текст', editedBy: actor.id, editedAt: app.clock.now() };
  await app.db.textState.upsert({
    where: { kind_subjectId: { kind: 'task', subjectId } },
    create: { kind: 'task', subjectId, rev: 1, ...written },
    update: written,
  });
  const report = await seen(uploadId);
  expect(report.changes).toMatchObject([{ name: 'powers/first', parts: ['draft-lost'] }]);
  expect(await importUploadedCourse(app, actor, { uploadId, token: report.token, removeAnswered: false })).toMatchObject({
    outcome: 'imported',
  });
  const where = { kind: 'task' as const, subjectId };
  expect(await app.db.textState.findFirst({ where, select: { draft: true } })).toEqual({ draft: null });
  expect(
    await app.db.textVersion.findMany({
      where,
      orderBy: { number: 'asc' },
      select: { number: true, source: true, isDraft: true, actor: true },
    }),
  ).toEqual([
    { number: 1, source: courseFiles['maths-60/01-powers/01-first.task.md'], isDraft: false, actor: actor.id },
    { number: 2, source: 'новый текст', isDraft: true, actor: actor.id },
  ]);
});

test('what was deleted comes back with the files, and what they lack is deleted, not destroyed', async () => {
  const uploadId = await upload();
  await importUploadedCourse(app, actor, { uploadId, token: (await seen(uploadId)).token, removeAnswered: false });
  const ids = await app.db.task.findMany({ orderBy: { slug: 'asc' }, select: { id: true } });
  const without = await upload({
    'maths-60/01-powers/01-first.task.md': null,
    'maths-60/02-roots/topic.md': null,
    'maths-60/02-roots/01-third.task.md': null,
  });
  const report = await seen(without);
  expect(report.changes).toMatchObject([
    { kind: 'topic', name: 'roots', change: 'removed' },
    { kind: 'task', name: 'powers/first', change: 'removed' },
    { kind: 'task', name: 'roots/third', change: 'removed' },
  ]);
  await importUploadedCourse(app, actor, { uploadId: without, token: report.token, removeAnswered: false });
  expect(await app.db.task.findMany({ orderBy: { slug: 'asc' }, select: { id: true } })).toEqual(ids);
  expect(await app.db.topic.count({ where: { deletedAt: null } })).toBe(1);
  const back = await seen(uploadId);
  expect(back.changes).toMatchObject([
    { kind: 'task', name: 'powers/first', change: 'restored' },
    { kind: 'topic', name: 'roots', change: 'restored' },
  ]);
});

test.each<[string, () => Promise<Buffer>, object]>([
  ['an archive that is none', async () => Buffer.from('hello'), { outcome: 'refused', refusal: { code: 'archive-broken' } }],
  [
    'a course without its folder',
    () => zipOf(Object.fromEntries(Object.keys(courseFiles).map((path) => [path, path === 'subjects.yaml' ? 'x' : null]))),
    { outcome: 'refused', refusal: { code: 'archive-no-course' } },
  ],
  [
    'two courses',
    () => zipOf({ 'other/course.md': 'x' }),
    { outcome: 'refused', refusal: { code: 'archive-several', names: ['maths-60', 'other'] } },
  ],
  [
    'a bomb',
    () => zipOf({ 'maths-60/01-powers/files/list.txt': 'x'.repeat(15_000_000) }),
    { outcome: 'refused', refusal: { code: 'archive-bomb' } },
  ],
  [
    'a file beside the course',
    () => zipOf({ 'notes.txt': 'x' }),
    { outcome: 'problems', problems: [{ file: 'notes.txt', code: 'entry-unknown' }], total: 1 },
  ],
  [
    'broken YAML',
    () => zipOf({ 'maths-60/course.md': '---\ntitle: [\n---\nx' }),
    { outcome: 'problems', problems: [{ file: 'maths-60/course.md', code: 'yaml' }] },
  ],
  [
    'two right options for one',
    () => zipOf({ 'maths-60/01-powers/01-first.task.md': '---\ntitle: x\nkind: choice\nkey: a, b\noptions: {a: x, b: y}\n---\nx' }),
    { outcome: 'problems', problems: [{ file: 'maths-60/01-powers/01-first.task.md', line: 4, code: 'answer' }] },
  ],
  [
    'an unknown subject',
    () => zipOf({ 'subjects.yaml': null }),
    { outcome: 'refused', refusal: { code: 'subject-unknown', subject: 'maths' } },
  ],
])('%s is refused in a way that can be told', async (_, make, expected) => {
  const uploadId = await anUpload(app, actor, 'course.zip', await make());
  expect(await inspectCourse(app, actor, { uploadId })).toMatchObject(expected);
  expect(await importUploadedCourse(app, actor, { uploadId, token: '', removeAnswered: false })).toMatchObject(expected);
  expect(await app.db.course.count()).toBe(0);
});

test('an archive that was unpacked and packed again has everything one folder deeper', async () => {
  const deeper = Object.fromEntries(
    Object.entries(courseFiles).flatMap(([path, text]) => [
      [path, null],
      [`maths-60 (1)/${path}`, text],
    ]),
  );
  expect(await seen(await upload(deeper), 'maths-60')).toMatchObject({ created: true, topics: { created: 2 } });
});

test('what a course folder holds, packed without the folder, is told apart from several courses', async () => {
  const inside = Object.fromEntries(
    Object.entries(courseFiles).flatMap(([path, text]) => [
      [path, null],
      [path.replace(/^maths-60\//, ''), text],
    ]),
  );
  const uploadId = await upload(inside);
  expect(await inspectCourse(app, actor, { uploadId })).toEqual({ outcome: 'refused', refusal: { code: 'archive-no-course' } });
});

test('what a killed process had unpacked goes with the next import, a day later', async () => {
  const [old, running] = [await mkdtemp(join(temp, 'otlichno-course-')), await mkdtemp(join(temp, 'otlichno-course-'))];
  const yesterday = new Date(Date.now() - 25 * 3_600_000);
  await utimes(old, yesterday, yesterday);
  await seen(await upload());
  expect((await readdir(temp)).filter((name) => name.startsWith('otlichno-course-'))).toEqual([basename(running)]);
  await rm(running, { recursive: true });
});

test('an archive of another course does not replace this one', async () => {
  const uploadId = await upload();
  expect(await inspectCourse(app, actor, { uploadId, course: 'maths-80' })).toEqual({
    outcome: 'refused',
    refusal: { code: 'other-course', slug: 'maths-60' },
  });
});

test('a file is only its sender’s, only for imports, and only a moderator’s', async () => {
  const uploadId = await upload();
  const other = await aModerator(app);
  const student = await aStudent(app);
  await expect(inspectCourse(app, other.actor, { uploadId })).rejects.toThrow('FILES_NOT_FOUND');
  await expect(inspectCourse(app, student.actor, { uploadId })).rejects.toThrow('AUTH_FORBIDDEN');
  await app.db.upload.update({ where: { id: uploadId }, data: { purpose: 'topic' } });
  await expect(inspectCourse(app, actor, { uploadId })).rejects.toThrow('FILES_NOT_FOUND');
  await app.db.upload.update({ where: { id: uploadId }, data: { purpose: 'import', state: 'receiving' } });
  await expect(inspectCourse(app, actor, { uploadId })).rejects.toThrow('FILES_NOT_FOUND');
});
