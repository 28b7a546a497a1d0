import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { groupInput } from '#shared/statistics.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { aLiveServer, type LiveServer } from '../../../testing/live-server.ts';
import { solve } from '../../../testing/solve.ts';
import { aModerator, aSchool, aSession, aStudent, type School, type Student } from '../../../testing/world.ts';
import { getGroup } from './queries.ts';

let school: School;
let server: LiveServer;
let teacher: Student;
let course: MadeCourse;
beforeAll(async () => {
  school = await aSchool();
  server = await aLiveServer(school.app);
  teacher = await aModerator(school.app);
  course = await aCourse(school.app, {
    topics: [{ tasks: [aNumber('1'), aNumber('2')] }, { opensIn: 5, tasks: [aNumber('3')] }, { tasks: [] }],
  });
  await school.app.db.topic.update({ where: { id: course.topic(1).id }, data: { title: '=1+1\u0007' } });
});
afterAll(async () => {
  await server.close();
  await school.close();
});

async function get(search = '', { cookie, slug = course.slug }: { cookie?: string; slug?: string } = {}) {
  const headers = { cookie: cookie ?? (await aSession(school.app, teacher.actor.id)) };
  return fetch(`${server.url}/api/courses/${slug}/statistics.xlsx${search}`, { headers, redirect: 'manual' });
}

async function sheetOf(answer: Response) {
  expect(answer.status).toBe(200);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await answer.arrayBuffer());
  const sheet = workbook.worksheets[0];
  if (!sheet) throw new Error('no sheet');
  return { sheet, row: (number: number) => (sheet.getRow(number).values as unknown[]).slice(1) };
}

test('who is no moderator is sent to the door', async () => {
  const { cookie } = await aStudent(school.app);
  for (const one of ['', cookie]) {
    const answer = await get('', { cookie: one });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      `/admin/login?next=${encodeURIComponent(`/admin/courses/${course.slug}/statistics`)}`,
    ]);
  }
});

test('the file says of each student what the table says, and computes nothing', async () => {
  const { app } = school;
  const solver = await aStudent(app, { lastName: 'Решалов', firstName: 'Яна' });
  const idle = await aStudent(app, { lastName: 'Решалов', firstName: 'Антон' });
  await solve(app, solver.actor, course.task(0, 0), ['1']);
  await solve(app, solver.actor, course.task(0, 1), ['7', '2']);
  await app.db.person.update({ where: { id: idle.actor.id }, data: { firstName: '=HYPERLINK("x")', blockedAt: school.clock.now() } });
  await app.db.enrolment.create({ data: { personId: idle.actor.id, courseId: course.id, enrolledAt: school.clock.now() } });

  const answer = await get();
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('content-disposition')).toContain(`filename="group-${course.slug}-2026-11-24.xlsx"`);
  const { sheet, row } = await sheetOf(answer);
  expect(row(1).slice(5)).toEqual([
    'Заданий решено',
    'Заданий всего',
    'С первой попытки',
    '1. Тема 1 (из 2)',
    '2. =1+1 (из 1)',
    '3. Тема 3 (из 0)',
  ]);
  expect(row(2)).toEqual([1, 'Решалов', '=HYPERLINK("x")', 'Доступ закрыт', undefined, 0, 3, undefined, 0, 0, 0]);
  expect(sheet.getCell('C2').numFmt).toBe('@');
  const atSchool = new Date(school.clock.now().getTime() + 3 * 3_600_000);
  expect(row(3)).toEqual([2, 'Решалов', 'Яна', undefined, atSchool, 2, 3, 0.5, 2, 0, 0]);
  const { students } = await getGroup(app, teacher.actor, groupInput.parse({ course: course.slug }));
  expect(students.map(({ tasks, topics }) => [tasks.done, tasks.total, ...topics.map(({ solved }) => solved)])).toEqual(
    [2, 3].map((number) => [...row(number).slice(5, 7), ...row(number).slice(8)]),
  );
  expect((await sheetOf(await get('?active=idle'))).sheet.rowCount).toBe(2);
  expect((await sheetOf(await get(`?q=${encodeURIComponent('яна')}&sort=active`))).row(2)[2]).toBe('Яна');
  expect((await sheetOf(await get(`?q=${encodeURIComponent('достоевский')}`))).sheet.rowCount, 'the head alone').toBe(1);
});

test('it goes on over many pages, and misses and doubles nobody', async () => {
  await school.app.pool.query(
    `WITH many AS (INSERT INTO person (role, email, first_name, last_name, last_active_at)
      SELECT 'student', 'many' || n || '@example.ru', 'Анна' || n, 'Многова', CASE WHEN n % 2 = 0 THEN now() - n * interval '1 minute' END
      FROM generate_series(1, 1203) n RETURNING id)
    INSERT INTO enrolment (person_id, course_id, enrolled_at) SELECT id, $1, now() FROM many`,
    [course.id],
  );
  for (const search of ['?q=многова', '?q=многова&sort=active']) {
    const { sheet } = await sheetOf(await get(search));
    const names = sheet.getColumn('C').values.slice(2);
    expect([names.length, new Set(names).size]).toEqual([1203, 1203]);
  }
});

test('the journal says who took it, of which course, and nothing of the data', async () => {
  await (await get('?q=Решалов&active=idle&sort=active')).arrayBuffer();
  const entry = await school.app.db.auditEntry.findFirstOrThrow({ where: { action: 'students.export' }, orderBy: { id: 'desc' } });
  expect(entry).toMatchObject({
    actor: teacher.actor.id,
    subject: 'students',
    after: { course: course.slug, q: 'Решалов', activity: 'idle7' },
  });
});

test.each([
  ['?sort=shoe-size', undefined, 400],
  ['?active=often', undefined, 400],
  ['?course=other', undefined, 200],
  ['?unknown=1', undefined, 400],
  ['?q=a&q=b', undefined, 400],
  ['', 'no-such-course', 404],
  ['', 'NOT..A..SLUG', 400],
] as const)('%s of %s: %i', async (search, slug, status) => {
  expect((await get(search, { slug })).status).toBe(status);
});
