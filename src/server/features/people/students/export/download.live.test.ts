import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCourse, aNumber } from '../../../../testing/course.ts';
import { aLiveServer, type LiveServer } from '../../../../testing/live-server.ts';
import { solve } from '../../../../testing/solve.ts';
import { aModerator, aSchool, aSession, aStudent, type School, type Student } from '../../../../testing/world.ts';
import { openTopic } from '../../../courses/open-topic.ts';
import { getProgress } from '../../../progress/queries.ts';
import { getStatistics } from '../../../progress/statistics/queries.ts';

let school: School;
let server: LiveServer;
let teacher: Student;
beforeAll(async () => {
  school = await aSchool();
  server = await aLiveServer(school.app);
  teacher = await aModerator(school.app);
});
afterAll(async () => {
  await server.close();
  await school.close();
});

/** Signed in anew each time: a moderator's session does not outlive the days that go by here. */
async function get(search: string, cookie?: string) {
  const headers = { cookie: cookie ?? (await aSession(school.app, teacher.actor.id)) };
  return fetch(`${server.url}/api/students.xlsx${search}`, { headers, redirect: 'manual' });
}

async function sheetOf(answer: Response) {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await answer.arrayBuffer());
  const sheet = workbook.worksheets[0];
  if (!sheet) throw new Error('no sheet');
  const column = (letter: string) => sheet.getColumn(letter).values.slice(2);
  return { sheet, column };
}

test('who is no moderator is sent to the door', async () => {
  const student = await aStudent(school.app);
  for (const cookie of ['', student.cookie]) {
    const answer = await get('', cookie);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/admin/login?next=%2Fadmin%2Fstudents');
  }
});

