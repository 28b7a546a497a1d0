import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aLiveServer, type LiveServer } from '../../../../testing/live-server.ts';
import { anOrder, aPaidCourse, aPayingSchool, type PayingSchool, paid } from '../../../../testing/payments.ts';
import { aModerator, aSchool, aStudent, type Student } from '../../../../testing/world.ts';

let school: PayingSchool;
let server: LiveServer;
let teacher: Student;
beforeAll(async () => {
  school = await aPayingSchool();
  server = await aLiveServer(school.app);
  teacher = await aModerator(school.app);
});
afterAll(async () => {
  await server.close();
  await school.close();
});

const get = (search: string, cookie = teacher.cookie, url = server.url) =>
  fetch(`${url}/api/orders.xlsx${search}`, { headers: { cookie }, redirect: 'manual' });
const exports = () => school.app.db.auditEntry.findMany({ where: { action: 'payment.export' }, orderBy: { id: 'asc' } });

test('who is no moderator is sent to the door, and where nobody pays there is none', async () => {
  for (const cookie of ['', (await aStudent(school.app)).cookie]) {
    const answer = await get('', cookie);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/admin/login?next=%2Fadmin%2Fpayments');
  }
  expect(await exports()).toEqual([]);
  const free = await aSchool({ clock: school.clock, databaseUrl: school.databaseUrl });
  const live = await aLiveServer(free.app);
  expect((await get('', teacher.cookie, live.url)).status).toBe(404);
  await live.close();
  await free.close();
});

test('nothing that a person has typed is computed, sums are numbers, and what was taken out stands in the journal', async () => {
  const { app } = school;
  const formula = '=HYPERLINK("https://evil.example","1")';
  const course = await aPaidCourse(app);
  await app.db.course.update({ where: { id: course.id }, data: { title: formula } });
  const student = await aStudent(app, { lastName: '+7*7', firstName: '@SUM(A1)' });
  await paid(app, await anOrder(app, student, course));
  await anOrder(app, await aStudent(app), await aPaidCourse(app));
  // As an import could have written it.
  await app.db.person.update({ where: { id: student.actor.id }, data: { email: '-2+3@example.ru' } });
  const answer = await get(`?filter=paid&person=${student.actor.id}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await answer.arrayBuffer());
  const rows = workbook.worksheets[0]?.getRows(2, 5)?.map((row) => (row.values as unknown[]).slice(1)) ?? [];
  expect(rows.filter((row) => row.length > 0)).toMatchObject([
    [
      expect.any(Number),
      expect.any(Date),
      '+7*7 @SUM(A1)',
      '-2+3@example.ru',
      formula,
      'Курс навсегда',
      1990,
      0,
      'RUB',
      'Т-Банк',
      'Оплачен',
    ],
  ]);
  expect((await exports()).map(({ actor }) => actor)).toEqual([teacher.actor.id]);
});

test.each(['?filter=everything', '?person=1', '?cursor=x', '?filter=paid&filter=open'])('%s is no filter', async (search) => {
  const before = (await exports()).length;
  expect((await get(search)).status).toBe(400);
  expect((await exports()).length).toBe(before);
});
