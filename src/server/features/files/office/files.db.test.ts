import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App, PersonActor } from '../../../platform/app.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { anUpload } from '../../../testing/upload.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { claimUploads } from '../claims.ts';
import { addToTopic, removeFile, renameFile, restoreFile, setListed } from './actions.ts';
import { listFiles, listTopicFiles } from './queries.ts';

let school: School;
let app: App;
let moderator: Student;
let actor: PersonActor;
let course: MadeCourse;
let topicId: string;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  moderator = await aModerator(app);
  actor = moderator.actor;
});
afterAll(() => school.close());
beforeEach(async () => {
  course = await aCourse(app, { topics: [{ tasks: [aNumber()] }, {}] });
  topicId = course.topic(0).id;
});

const all = { page: 1, search: '', sort: 'newest' } as const;
const code = (deed: Promise<unknown>) =>
  deed.then(
    () => 'ok',
    (error: { code?: string }) => error.code ?? String(error),
  );
const send = (plan: Parameters<typeof anUpload>[2] = {}) => anUpload(app, moderator, { subjectId: topicId, ...plan });
const add = async (plan: Parameters<typeof anUpload>[2] = {}, listed = false) =>
  addToTopic(app, actor, { uploadId: await send(plan), topicId, listed });
const names = async () => (await listTopicFiles(app, actor, topicId)).map((file) => file.name);
const deeds = async (subject: string) =>
  (await app.db.auditEntry.findMany({ where: { subject }, orderBy: { id: 'asc' } })).map((entry) => entry.action);
const queued = async (key: string) =>
  (await app.db.$queryRaw<unknown[]>`SELECT 1 FROM pgboss.job WHERE name = 'files.resize' AND data->>'key' = ${key}`).length;

describe('an upload gets its place', () => {
  test('under a name of its own, with what is known of it, written down', async () => {
    await add({ name: 'График функции.png' });
    const file = await add({ name: 'График функции.PNG', mime: 'image/png', width: 1200, height: 800 }, true);
    expect(file).toMatchObject({ name: 'grafik-funktsii-2.png', listedAt: 0, mime: 'image/png', width: 1200, height: 800, usedIn: [] });
    expect(file.previewUrl).toContain('w=480');
    expect(await app.db.upload.count({ where: { id: file.id } })).toBe(0);
    expect(await deeds(file.id)).toEqual(['file.add']);
    const { storageKey } = await app.db.topicFile.findUniqueOrThrow({ where: { id: file.id }, select: { storageKey: true } });
    expect(storageKey).toBe(`uploads/${file.id}`);
    expect(await queued(storageKey)).toBe(1);
  });

  test('once, however often it is asked for, also at the same time', async () => {
    const uploadId = await send();
    const both = await Promise.all([addToTopic(app, actor, { uploadId, topicId }), addToTopic(app, actor, { uploadId, topicId })]);
    expect(both.map((file) => file.id)).toEqual([uploadId, uploadId]);
    expect(await names()).toEqual(['a.txt']);
    expect(await deeds(uploadId)).toEqual(['file.add']);
  });

  test('many at once get names apart', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => send()));
    await Promise.all(ids.map((uploadId) => addToTopic(app, actor, { uploadId, topicId, listed: true })));
    expect((await names()).toSorted()).toEqual(['a-2.txt', 'a-3.txt', 'a-4.txt', 'a-5.txt', 'a.txt']);
    expect((await listTopicFiles(app, actor, topicId)).map((file) => file.listedAt)).toEqual([0, 1, 2, 3, 4]);
  });

  test('and nobody else’s, unfinished, refused or meant for something else does not', async () => {
    const other = await aModerator(app);
    const wrong = [
      randomUUID(),
      await anUpload(app, other, { subjectId: topicId }),
      await send({ state: 'receiving' }),
      await send({ state: 'refused' }),
      await send({ purpose: 'work' }),
      await send({ subjectId: course.topic(1).id }),
      await send({ subjectId: null }),
    ];
    for (const uploadId of wrong) expect(await code(addToTopic(app, actor, { uploadId, topicId }))).toBe('FILES_NOT_FOUND');
    expect(await code(addToTopic(app, actor, { uploadId: await send(), topicId: randomUUID() }))).toBe('TOPICS_NOT_FOUND');
    expect(await names()).toEqual([]);
  });
});

