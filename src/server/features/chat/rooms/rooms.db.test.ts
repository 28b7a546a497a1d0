import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { createRoomInput } from '#shared/inbox.ts';
import type { App } from '../../../platform/app.ts';
import { resync } from '../../../platform/bus.ts';
import { statementsOf } from '../../../testing/statements.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { listAudit } from '../../audit/queries.ts';
import { markRead, openSupport } from '../actions.ts';
import { sendMessage } from '../send/actions.ts';
import { closeRoom, createRoom, renameRoom } from './actions.ts';
import { listRooms } from './queries.ts';

let school: School;
let app: App;
let teacher: Student;
let colleague: Student;
let common: string;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  teacher = await aModerator(app);
  colleague = await aModerator(app);
  const [room] = await listRooms(app, teacher.actor);
  common = room?.threadId ?? expect.fail('there is always the common room');
});
afterAll(() => school.close());

const create = (title: string) => createRoom(app, teacher.actor, { title });
const say = (threadId: string, body: string, who = teacher) =>
  sendMessage(app, who.actor, { threadId, clientId: randomUUID(), body, uploadIds: [] });
const roomOf = async (threadId: string, who = teacher) => (await listRooms(app, who.actor)).find((room) => room.threadId === threadId);
const journal = async (subject: string) => (await listAudit(app, { subject })).entries;

test('there is always the common one, and it can be renamed but not closed', async () => {
  expect(await roomOf(common)).toEqual({
    threadId: common,
    title: 'Преподавательская',
    common: true,
    closed: false,
    lastAt: null,
    excerpt: '',
    unread: 0,
  });
  await expect(closeRoom(app, teacher.actor, { threadId: common, closed: true })).rejects.toEqual(new AppError('CHAT_COMMON_ROOM'));
  await renameRoom(app, teacher.actor, { threadId: common, title: 'Учительская' });
  expect(await roomOf(common)).toMatchObject({ title: 'Учительская', common: true, closed: false });
});

test('a new room is there for every teacher at once', async () => {
  const made = await create('Математика');
  expect(made).toEqual({
    threadId: made.threadId,
    title: 'Математика',
    common: false,
    closed: false,
    lastAt: null,
    excerpt: '',
    unread: 0,
  });
  expect(await roomOf(made.threadId, colleague)).toEqual(made);
});

test('the common room first, then where something was said last, the closed ones at the end', async () => {
  const [first, second, third] = [await create('Первая'), await create('Вторая'), await create('Третья')];
  school.clock.forward(60_000);
  await say(second.threadId, 'раз');
  school.clock.forward(60_000);
  await say(first.threadId, 'два');
  school.clock.forward(60_000);
  await say(third.threadId, 'три');
  await closeRoom(app, teacher.actor, { threadId: third.threadId, closed: true });
  const titles = (await listRooms(app, teacher.actor)).map(({ title }) => title);
  expect(titles[0]).toBe('Учительская');
  expect(titles.filter((title) => /(ая|ья)$/.test(title))).toEqual(['Учительская', 'Первая', 'Вторая', 'Третья']);
  expect(titles.at(-1)).toBe('Третья');
});

test('unread is what others said and one has not read; the list takes one statement', async () => {
  const { threadId } = await create('Непрочитанное');
  await say(threadId, 'Кто возьмёт **десятый** класс?');
  const { seq } = await say(threadId, 'И одиннадцатый');
  expect(await roomOf(threadId)).toMatchObject({ unread: 0 });
  expect(await roomOf(threadId, colleague)).toMatchObject({
    unread: 2,
    excerpt: 'И одиннадцатый',
    lastAt: school.clock.now().toISOString(),
  });
  await markRead(app, colleague.actor, { threadId, seq });
  expect(await roomOf(threadId, colleague)).toMatchObject({ unread: 0 });
  expect(await statementsOf(app, () => listRooms(app, teacher.actor))).toHaveLength(1);
});

describe('a closed room', () => {
  test('stays and can be read, takes no words, and opens again; twice is once', async () => {
    const { threadId } = await create('Набор 2026');
    await say(threadId, 'Готово');
    const close = (closed: boolean) => closeRoom(app, teacher.actor, { threadId, closed });
    await close(true);
    await close(true);
    expect(await roomOf(threadId)).toMatchObject({ closed: true, excerpt: 'Готово' });
    await expect(say(threadId, 'Ещё')).rejects.toEqual(new AppError('CHAT_ROOM_CLOSED'));
    await close(false);
    await say(threadId, 'Ещё');
    await renameRoom(app, teacher.actor, { threadId, title: 'Набор 2027' });
    await renameRoom(app, teacher.actor, { threadId, title: 'Набор 2027' });
    expect((await journal(threadId)).map(({ action, label, href }) => [action, label, href])).toEqual([
      ['room.rename', 'Набор 2027', `/admin/rooms/${threadId}`],
      ['room.reopen', 'Набор 2026', `/admin/rooms/${threadId}`],
      ['room.close', 'Набор 2026', `/admin/rooms/${threadId}`],
      ['room.create', 'Набор 2026', `/admin/rooms/${threadId}`],
    ]);
  });

  test('said while it is being closed: either it stands, or it is refused', async () => {
    const { threadId } = await create('Наперегонки');
    const [said] = await Promise.allSettled([say(threadId, 'Успею'), closeRoom(app, colleague.actor, { threadId, closed: true })]);
    expect(await roomOf(threadId)).toMatchObject({ closed: true, excerpt: said.status === 'fulfilled' ? 'Успею' : '' });
  });
});

test('a thread of a student is no room, and what never was is none', async () => {
  const student = await aStudent(app);
  const { threadId } = await openSupport(app, student.actor, {});
  for (const id of [threadId, randomUUID()]) {
    await expect(renameRoom(app, teacher.actor, { threadId: id, title: 'Комната' })).rejects.toEqual(new AppError('CHAT_NOT_FOUND'));
    await expect(closeRoom(app, teacher.actor, { threadId: id, closed: true })).rejects.toEqual(new AppError('CHAT_NOT_FOUND'));
  }
  expect(await roomOf(threadId)).toBeUndefined();
});

test('every teacher hears of a change, whoever made it', async () => {
  const heard: unknown[] = [];
  const stop = app.bus.follow('moderators', (hint) => heard.push(hint));
  await expect.poll(() => heard).toEqual([resync]);
  heard.length = 0;
  const { threadId } = await create('Слышно');
  await expect.poll(() => heard).toEqual([{ kind: 'rooms', threadId }]);
  await renameRoom(app, colleague.actor, { threadId, title: 'Слышно всем' });
  await expect.poll(() => heard).toHaveLength(2);
  stop();
});

test.each([
  ['no title', { title: ' \u200B ' }],
  ['a title too long', { title: 'а'.repeat(81) }],
])('refused: %s', (_, input) => {
  expect(createRoomInput.safeParse(input).success).toBe(false);
});
