import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App, PersonActor } from '#server/platform/app.ts';
import { aCourse, type MadeCourse } from '../../../testing/course.ts';
import { aModerator, aSchool, type School } from '../../../testing/world.ts';
import { anUpload } from '../testing/an-upload.ts';
import { importQuestions, inspectQuestions } from './actions.ts';

let school: School;
let app: App;
let actor: PersonActor;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  actor = (await aModerator(app)).actor;
});
afterAll(() => school.close());

const head = ['Название', 'Тип', 'Ответ', 'Условие'];

async function aTable(rows: ExcelJS.CellValue[][]): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('Задания').addRows([head, ...rows]);
  return Buffer.from(await book.xlsx.writeBuffer());
}

const good: ExcelJS.CellValue[][] = [
  ['Сумма', 'число', 12.5, 'Сколько?'],
  ['Сумма', 'слово', 'да; ага', 'Верно?'],
];

async function started(name: string, bytes: Buffer): Promise<{ course: MadeCourse; topicId: string; uploadId: string }> {
  const course = await aCourse(app, { topics: [{ tasks: [{ spec: { kind: 'number', key: '1' } }] }] });
  return { course, topicId: course.topic(0).id, uploadId: await anUpload(app, actor, name, bytes) };
}

const tasksOf = (topicId: string) =>
  app.db.task.findMany({
    where: { topicId },
    orderBy: { position: 'asc' },
    select: { id: true, slug: true, title: true, position: true, source: true, spec: true, publishedAt: true },
  });

test('rows become drafts at the end of the topic, with texts of our format', async () => {
  const { topicId, uploadId } = await started('t.xlsx', await aTable(good));
  expect(await inspectQuestions(app, actor, { uploadId, topicId })).toEqual({
    outcome: 'read',
    format: 'xlsx',
    ready: true,
    good: 2,
    questions: [
      { place: 2, title: 'Сумма', kind: 'number', problems: [], notes: [] },
      { place: 3, title: 'Сумма', kind: 'word', problems: [], notes: [] },
    ],
  });
  expect(await tasksOf(topicId)).toHaveLength(1);
  const imported = await importQuestions(app, actor, { uploadId, topicId, publish: false });
  expect(imported).toEqual({ outcome: 'imported', created: 2, leftOut: 0, again: false });
  const [, first, second] = await tasksOf(topicId);
  expect(first).toMatchObject({ slug: 'summa', title: 'Сумма', position: 1, source: '', spec: null, publishedAt: null });
  expect(second).toMatchObject({ slug: 'summa-2', position: 2 });
  const drafts = await app.db.textState.findMany({
    where: { subjectId: first?.id ?? '' },
    select: { draft: true, rev: true, editedBy: true },
  });
  expect(drafts).toEqual([{ draft: '---\ntitle: Сумма\nkind: number\nkey: 12,5\n---\nСколько?\n', rev: 1, editedBy: actor.id }]);
  const audit = await app.db.auditEntry.findMany({ where: { subject: topicId }, select: { action: true, after: true } });
  expect(audit).toEqual([{ action: 'topic.import-tasks', after: { format: 'xlsx', created: 2, leftOut: 0, published: false } }]);
});

test('with the tick they are published, and the same file comes once', async () => {
  const { topicId, uploadId } = await started('t.xlsx', await aTable(good));
  const results = await Promise.all([1, 2].map(() => importQuestions(app, actor, { uploadId, topicId, publish: true })));
  expect(results).toEqual(
    expect.arrayContaining([
      { outcome: 'imported', created: 2, leftOut: 0, again: false },
      { outcome: 'imported', created: 0, leftOut: 0, again: true },
    ]),
  );
  const [, first] = await tasksOf(topicId);
  expect(first).toMatchObject({ spec: { kind: 'number', key: '12,5' }, publishedAt: app.clock.now() });
  const versions = await app.db.textVersion.findMany({ where: { subjectId: first?.id ?? '' }, select: { number: true, source: true } });
  expect(versions).toEqual([{ number: 1, source: first?.source }]);
});