describe('claims of other features', () => {
  const claim = (who: Student, ids: string[], subjectId: string) =>
    app.db.$transaction((tx) => claimUploads(app, tx, who.actor, ids, { purpose: 'work', subjectId }));

  test('come in the order they were asked for, whole or not at all, and once', async () => {
    const student = await aStudent(app);
    const task = course.task(0, 0);
    const photo = { purpose: 'work' as const, subjectId: task, name: 'Лист.jpg', mime: 'image/jpeg' };
    const small = await anUpload(app, student, { ...photo, width: 300, height: 400 });
    const large = await anUpload(app, student, { ...photo, width: 3000, height: 4000 });
    expect(await code(claim(student, [large, randomUUID()], task))).toBe('FILES_NOT_FOUND');
    expect(await code(claim(student, [large, large], task))).toBe('FILES_NOT_FOUND');
    expect(await code(claim(await aStudent(app), [large], task))).toBe('FILES_NOT_FOUND');
    expect(await claim(student, [large, small], task)).toMatchObject([
      { id: large, name: 'Лист.jpg', storageKey: `uploads/${large}`, mime: 'image/jpeg', width: 3000 },
      { id: small, width: 300 },
    ]);
    expect([await queued(`uploads/${large}`), await queued(`uploads/${small}`)]).toEqual([1, 0]);
    expect(await code(claim(student, [large], task))).toBe('FILES_NOT_FOUND');
    expect(await claim(student, [], task)).toEqual([]);
  });

  test('of two at once one gets it', async () => {
    const student = await aStudent(app);
    const subjectId = course.task(0, 0);
    const id = await anUpload(app, student, { purpose: 'work', subjectId });
    expect((await Promise.all([code(claim(student, [id], subjectId)), code(claim(student, [id], subjectId))])).toSorted()).toEqual([
      'FILES_NOT_FOUND',
      'ok',
    ]);
  });
});

describe('the list under the theory', () => {
  test('is the one that was sent, in its order', async () => {
    const [a, b, c] = [await add({ name: 'a.txt' }, true), await add({ name: 'b.txt' }, true), await add({ name: 'c.txt' })];
    await setListed(app, actor, { topicId, fileIds: [c.id, a.id] });
    expect((await listTopicFiles(app, actor, topicId)).map((file) => [file.name, file.listedAt])).toEqual([
      ['c.txt', 0],
      ['a.txt', 1],
      ['b.txt', null],
    ]);
    await setListed(app, actor, { topicId, fileIds: [c.id, a.id] });
    expect(
      await app.db.auditEntry.findMany({ where: { subject: topicId, action: 'file.arrange' }, select: { before: true, after: true } }),
    ).toEqual([{ before: { files: ['a.txt', 'b.txt'] }, after: { files: ['c.txt', 'a.txt'] } }]);
    expect(await code(setListed(app, actor, { topicId, fileIds: [b.id, randomUUID()] }))).toBe('FILES_NOT_FOUND');
    expect((await listTopicFiles(app, actor, topicId)).map((file) => file.listedAt)).toEqual([0, 1, null]);
  });

  test('calls a file by its title, and without one by its name', async () => {
    const file = await add();
    await renameFile(app, actor, { fileId: file.id, title: 'Конспект' });
    await renameFile(app, actor, { fileId: file.id, title: 'Конспект' });
    expect((await listTopicFiles(app, actor, topicId))[0]?.title).toBe('Конспект');
    await renameFile(app, actor, { fileId: file.id, title: '' });
    expect((await listTopicFiles(app, actor, topicId))[0]?.title).toBeNull();
    expect(await deeds(file.id)).toEqual(['file.add', 'file.rename', 'file.rename']);
    expect(await code(renameFile(app, actor, { fileId: randomUUID(), title: 'x' }))).toBe('FILES_NOT_FOUND');
  });
});

describe('what mentions a file keeps it', () => {
  const theory = (text: string) => app.db.topic.update({ where: { id: topicId }, data: { theory: text } });
  const task = (data: object) => app.db.task.update({ where: { id: course.task(0, 0) }, data });
  const draft = (kind: 'theory' | 'task', subjectId: string, text: string) =>
    app.db.textState.create({ data: { kind, subjectId, rev: 1, draft: text } });

  test.each<[string, () => Promise<unknown>, object[]]>([
    ['nothing', () => theory('files/graph.pngx, files/graphxpng, files/graph.png.zip'), []],
    ['the theory', () => theory('![x](files/graph.png "Рис. 1")'), [{ kind: 'theory', title: 'Тема 1', draft: false }]],
    ['the theory, as a link', () => theory('[x]\n\n[x]: ./files/graph.png'), [{ kind: 'theory', draft: false }]],
    ['a statement', () => task({ statement: '![x](files/graph.png)' }), [{ kind: 'task', title: 'Задание 1', draft: false }]],
    ['a solution', () => task({ solution: '![x](files/graph.png)' }), [{ kind: 'task' }]],
    ['an option, which stands in the source', () => task({ source: 'options:\n  a: "![x](files/graph.png)"' }), [{ kind: 'task' }]],
    ['the list of a task', () => task({ fileNames: ['graph.png'] }), [{ kind: 'task' }]],
    ['a task that was put away', () => task({ fileNames: ['graph.png'], deletedAt: new Date() }), [{ kind: 'task' }]],
    ['a draft of the theory', () => draft('theory', topicId, '![x](files/graph.png)'), [{ kind: 'theory', draft: true }]],
    [
      'a draft of a task',
      () => draft('task', course.task(0, 0), '---\nfiles:\n  - name: graph.png\n---\n'),
      [{ kind: 'task', draft: true }],
    ],
    [
      'a video',
      () => app.db.topicVideo.create({ data: { topicId, title: 'Разбор', url: 'files/graph.png', position: 0 } }),
      [{ kind: 'video', title: 'Разбор', draft: false }],
    ],
    [
      'another topic, which has its own',
      () => app.db.topic.update({ where: { id: course.topic(1).id }, data: { theory: '![x](files/graph.png)' } }),
      [],
    ],
  ])('%s', async (_, mention, places) => {
    const file = await add({ name: 'graph.png' });
    await mention();
    expect((await listTopicFiles(app, actor, topicId))[0]?.usedIn).toMatchObject(places);
    const removed = await removeFile(app, actor, file.id).then(
      () => null,
      (error: { code: string; data: object }) => ({ code: error.code, data: error.data }),
    );
    if (places.length === 0) expect(removed).toBeNull();
    else expect(removed).toMatchObject({ code: 'FILES_IN_USE', data: { places } });
    expect((await names()).length).toBe(places.length === 0 ? 0 : 1);
  });
});