test('the table holds whom the filter shows, with the numbers of their own profile', async () => {
  const { app } = school;
  const course = await aCourse(app, {
    topics: [{ tasks: [aNumber('1'), aNumber('2')] }, { tasks: [] }, { tasks: [aNumber('3')], opensIn: 5 }],
  });
  const solver = await aStudent(app, { lastName: 'Решалов', firstName: 'Яна', phone: '+7 916 123-45-67' });
  const idle = await aStudent(app, { lastName: 'Решалов', firstName: 'Антон' });
  await solve(app, solver.actor, course.task(0, 0), ['1']);
  school.clock.forward(24 * 3_600_000);
  await solve(app, solver.actor, course.task(0, 1), ['7', '2']);
  await openTopic(app, solver.actor, { course: course.slug, topic: 'topic-2' });
  // As an import could have written it.
  await app.db.person.update({ where: { id: idle.actor.id }, data: { email: '=cmd@example.ru', blockedAt: school.clock.now() } });

  const answer = await get(`?q=${encodeURIComponent('решалов')}&sort=name&order=desc`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain('Ученики 2026-11-25.xlsx');
  const { sheet } = await sheetOf(answer);
  const row = (number: number) => (sheet.getRow(number).values as unknown[]).slice(1);
  const progress = await getProgress(app, solver.actor);
  expect(progress).toMatchObject({ topics: { done: 2, total: 3 }, tasks: { done: 2, total: 3 }, firstTry: { done: 1, total: 2 } });
  expect(row(2).slice(0, 5)).toEqual([1, 'Решалов', 'Яна', solver.email, '+79161234567']);
  expect(row(2).slice(7)).toEqual([`Курс ${course.slug}`, 2, 3, 2, 3, 0.5, progress.streak.now, progress.streak.best, undefined, 2, 2]);
  expect(progress.streak).toMatchObject({ now: 2, best: 2 });
  // By the clock of the school, which is three hours ahead.
  expect(row(2)[6]).toEqual(new Date(school.clock.now().getTime() + 3 * 3_600_000));
  expect(sheet.getCell('F2').numFmt).toBe('dd.mm.yyyy hh:mm');
  expect(sheet.getCell('M2').numFmt).toBe('0%');
  expect(sheet.getRow(3).getCell(4).value, 'no formula').toBe('=cmd@example.ru');
  expect(sheet.getCell('D3').numFmt).toBe('@');
  expect(sheet.getCell('S3').value).toBe('Доступ закрыт');
  expect(sheet.rowCount).toBe(3);
  expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
  expect(sheet.autoFilter).toBe('A1:S3');
});

test('the forecast, the week and the month are those of the student’s own page, in the student’s own days', async () => {
  const { app, clock } = school;
  const scale = Array.from({ length: 20 }, (_, index) => (index + 1) * 5);
  const tasks = Array.from({ length: 14 }, (_, index) => ({ ...aNumber('1'), examNumber: index + 1 }));
  const course = await aCourse(app, { topics: [{ tasks }], scale });
  const quiet = await aCourse(app, { topics: [{ tasks: [aNumber('1')] }], scale });
  const { actor } = await aStudent(app, { lastName: 'Прогнозова', firstName: 'Яна', timeZone: 'Asia/Kamchatka' });
  await solve(app, actor, quiet.task(0, 0), ['1']);
  clock.forward(20 * 24 * 3_600_000);
  for (const [index, task] of course.topic(0).tasks.entries()) {
    if (index % 3 === 0) clock.forward(24 * 3_600_000);
    await solve(app, actor, task, index % 4 === 3 ? ['7', '1'] : ['1']);
  }
  // Late in Moscow it is the next day in Kamchatka already.
  clock.set(`${clock.now().toISOString().slice(0, 10)}T20:30:00Z`);

  const { activity, forecasts } = await getStatistics(app, actor, { course: null });
  const now = forecasts.find(({ courseSlug }) => courseSlug === course.slug)?.now;
  expect(now).toMatchObject({ primary: 11, score: 55 });
  const last = (days: number) => activity.days.filter(({ on }) => Date.parse(activity.today) - Date.parse(on) < days * 24 * 3_600_000);
  const { sheet } = await sheetOf(await get(`?q=${encodeURIComponent('прогнозова')}`));
  expect((sheet.getRow(2).values as unknown[]).slice(16)).toEqual([
    `Курс ${course.slug}: 55 (${now?.low.score}–${now?.high.score})`,
    last(7).reduce((sum, { solved }) => sum + solved, 0),
    last(30).length,
  ]);
  expect(last(30).length).toBe(6);
  expect(last(7).length).toBe(5);
});

test('it goes on over many pages, and misses and doubles nobody', async () => {
  await school.app.pool.query(`INSERT INTO person (role, email, first_name, last_name, last_active_at)
    SELECT 'student', 'many' || n || '@example.ru', 'Анна', 'Многова', CASE WHEN n % 2 = 0 THEN now() - n * interval '1 minute' END FROM generate_series(1, 1203) n`);
  for (const search of ['?q=многова', '?q=многова&sort=active&order=asc', '?q=многова&sort=name']) {
    const { column } = await sheetOf(await get(search));
    const emails = column('D');
    expect(emails).toHaveLength(1203);
    expect(new Set(emails).size).toBe(1203);
  }
});

test('where the letters find nobody it holds those alike, as the list does', async () => {
  const { column } = await sheetOf(await get(`?q=${encodeURIComponent('ришалов')}`));
  expect(column('B')).toEqual(['Решалов', 'Решалов']);
});

test.each(['?sort=shoe-size', '?activity=often', '?unknown=1', `?q=${'x'.repeat(300)}`, '?q=a&q=b'])(
  'a filter that is none is refused: %s',
  async (search) => {
    expect((await get(search)).status).toBe(400);
  },
);

test('nobody fits: a table with its head alone', async () => {
  const { sheet } = await sheetOf(await get('?course=no-such-course'));
  expect(sheet.rowCount).toBe(1);
});

describe('the journal', () => {
  test('says who took the table, of whom, and nothing of the data', async () => {
    await (await get('?q=Решалов&activity=never')).arrayBuffer();
    const entry = await school.app.db.auditEntry.findFirstOrThrow({ where: { action: 'students.export' }, orderBy: { id: 'desc' } });
    expect(entry).toMatchObject({ actor: teacher.actor.id, subject: 'students', after: { q: 'Решалов', activity: 'never' } });
  });
});

test('a download broken off ends quietly, and the next one works', async () => {
  const stop = new AbortController();
  const answer = await fetch(`${server.url}/api/students.xlsx`, {
    headers: { cookie: await aSession(school.app, teacher.actor.id) },
    signal: stop.signal,
  });
  await answer.body?.getReader().read();
  stop.abort();
  const { sheet } = await sheetOf(await get('?q=решалов'));
  expect(sheet.rowCount).toBe(3);
});
