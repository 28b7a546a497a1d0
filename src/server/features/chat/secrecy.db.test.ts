/** Who hears what: of threads, of deleted texts, of each other. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aBrowser } from '../../testing/browser.ts';
import { aChatUpload, aMessage, anOpenChat, theCommonRoom } from '../../testing/chat.ts';
import { aCourse, aNumber } from '../../testing/course.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../testing/world.ts';
import { accessFile } from '../files/access.ts';
import { streamChanges } from './live/changes.ts';
import { streamSignals } from './live/signals.ts';

let school: School;
let student: Student;
let other: Student;
let teacher: Student;
let threadId: string;
beforeAll(async () => {
  school = await aSchool();
  [student, other, teacher] = [
    await aStudent(school.app, { firstName: 'Анна', lastName: 'Белова' }),
    await aStudent(school.app),
    await aModerator(school.app),
  ];
  threadId = await anOpenChat(school.app, student);
  await aMessage(school.app, student.actor, threadId, { body: 'Мой секрет' });
});
afterAll(() => school.close());

describe('a thread that is none of one’s own is not there', () => {
  test.each([
    ['somebody else’s', () => threadId],
    ['the teachers’ room', () => theCommonRoom(school.app)],
    ['what never was', () => randomUUID()],
  ])('%s, by whatever procedure', async (_, id) => {
    const thread = { threadId: await id() };
    const at = { ...thread, seq: 1 };
    const { chat } = aBrowser(school.app, { cookie: other.cookie }).call;
    const message = { ...thread, clientId: randomUUID(), body: 'а' };
    const asked = [
      () => chat.thread(thread),
      () => chat.history(thread),
      () => chat.send(message),
      () => chat.edit({ ...at, body: 'а', rev: 1 }),
      () => chat.delete(at),
      () => chat.restore(at),
      () => chat.read(at),
      () => chat.typing(thread),
      async () => chat.send({ ...message, uploadIds: [await aChatUpload(school.app, other, thread.threadId)] }),
      () => streamChanges(school.app, other.actor, { ...thread, after: 0 }, AbortSignal.timeout(10_000)),
      () => streamSignals(school.app, other.actor, thread, AbortSignal.timeout(10_000)),
    ];
    for (const ask of asked) await expect(ask()).rejects.toThrow('CHAT_NOT_FOUND');
    await expect(chat.versions(at)).rejects.toThrow('AUTH_FORBIDDEN');
  });

  test('nor does a room of which there is none take words of a teacher', async () => {
    await expect(aMessage(school.app, teacher.actor, randomUUID())).rejects.toThrow('CHAT_NOT_FOUND');
  });
});

test('a message tells each reader what is theirs, and nobody an address', async () => {
  const sent = await aMessage(school.app, teacher.actor, threadId, { body: '**Ответ**' });
  const [mine] = (await aBrowser(school.app, { cookie: student.cookie }).call.chat.history({ threadId })).messages.slice(-1);
  expect(mine).toMatchObject({
    seq: sent.seq,
    author: { name: 'Ольга Громова', teacher: true },
    clientId: null,
    body: null,
    html: '<p><strong>Ответ</strong></p>',
  });
  const [theirs] = (await aBrowser(school.app, { cookie: (await aModerator(school.app)).cookie }).call.chat.history({ threadId })).messages;
  expect(theirs).toMatchObject({ author: { name: 'Анна Белова', teacher: false }, clientId: null, body: 'Мой секрет' });
  const all = JSON.stringify([
    mine,
    theirs,
    await aBrowser(school.app, { cookie: student.cookie }).call.chat.mine(),
    await aBrowser(school.app, { cookie: student.cookie }).call.chat.thread({ threadId }),
  ]);
  expect(all).not.toContain('@');
});

describe('a deleted message', () => {
  test('has a place and no word, for its student and for teachers, until who deleted it puts it back', async () => {
    const own = await aStudent(school.app);
    const thread = await anOpenChat(school.app, own);
    const uploadIds = [await aChatUpload(school.app, own, thread)];
    const { seq } = await aMessage(school.app, own.actor, thread, { body: 'Лишнее', uploadIds });
    const [by, teachers, colleague] = [own, teacher, await aModerator(school.app)].map(
      ({ cookie }) => aBrowser(school.app, { cookie }).call.chat,
    );
    if (!by || !teachers || !colleague) throw new Error('somebody is missing');
    const at = { threadId: thread, seq };
    const gone = { deleted: 'moderator', html: '', body: null, files: [] };
    expect(await teachers.delete(at)).toMatchObject(gone);
    for (const reader of [by, teachers, colleague]) expect((await reader.history({ threadId: thread })).messages).toMatchObject([gone]);
    // Offered to whoever it will be granted.
    const offered = await Promise.all(
      [by, teachers, colleague].map(async (reader) => (await reader.history({ threadId: thread })).messages[0]?.restorable),
    );
    expect(offered).toEqual([false, true, false]);
    await expect(accessFile(school.app, own.actor, 'chat', uploadIds[0] ?? '')).rejects.toThrow('FILES_NOT_FOUND');
    expect((await by.mine())[0]?.excerpt).toBe('');
    // Neither its author nor another teacher undoes what this one did.
    await expect(by.restore(at)).rejects.toThrow('CHAT_NOT_FOUND');
    await expect(colleague.restore(at)).rejects.toThrow('CHAT_NOT_FOUND');
    expect(await teachers.versions(at)).toMatchObject([{ number: 1, html: '<p>Лишнее</p>' }]);
    expect(await teachers.restore(at)).toMatchObject({ deleted: null, body: 'Лишнее' });
    expect((await by.history({ threadId: thread })).messages).toMatchObject([{ deleted: null, files: [{ name: 'тетрадь.jpg' }] }]);
    await expect(accessFile(school.app, own.actor, 'chat', uploadIds[0] ?? '')).resolves.toMatchObject({ name: 'тетрадь.jpg' });
    await expect(accessFile(school.app, other.actor, 'chat', uploadIds[0] ?? '')).rejects.toThrow('FILES_NOT_FOUND');
    const journal = await school.app.db.auditEntry.findMany({
      where: { actor: teacher.actor.id, subject: thread },
      orderBy: { id: 'asc' },
      select: { action: true, label: true },
    });
    expect(journal).toEqual(['chat.delete-message', 'chat.restore-message'].map((action) => ({ action, label: 'Соколов Илья' })));
  });

  test('of one’s own needs no journal, and what a teacher wrote no student deletes', async () => {
    const own = await aStudent(school.app);
    const thread = await anOpenChat(school.app, own);
    const mine = await aMessage(school.app, own.actor, thread);
    const theirs = await aMessage(school.app, teacher.actor, thread);
    const { chat } = aBrowser(school.app, { cookie: own.cookie }).call;
    expect(await chat.delete({ threadId: thread, seq: mine.seq })).toMatchObject({ deleted: 'author', restorable: true });
    expect(await chat.restore({ threadId: thread, seq: mine.seq })).toMatchObject({ deleted: null, restorable: false });
    await expect(chat.delete({ threadId: thread, seq: theirs.seq })).rejects.toThrow('CHAT_NOT_FOUND');
    await expect(chat.delete({ threadId: thread, seq: 99 })).rejects.toThrow('CHAT_NOT_FOUND');
    expect(await school.app.db.auditEntry.count({ where: { actor: own.actor.id } })).toBe(0);
  });

  test('of a room is its author’s only', async () => {
    const room = await theCommonRoom(school.app);
    const { seq } = await aMessage(school.app, teacher.actor, room);
    const colleague = aBrowser(school.app, { cookie: (await aModerator(school.app)).cookie }).call.chat;
    await expect(colleague.delete({ threadId: room, seq })).rejects.toThrow('CHAT_NOT_FOUND');
  });
});

describe('an edited message', () => {
  test('keeps what it said for teachers, and tells when', async () => {
    const { seq, rev } = await aMessage(school.app, student.actor, threadId, { body: 'первое' });
    const { chat } = aBrowser(school.app, { cookie: student.cookie }).call;
    const edited = await chat.edit({ threadId, seq, rev, body: 'второе' });
    expect(edited).toMatchObject({ seq, body: 'второе', editedAt: school.clock.now().toISOString() });
    // Sent twice it is one change.
    expect(await chat.edit({ threadId, seq, rev, body: 'второе' })).toEqual(edited);
    await expect(chat.edit({ threadId, seq, rev, body: 'третье' })).rejects.toThrow('CHAT_CONFLICT');
    await expect(chat.edit({ threadId, seq, rev: edited.rev, body: '\u200B' })).rejects.toThrow('INPUT_INVALID');
    expect(await aBrowser(school.app, { cookie: teacher.cookie }).call.chat.versions({ threadId, seq })).toMatchObject([
      { number: 1, html: '<p>первое</p>' },
    ]);
    await expect(
      aBrowser(school.app, { cookie: teacher.cookie }).call.chat.edit({ threadId, seq, rev: edited.rev, body: 'чужое' }),
    ).rejects.toThrow('CHAT_NOT_FOUND');
    school.clock.forward(24 * 3_600_000);
    await expect(chat.edit({ threadId, seq, rev: edited.rev, body: 'поздно' })).rejects.toThrow('CHAT_TOO_LATE');
    school.clock.forward(-24 * 3_600_000);
  });
});

test('deleting and putting back tell everybody, and count like messages', async () => {
  const own = await aStudent(school.app);
  const thread = await anOpenChat(school.app, own);
  const { seq } = await aMessage(school.app, own.actor, thread);
  const { chat } = aBrowser(school.app, { cookie: own.cookie }).call;
  const at = { threadId: thread, seq };
  const flood = async () => {
    for (let turn = 0; turn < school.app.config.chatMessagesPerMinute; turn += 1)
      await (turn % 2 === 0 ? chat.delete(at) : chat.restore(at));
  };
  await expect(flood()).rejects.toMatchObject({ message: 'AUTH_RATE_LIMITED' });
  await expect(chat.delete(at)).rejects.toMatchObject({ message: 'AUTH_RATE_LIMITED' });
  await expect(chat.restore(at)).rejects.toMatchObject({ message: 'AUTH_RATE_LIMITED' });
});

test('counts of what is unread are the reader’s own', async () => {
  const own = await aStudent(school.app);
  const course = await aCourse(school.app, { topics: [{ tasks: [aNumber('1')] }] });
  const taskId = course.task(0, 0);
  const thread = await anOpenChat(school.app, own, { taskId, opener: teacher });
  await aMessage(school.app, teacher.actor, thread);
  await aMessage(school.app, teacher.actor, thread);
  const { chat, courses } = aBrowser(school.app, { cookie: own.cookie }).call;
  const underTask = async () => (await courses.topic({ course: course.slug, topic: 'topic-1' })).tasks[0]?.state;
  expect(await chat.unread()).toEqual({ messages: 2, threads: 1, waiting: null });
  expect(await underTask()).toMatchObject({ chatLeft: 0, chat: { threadId: thread, messages: 2, unread: 2 } });
  expect(await chat.mine()).toMatchObject([
    { id: thread, kind: 'task', unread: 2, lastByTeacher: true, excerpt: 'Здравствуйте', task: { number: 1 } },
  ]);
  await chat.read({ threadId: thread, seq: 1 });
  expect(await chat.unread()).toEqual({ messages: 1, threads: 1, waiting: null });
  // Writing reads nothing that one has not seen.
  await aMessage(school.app, own.actor, thread);
  expect(await chat.unread()).toEqual({ messages: 1, threads: 1, waiting: null });
  await chat.read({ threadId: thread, seq: 3 });
  expect(await chat.unread()).toEqual({ messages: 0, threads: 0, waiting: null });
  expect(await underTask()).toMatchObject({ chat: { messages: 3, unread: 0 } });
  // A room tells each of its moderators what others wrote; students who wait are counted for all.
  const [room, colleague] = [await theCommonRoom(school.app), await aModerator(school.app)];
  const office = aBrowser(school.app, { cookie: colleague.cookie }).call.chat;
  const before = await office.unread();
  const { seq } = await aMessage(school.app, teacher.actor, room);
  expect((await office.unread()).messages).toBe(before.messages + 1);
  await office.read({ threadId: room, seq });
  expect(await office.unread()).toMatchObject({ messages: 0, threads: 0 });
  const waiting = await school.app.db.chatThread.count({ where: { waitingSince: { not: null } } });
  expect((await office.unread()).waiting).toBe(waiting);
  await aMessage(school.app, colleague.actor, room);
  expect((await office.unread()).messages).toBe(0);
});
