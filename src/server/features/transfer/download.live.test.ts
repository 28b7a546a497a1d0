import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCourse, type MadeCourse } from '../../testing/course.ts';
import { aLiveServer, aWebBrowser, type LiveServer } from '../../testing/live-server.ts';
import { aModerator, aSchool, aStudent, type School } from '../../testing/world.ts';
import { exportCourse } from './export-course.ts';
import { zipOf } from './zip-writer.ts';

let school: School;
let server: LiveServer;
let course: MadeCourse;
beforeAll(async () => {
  school = await aSchool();
  server = await aLiveServer(school.app);
  const files = [{ name: 'a.txt', mime: 'text/plain', body: 'x'.repeat(100_000), listed: true }];
  course = await aCourse(school.app, { topics: [{ files }] });
});
afterAll(async () => {
  await server.close();
  await school.close();
});

const moderator = async () => aWebBrowser(server.url, (await aModerator(school.app)).cookie);
const archive = () => `/api/courses/${course.slug}.zip`;

test('a moderator gets the archive of the course, the same as the command line writes', async () => {
  const answer = await (await moderator()).fetch(archive());
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename="${course.slug}.zip"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  const expected = await buffer(zipOf(await exportCourse(school.app, { kind: 'cli' }, course.slug)));
  expect(Buffer.from(await answer.arrayBuffer()).equals(expected)).toBe(true);
  // It holds the keys of all tasks.
  const noted = { action: 'course.export', subject: course.slug };
  expect(await school.app.db.auditEntry.findMany({ where: noted, select: { label: true } })).toEqual([{ label: `Курс ${course.slug}` }]);
});

test('asked for the head alone, nothing is packed', async () => {
  const answer = await (await moderator()).fetch(archive(), { method: 'HEAD' });
  expect([answer.status, (await answer.arrayBuffer()).byteLength]).toEqual([200, 0]);
});

test('a course that is not there is not found', async () => {
  expect((await (await moderator()).fetch('/api/courses/nothing.zip')).status).toBe(404);
});

test('a file that is gone from the store breaks the answer off: no archive looks whole that is not', async () => {
  const broken = await aCourse(school.app, { topics: [{ files: [{ name: 'b.txt', mime: 'text/plain', body: 'x'.repeat(50_000) }] }] });
  const { storageKey } = await school.app.db.topicFile.findFirstOrThrow({
    where: { topicId: broken.topic(0).id },
    select: { storageKey: true },
  });
  await school.app.storage.remove(storageKey);
  const answer = await (await moderator()).fetch(`/api/courses/${broken.slug}.zip`);
  await expect(answer.arrayBuffer()).rejects.toThrow();
});

test.each([
  ['/api/courses/x.zip', '/admin/login?next=%2Fadmin%2Fcourses%2Fx%2Ftransfer'],
  ['/api/tasks-template.xlsx', '/admin/login?next=%2Fadmin%2Fcourses'],
])('%s is for moderators', async (path, login) => {
  const { cookie } = await aStudent(school.app);
  for (const visitor of [aWebBrowser(server.url), aWebBrowser(server.url, cookie)]) {
    const answer = await visitor.fetch(path);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, login]);
  }
});

test('a moderator gets the template of the table', async () => {
  const answer = await (await moderator()).fetch('/api/tasks-template.xlsx');
  expect(answer.headers.get('content-type')).toMatch(/spreadsheetml/);
  expect(
    Buffer.from(await answer.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
});
