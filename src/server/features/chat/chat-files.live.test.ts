import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MessageDto } from '#shared/chat.ts';
import { anOpenChat, theCommonRoom } from '../../testing/chat.ts';
import { aCourse, aNumber } from '../../testing/course.ts';
import { anExam, begin } from '../../testing/exam.ts';
import { aLiveClient, collect } from '../../testing/live-client.ts';
import { aLiveServer, aWebBrowser, type LiveServer } from '../../testing/live-server.ts';
import { tusClient } from '../../testing/tus.ts';
import { aClock, aModerator, aSchool, aSession, aStudent, type School, type Student } from '../../testing/world.ts';
import { collectFiles } from '../files/collect.ts';
import { makeVariants } from '../files/variants.ts';

let school: School;
let site: LiveServer;
let student: Student;
let other: Student;
let teacher: Student;
beforeAll(async () => {
  // Objects have the time of the world outside.
  school = await aSchool({ clock: aClock(new Date().toISOString()) });
  site = await aLiveServer(school.app);
  [student, other, teacher] = [await aStudent(school.app), await aStudent(school.app), await aModerator(school.app)];
});
afterAll(async () => {
  await site.close();
  await school.close();
});

const senderOf = ({ cookie }: Student) => tusClient(aWebBrowser(site.url, cookie), site.url);
const announcement = (subject: string) => ({ purpose: 'chat' as const, subject, name: 'Тетрадь Ильи.txt', size: 3 });

test('a file of a message goes to its student and the teachers, by addresses of their own, as long as the message stands', async () => {
  const threadId = await anOpenChat(school.app, student);
  const { id } = await senderOf(student).send(announcement(threadId), Buffer.from('abc'));
  const mine = aWebBrowser(site.url, student.cookie);
  const sent = await mine.rpc.chat.send.mutate({ threadId, clientId: randomUUID(), body: '', uploadIds: [id] });
  const url = sent.files[0]?.url ?? '';
  expect(url).toMatch(/^\/files\/chat\/[0-9a-f-]{36}\/.*\?e=\d+&s=/);
  const own = await mine.fetch(url);
  expect([own.status, await own.text(), own.headers.get('content-disposition')]).toEqual([
    200,
    'abc',
    expect.stringContaining('attachment'),
  ]);

  const theirs = aWebBrowser(site.url, teacher.cookie);
  const seen = (await theirs.rpc.chat.history.query({ threadId })).messages[0]?.files[0]?.url ?? '';
  expect(seen).not.toBe(url);
  expect((await theirs.fetch(seen)).status).toBe(200);

  const bare = url.split('?')[0] ?? '';
  const foreign = aWebBrowser(site.url, other.cookie);
  for (const address of [url, bare, seen]) expect((await foreign.fetch(address)).status).toBe(404);
  expect((await aWebBrowser(site.url).fetch(url)).status).toBe(404);

  await mine.rpc.chat.delete.mutate({ threadId, seq: sent.seq });
  for (const browser of [mine, theirs]) expect((await browser.fetch(browser === mine ? url : seen)).status).toBe(404);
  expect((await mine.fetch(bare)).status).toBe(404);
  await mine.rpc.chat.restore.mutate({ threadId, seq: sent.seq });
  expect((await mine.fetch(url)).status).toBe(200);
});

test('files are taken only for a thread in which one may write', async () => {
  const threadId = await anOpenChat(school.app, student);
  const bank = await aCourse(school.app, { topics: [{ tasks: [aNumber('1')] }] });
  const asked = await anOpenChat(school.app, student, { taskId: bank.task(0, 0), opener: teacher });
  await begin(school.app, student.actor, await anExam(school.app, bank));
  const refused = async (by: Student, subject: string) => {
    const answer = await senderOf(by).create(announcement(subject));
    return [answer.status, ((await answer.json()) as { code: string }).code];
  };
  const nowhere = [404, 'CHAT_NOT_FOUND'];
  expect(await refused(other, threadId)).toEqual(nowhere);
  expect(await refused(student, await theCommonRoom(school.app))).toEqual(nowhere);
  expect(await refused(teacher, randomUUID())).toEqual(nowhere);
  expect((await refused(student, asked))[1]).toBe('TASKS_IN_EXAM');
  expect((await senderOf(teacher).create(announcement(threadId))).status).toBe(201);
  const large = await senderOf(student).create({ ...announcement(threadId), size: 20_000_001 });
  expect(((await large.json()) as { code: string }).code).toBe('FILES_REFUSED');
});

test('over the socket: what was, what comes, and no word of a thread that is somebody else’s', async () => {
  const threadId = await anOpenChat(school.app, student);
  const browser = aWebBrowser(site.url, student.cookie);
  await browser.rpc.chat.send.mutate({ threadId, clientId: randomUUID(), body: 'первое' });
  const { rev } = await browser.rpc.chat.history.query({ threadId });
  const [mine, foreign] = [aLiveClient(site.url, student.cookie), aLiveClient(site.url, other.cookie)];
  try {
    const own = collect<{ id: string; data: MessageDto }>((to) => mine.client.chat.changes.subscribe({ threadId, after: rev - 1 }, to));
    await own.until((items) => items.length === 1);
    await aWebBrowser(site.url, teacher.cookie).rpc.chat.send.mutate({ threadId, clientId: randomUUID(), body: '*второе*' });
    const [first, second] = await own.until((items) => items.length === 2);
    expect(first).toMatchObject({ id: String(rev), data: { body: 'первое' } });
    expect(second).toMatchObject({ id: String(rev + 1), data: { body: null, html: '<p><em>второе</em></p>', author: { teacher: true } } });
    const [refused, unheard] = [
      collect<unknown>((to) => foreign.client.chat.changes.subscribe({ threadId, after: 0 }, to)),
      collect<unknown>((to) => foreign.client.chat.signals.subscribe({ threadId }, to)),
    ];
    expect([await refused.ended, await unheard.ended]).toEqual(['CHAT_NOT_FOUND', 'CHAT_NOT_FOUND']);
    expect([refused.items, unheard.items]).toEqual([[], []]);
  } finally {
    await Promise.all([mine.close(), foreign.close()]);
  }
});

test('what a message names stays with its copies; what was sent for none goes after a day', async () => {
  const threadId = await anOpenChat(school.app, student);
  const sender = senderOf(student);
  const png = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#36c' } })
    .png()
    .toBuffer();
  const picture = { ...announcement(threadId), name: 'снимок.png' };
  const [placed, forgotten] = [await sender.send(picture, png), await sender.send(picture, png)];
  const mine = aWebBrowser(site.url, student.cookie);
  const sent = await mine.rpc.chat.send.mutate({ threadId, clientId: randomUUID(), body: '', uploadIds: [placed.id] });
  expect(sent.files[0]?.srcSet).toContain('480w');
  await makeVariants(school.app, `uploads/${placed.id}`);
  school.clock.forward(25 * 3_600_000);
  await collectFiles(school.app);
  expect(await school.app.storage.find(`uploads/${forgotten.id}`)).toBeNull();
  // By then the addresses of the day before have ended, and so has the session.
  const later = aWebBrowser(site.url, await aSession(school.app, student.actor.id));
  const file = (await later.rpc.chat.history.query({ threadId })).messages.at(-1)?.files[0];
  const answer = await later.fetch(file?.srcSet?.split(' ')[0] ?? '', { headers: { accept: 'image/webp' } });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp']);
});