test('a table with a wrong row is not imported at all', async () => {
  const rows: ExcelJS.CellValue[][] = [
    ...good,
    ['Дата', 'число', new Date(Date.UTC(2026, 0, 2)), 'x'],
    ['Формула', 'число', { formula: '1+1', result: 2 }, 'x'],
  ];
  const { topicId, uploadId } = await started('t.xlsx', await aTable(rows));
  const expected = {
    outcome: 'read',
    ready: false,
    good: 2,
    questions: [
      { problems: [] },
      { problems: [] },
      { place: 4, kind: null, problems: [{ column: 'key', problem: { code: 'cell-date' } }] },
      { place: 5, problems: [{ column: 'key', problem: { code: 'cell-formula' } }] },
    ],
  };
  expect(await inspectQuestions(app, actor, { uploadId, topicId })).toMatchObject(expected);
  expect(await importQuestions(app, actor, { uploadId, topicId, publish: true })).toMatchObject(expected);
  expect(await tasksOf(topicId)).toHaveLength(1);
});

test('a picture that the topic lacks is told', async () => {
  const { topicId, uploadId } = await started('t.xlsx', await aTable([['x', 'число', '1', '![рис](files/a.png)']]));
  expect(await inspectQuestions(app, actor, { uploadId, topicId })).toMatchObject({
    ready: false,
    questions: [{ problems: [{ column: 'statement', problem: { code: 'file-missing', name: 'a.png' } }] }],
  });
});

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

test('of other systems what has no counterpart is left out, and pictures come along', async () => {
  const xml = `<quiz>${[1, 2]
    .map(
      (n) =>
        `<question type="numerical"><name><text>Вопрос ${n}</text></name><questiontext format="html"><text><![CDATA[<img src="data:image/png;base64,${png}" alt="a">]]></text></questiontext><answer fraction="100"><text>${n}</text></answer></question>`,
    )
    .join('')}<question type="cloze"><name><text>Пропуски</text></name></question></quiz>`;
  const { topicId, uploadId } = await started('q.xml', Buffer.from(xml));
  expect(await inspectQuestions(app, actor, { uploadId, topicId })).toMatchObject({
    format: 'moodle',
    ready: true,
    good: 2,
    questions: [{}, {}, { title: 'Пропуски', problems: [{ problem: { code: 'question-kind', kind: 'cloze' } }] }],
  });
  expect(await importQuestions(app, actor, { uploadId, topicId, publish: true })).toMatchObject({ created: 2, leftOut: 1 });
  const files = await app.db.topicFile.findMany({ where: { topicId }, select: { name: true, storageKey: true, size: true, width: true } });
  expect(files).toMatchObject([{ name: expect.stringMatching(/^picture-[0-9a-f]{12}\.png$/), width: 1 }]);
  expect(await app.storage.find(files[0]?.storageKey ?? '')).toMatchObject({ size: files[0]?.size });
});

test('a topic that is gone takes nothing', async () => {
  const { topicId, uploadId } = await started('t.xlsx', await aTable(good));
  await app.db.topic.update({ where: { id: topicId }, data: { deletedAt: app.clock.now() } });
  await expect(inspectQuestions(app, actor, { uploadId, topicId })).rejects.toThrow('TOPICS_NOT_FOUND');
  await expect(importQuestions(app, actor, { uploadId, topicId, publish: true })).rejects.toThrow('TOPICS_NOT_FOUND');
});

test('a file of another kind is refused by its name', async () => {
  const { topicId, uploadId } = await started('t.csv', Buffer.from('a;b'));
  expect(await inspectQuestions(app, actor, { uploadId, topicId })).toEqual({ outcome: 'refused', refusal: { code: 'questions-format' } });
});

test('more rows than one statement takes come in one piece', async () => {
  const rows = Array.from({ length: 1100 }, (_, i): ExcelJS.CellValue[] => ['Задание', 'число', String(i), 'x']);
  const { topicId, uploadId } = await started('t.xlsx', await aTable(rows));
  expect(await importQuestions(app, actor, { uploadId, topicId, publish: true })).toMatchObject({ created: 1100 });
  expect(await app.db.task.count({ where: { topicId } })).toBe(1101);
}, 60_000);
