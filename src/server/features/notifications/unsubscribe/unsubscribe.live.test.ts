/** The address in the header of a letter (RFC 8058), over HTTP, as mailboxes and their scanners use it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aLiveServer, type LiveServer } from '../../../testing/live-server.ts';
import { aSchool, aStudent, limitsElapse, type School, type Student } from '../../../testing/world.ts';
import { unsubscribeHref } from './token.ts';

let school: School;
let server: LiveServer;
let student: Student;
let href: string;
beforeAll(async () => {
  school = await aSchool();
  server = await aLiveServer(school.app);
  student = await aStudent(school.app);
  href = unsubscribeHref(school.app, { personId: student.actor.id, kinds: ['news'], mode: 'instead' });
});
afterAll(async () => {
  await server.close();
  await school.close();
});

const modes = () =>
  school.app.db.noticeSetting.findMany({ where: { personId: student.actor.id }, select: { kind: true, channel: true, mode: true } });
/** As a mailbox does: from elsewhere, without a session. */
const press = (path: string, body: BodyInit = 'List-Unsubscribe=One-Click') =>
  fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://mail.example.com' },
    body,
  });

test('looking changes nothing: scanners look at every link of a letter', async () => {
  for (const method of ['GET', 'HEAD']) {
    const answer = await fetch(`${server.url}${href}`, { method, headers: { accept: 'text/html' } });
    expect(answer.status).toBe(200);
  }
  expect(await modes()).toEqual([]);
});

test('the button of a mailbox switches off, also when it is pressed twice, and whatever it sends', async () => {
  const answers = await Promise.all([press(href), press(href)]);
  answers.push(await press(href, 'x'.repeat(200_000)), await press(href, new FormData()));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(answers.every(({ headers }) => headers.get('set-cookie') === null)).toBe(true);
  expect(await modes()).toEqual([{ kind: 'news', channel: 'email', mode: 'off' }]);
});

test('a link that is none of ours hears the same, and changes nothing', async () => {
  await school.app.db.noticeSetting.deleteMany({});
  const gone = unsubscribeHref(school.app, { personId: randomUUID(), kinds: ['news'], mode: 'instead' });
  for (const path of [`${href}x`, '/unsubscribe/nonsense', `/unsubscribe/${'a.'.repeat(500)}`, '/unsubscribe/%00', gone]) {
    expect((await press(path)).status).toBe(200);
  }
  expect(await modes()).toEqual([]);
});

test('who presses without end is told so', async () => {
  await limitsElapse(school.app, 3_600);
  const statuses = [];
  for (let at = 0; at < 61; at += 1) statuses.push((await press(href)).status);
  expect([statuses.indexOf(429), new Set(statuses.slice(0, 60))]).toEqual([60, new Set([200])]);
});
