/** What people type, and whom it finds. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { studentFilterInput, studentPageSize } from '#shared/students.ts';
import { aModerator, aSchool, type School } from '../../../../testing/world.ts';
import { listStudents, pickStudents } from './queries.ts';
import { searchKey } from './rules.ts';

let school: School;
const people = [
  ['Соколов', 'Илья', 'ilya.sokolov@mail.ru', '+79161234567'],
  ['Соколова', 'Алёна', 'alena_2007@yandex.ru', '+79031112233'],
  ['Щукина', 'Фёкла', 'fekla@mail.ru', null],
  ['Шукина', 'Анна', 'anna+shukina@gmail.com', '+375291234567'],
  ['Иванов', 'Пётр', 'petr@example.ru', '+79161230000'],
  ['Иванов', 'Ян', 'yan@example.ru', null],
  ['Ким', 'О', 'o.kim@example.ru', null],
  ['Римский-Корсаков', 'Николай', 'nikolay@example.ru', null],
  ['O’Brien', 'Seán', 'sean@example.ie', '+353871234567'],
  ['Процент', 'Сто', '100%sure@example.ru', null],
  ['გელაშვილი', 'ნინო', 'nino@example.ge', null],
] as const;
beforeAll(async () => {
  school = await aSchool();
  await school.app.db.person.createMany({
    data: people.map(([lastName, firstName, email, phone], index) => ({
      role: 'student' as const,
      lastName,
      firstName,
      email,
      phone,
      registeredAt: new Date(school.clock.now().getTime() - index * 1000),
    })),
  });
  await aModerator(school.app);
});
afterAll(() => school.close());

async function found(q: string) {
  const list = await listStudents(school.app, { kind: 'system' }, studentFilterInput.parse({ q }));
  return { names: list.rows.map(({ lastName, firstName }) => `${lastName} ${firstName}`), similar: list.similar, total: list.total };
}

describe('by the letters', () => {
  test.each([
    ['соколов', ['Соколов Илья', 'Соколова Алёна']],
    ['СОКОЛОВА', ['Соколова Алёна']],
    ['Илья Соколов', ['Соколов Илья']],
    ['соколов илья', ['Соколов Илья']],
    ['околов', ['Соколов Илья', 'Соколова Алёна']],
    ['Алена', ['Соколова Алёна']],
    ['Алёна', ['Соколова Алёна']],
    ['фекла щук', ['Щукина Фёкла']],
    ['Шукина', ['Шукина Анна']],
    ['Щукина', ['Щукина Фёкла']],
    ['корсаков', ['Римский-Корсаков Николай']],
    ['римский корсаков', ['Римский-Корсаков Николай']],
    ['ян', ['Иванов Ян']],
    ['о', ['Ким О']],
    ['и соколов', ['Соколов Илья']],
    ['o’brien', ['O’Brien Seán']],
    ['გელაშ', ['გელაშვილი ნინო']],
  ])('%s', async (q, names) => {
    expect(await found(q)).toEqual({ names, similar: false, total: { count: names.length, more: false } });
  });
});

describe('by phone, in any notation', () => {
  test.each([
    ['+7 916 123-45-67', ['Соколов Илья']],
    ['8 (916) 123-45-67', ['Соколов Илья']],
    ['89161234567', ['Соколов Илья']],
    ['79161234567', ['Соколов Илья']],
    ['9161234567', ['Соколов Илья']],
    ['916 123', ['Соколов Илья', 'Иванов Пётр']],
    ['8 916 123', ['Соколов Илья', 'Иванов Пётр']],
    ['123 45 67', ['Соколов Илья', 'Шукина Анна', 'O’Brien Seán']],
    ['+375', ['Шукина Анна']],
    ['45-67 соколов', ['Соколов Илья']],
    ['+1 916', []],
  ])('%s', async (q, names) => {
    expect((await found(q)).names).toEqual(names);
  });
});

describe('by e-mail', () => {
  test.each([
    ['ilya.sokolov@mail.ru', ['Соколов Илья']],
    ['Илья <ILYA.SOKOLOV@mail.ru>', ['Соколов Илья']],
    ['@mail.ru', ['Соколов Илья', 'Щукина Фёкла']],
    ['alena_2007', ['Соколова Алёна']],
    ['2007', ['Соколова Алёна']],
    ['anna+shukina', ['Шукина Анна']],
  ])('%s', async (q, names) => {
    expect((await found(q)).names).toEqual(names);
  });
});

test.each([
  ['%', []],
  ['___', []],
  ['a%b', []],
  ['100%', ['Процент Сто']],
  ['alena_', ['Соколова Алёна']],
  ['\\', []],
  ["'; DROP TABLE person; --", []],
])('signs of the pattern language are what they are: %s', async (q, names) => {
  expect((await found(q)).names).toEqual(names);
});

describe('with a slip of the finger, where the letters find nobody', () => {
  test.each([
    ['сколов', 'Соколов Илья'],
    ['соклова', 'Соколова Алёна'],
    ['сокалов', 'Соколов Илья'],
    ['Соколв Илья', 'Соколов Илья'],
    ['Илья Сокалов', 'Соколов Илья'],
    ['ивонов петр', 'Иванов Пётр'],
    ['Римскй-Корсаков', 'Римский-Корсаков Николай'],
    ['никалай', 'Римский-Корсаков Николай'],
    ['сокалов 916', 'Соколов Илья'],
    // Too few pieces of three letters in common: neighbours that changed places, and short names.
    ['щуикна', 'Щукина Фёкла'],
    ['кмм', 'Ким О'],
    ['птер иваонв', 'Иванов Пётр'],
    ['инна', 'Шукина Анна'],
    ['окколов ильу', 'Соколов Илья'],
  ])('%s → %s', async (q, first) => {
    const { names, similar } = await found(q);
    expect(names[0]).toBe(first);
    expect(similar).toBe(true);
  });

  test.each(['Достоевский', 'ъъъ', 'сокалов 903 555', 'xyz@nowhere.com', 'ки ва'])('nobody is like %s', async (q) => {
    expect(await found(q)).toEqual({ names: [], similar: false, total: { count: 0, more: false } });
  });

  test.each(['Хосэинов', 'Хсоейнов'])('of more than a page who are alike a page, and that there are more: %s', async (q) => {
    const many = Array.from({ length: studentPageSize + 1 }, (_, index) => `many${index}@example.ru`);
    const registeredAt = school.clock.now();
    const alike = { role: 'student' as const, lastName: 'Хосейнов', firstName: 'Али', registeredAt };
    await school.app.db.person.createMany({ data: many.map((email) => ({ ...alike, email })) });
    const { names, similar, total } = await found(q);
    expect([names.length, similar, total]).toEqual([studentPageSize, true, { count: studentPageSize, more: true }]);
    await school.app.db.person.deleteMany({ where: { email: { in: many } } });
  });

  test('the setting of the search stays in its transaction', async () => {
    await found('сколов');
    const { rows } = await school.app.pool.query('SHOW pg_trgm.strict_word_similarity_threshold');
    expect(rows).toEqual([{ 'pg_trgm.strict_word_similarity_threshold': '0.5' }]);
  });
});

describe('for picking one', () => {
  const picked = async (q: string) =>
    (await pickStudents(school.app, { kind: 'system' }, { q })).map(({ lastName, firstName }) => `${lastName} ${firstName}`);

  test.each([
    ['Илья Соколов', ['Соколов Илья']],
    ['  алена   сокол ', ['Соколова Алёна']],
    ['иванов', ['Иванов Пётр', 'Иванов Ян']],
    ['8 (916) 123-45-67', ['Соколов Илья']],
    ['сколов', ['Соколов Илья']],
    ['%', []],
    ['   ', []],
  ])('«%s»', async (q, names) => {
    expect((await picked(q)).slice(0, Math.max(1, names.length))).toEqual(names);
  });

  test.each(['Аббасов', 'Абасов'])('ten at the most: %s', async (q) => {
    const many = Array.from({ length: 12 }, (_, index) => `many${index}@example.ru`);
    const registeredAt = school.clock.now();
    await school.app.db.person.createMany({
      data: many.map((email) => ({ role: 'student', lastName: 'Аббасов', firstName: 'Али', email, registeredAt })),
    });
    expect(await picked(q)).toEqual(Array.from({ length: 10 }, () => 'Аббасов Али'));
    await school.app.db.person.deleteMany({ where: { email: { in: many } } });
  });
});

test('the key of the index is made by the database as by the search', async () => {
  const { rows } = await school.app.pool.query<{ search_text: string; search_key: string }>('SELECT search_text, search_key FROM person');
  for (const row of rows) expect(row.search_key).toBe(searchKey(row.search_text));
});
