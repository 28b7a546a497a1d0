import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { createTemplateInput } from '#shared/inbox.ts';
import type { App } from '../../../platform/app.ts';
import { aModerator, aSchool, type School, type Student } from '../../../testing/world.ts';
import { listAudit } from '../../audit/queries.ts';
import { createTemplate, removeTemplate, restoreTemplate, seedTemplates, updateTemplate } from './actions.ts';
import { listTemplates } from './queries.ts';

let school: School;
let app: App;
let teacher: Student;
let colleague: Student;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  teacher = await aModerator(app);
  colleague = await aModerator(app);
});
afterEach(async () => {
  await app.db.chatTemplate.deleteMany({});
});
afterAll(() => school.close());

const make = (title = 'Ход решения', body = 'Пришлите ход решения.') => createTemplate(app, teacher.actor, { title, body });
const titles = async () => (await listTemplates(app)).map(({ title }) => title);
const journal = async (subject: string) => (await listAudit(app, { subject })).entries;

test('all teachers have the same, by title as people sort', async () => {
  for (const title of ['Яблоко', 'ёлка', 'Енот', 'абрикос', 'Жук', 'Zebra']) await make(title);
  expect(await titles()).toEqual(['абрикос', 'ёлка', 'Енот', 'Жук', 'Яблоко', 'Zebra']);
});

describe('two who edit', () => {
  test('the second is told, and overwrites nothing', async () => {
    const { id, rev } = await make();
    const edit = (title: string, from = rev) => updateTemplate(app, colleague.actor, { id, rev: from, title, body: 'Текст' });
    expect(await edit('Первое')).toEqual({ id, rev: rev + 1, title: 'Первое', body: 'Текст' });
    await expect(edit('Второе')).rejects.toEqual(new AppError('CHAT_CONFLICT'));
    expect(await titles()).toEqual(['Первое']);
    expect((await edit('Второе', rev + 1)).rev).toBe(rev + 2);
  });

  test('at the same moment one wins', async () => {
    const { id, rev } = await make();
    const edits = await Promise.allSettled(
      ['Первое', 'Второе'].map((title) => updateTemplate(app, colleague.actor, { id, rev, title, body: 'Текст' })),
    );
    expect(edits.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('the same text again is no conflict: an answer that was lost on its way', async () => {
    const { id, rev } = await make();
    const edit = () => updateTemplate(app, colleague.actor, { id, rev, title: 'Ход', body: 'Текст' });
    expect(await edit()).toEqual(await edit());
    expect(await journal(id)).toHaveLength(2);
  });
});

test('deleted it is gone from the list and comes back; twice is once', async () => {
  const { id, rev } = await make();
  await removeTemplate(app, teacher.actor, { id });
  await removeTemplate(app, colleague.actor, { id });
  expect(await titles()).toEqual([]);
  await expect(updateTemplate(app, teacher.actor, { id, rev, title: 'Ход', body: 'Текст' })).rejects.toEqual(
    new AppError('TEMPLATES_NOT_FOUND'),
  );
  await restoreTemplate(app, teacher.actor, { id });
  await restoreTemplate(app, teacher.actor, { id });
  expect(await titles()).toEqual(['Ход решения']);
  expect((await journal(id)).map(({ action, label, href }) => [action, label, href])).toEqual([
    ['template.restore', 'Ход решения', '/admin/templates'],
    ['template.remove', 'Ход решения', '/admin/templates'],
    ['template.create', 'Ход решения', '/admin/templates'],
  ]);
});

test.each([
  ['update', (id: string) => updateTemplate(app, teacher.actor, { id, rev: 1, title: 'Ход', body: 'Текст' })],
  ['remove', (id: string) => removeTemplate(app, teacher.actor, { id })],
  ['restore', (id: string) => restoreTemplate(app, teacher.actor, { id })],
])('one that never was: %s', async (_, change) => {
  await expect(change(randomUUID())).rejects.toEqual(new AppError('TEMPLATES_NOT_FOUND'));
});

test.each([
  ['no title', { title: '  ', body: 'Текст' }],
  ['a title too long', { title: 'а'.repeat(101), body: 'Текст' }],
  ['nothing to see', { title: 'Ход', body: '\u200B\u2066 \n' }],
  ['a text too long', { title: 'Ход', body: 'а'.repeat(8001) }],
])('refused: %s', (_, input) => {
  expect(createTemplateInput.safeParse(input).success).toBe(false);
});

test('those of the demo school come once, however many processes start, and not again when a teacher deleted them', async () => {
  const demo = [
    { title: 'Раз', body: 'Первый' },
    { title: 'Два', body: 'Второй' },
  ];
  await Promise.all([seedTemplates(app, demo), seedTemplates(app, demo), seedTemplates(app, demo)]);
  const all = await listTemplates(app);
  expect(all.map(({ title }) => title)).toEqual(['Два', 'Раз']);
  for (const { id } of all) await removeTemplate(app, teacher.actor, { id });
  await seedTemplates(app, demo);
  expect(await titles()).toEqual([]);
});