describe('a removed file', () => {
  test('can be put back as it was within a day', async () => {
    const file = await add({ name: 'a.png', mime: 'image/png', width: 600, height: 500 }, true);
    const { url: _url, addedAt: _at, ...same } = file;
    await removeFile(app, actor, file.id);
    expect(await names()).toEqual([]);
    expect(await restoreFile(app, actor, file.id)).toMatchObject(same);
    // A second click.
    await restoreFile(app, actor, file.id);
    expect(await names()).toEqual(['a.png']);
    expect(await deeds(file.id)).toEqual(['file.add', 'file.remove', 'file.restore']);
  });

  test('gets another name where its own is taken by now', async () => {
    const file = await add();
    await removeFile(app, actor, file.id);
    await add();
    expect(await restoreFile(app, actor, file.id)).toMatchObject({ name: 'a-2.txt' });
  });

  test('is not put back after a day, nor where it was never removed, nor without its bytes', async () => {
    const [late, lost] = [await add(), await add()];
    await removeFile(app, actor, late.id);
    await removeFile(app, actor, lost.id);
    await app.storage.remove(`uploads/${lost.id}`);
    expect(await code(restoreFile(app, actor, lost.id))).toBe('FILES_NOT_FOUND');
    expect(await code(restoreFile(app, actor, randomUUID()))).toBe('FILES_NOT_FOUND');
    school.clock.forward(24 * 3_600_000 + 1);
    expect(await code(restoreFile(app, actor, late.id))).toBe('FILES_NOT_FOUND');
  });
});

describe('all files of the school', () => {
  test('by course, kind and part of a name, page by page', async () => {
    const word = randomUUID().slice(0, 8);
    await app.db.topic.update({ where: { id: course.topic(1).id }, data: { title: `Логарифмы ${word}_1` } });
    const many = Array.from({ length: 120 }, (_, n) => ({
      topicId: course.topic(1).id,
      name: `f-${n}.${n % 3 === 0 ? 'png' : n % 3 === 1 ? 'mp4' : 'txt'}`,
      storageKey: `topics/x/${n}`,
      mime: n % 3 === 0 ? 'image/png' : n % 3 === 1 ? 'video/mp4' : 'text/plain',
      size: n,
      addedAt: new Date(Date.UTC(2027, 0, 1, 0, 0, n)),
    }));
    await app.db.topicFile.createMany({ data: many });
    const mine = { ...all, courseId: course.id };
    const first = await listFiles(app, actor, mine);
    expect(first).toMatchObject({ total: 120, pageSize: 50, bytes: (119 * 120) / 2 });
    expect(first.rows[0]).toMatchObject({
      name: 'f-119.txt',
      course: { slug: course.slug },
      topic: { id: course.topic(1).id },
      usedIn: [],
    });
    const rest = [await listFiles(app, actor, { ...mine, page: 2 }), await listFiles(app, actor, { ...mine, page: 3 })];
    expect(new Set([first, ...rest].flatMap((page) => page.rows.map((row) => row.id))).size).toBe(120);
    expect((await listFiles(app, actor, { ...mine, page: 4 })).rows).toEqual([]);
    const totals = await Promise.all(
      (['picture', 'video', 'other'] as const).map(async (kind) => (await listFiles(app, actor, { ...mine, kind })).total),
    );
    expect(totals).toEqual([40, 40, 40]);
    expect((await listFiles(app, actor, { ...all, search: `${word}_` })).total).toBe(120);
    expect((await listFiles(app, actor, { ...all, search: `${word}%1` })).total).toBe(0);
    expect((await listFiles(app, actor, { ...mine, search: 'F-11' })).total).toBe(11);
    expect((await listFiles(app, actor, { ...mine, sort: 'largest' })).rows[0]?.size).toBe(119);
    expect((await listFiles(app, actor, { ...mine, sort: 'name' })).rows[0]?.name).toBe('f-0.png');
    expect(first.courses).toContainEqual({ id: course.id, title: `Курс ${course.slug}` });
  });
});
