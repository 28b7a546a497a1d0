/** Streams of a thread as its readers follow them: nothing is left out, nothing comes twice, whatever happens meanwhile. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MessageDto, SignalsDto } from '#shared/chat.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { aMessage, anOpenChat, theCommonRoom } from '../../../testing/chat.ts';
import { statementsOf } from '../../../testing/statements.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { markRead, tellTyping } from '../actions.ts';
import { deleteMessage, editMessage } from '../messages/actions.ts';
import { changesAtOnce, getHistory } from '../messages/queries.ts';
import { streamChanges } from './changes.ts';
import { streamSignals } from './signals.ts';

let school: School;
let second: School;
let student: Student;
let teacher: Student;
beforeAll(async () => {
  school = await aSchool({ env: { CHAT_MESSAGES_PER_MINUTE: '5000' } });
  // Another process on the same database.
  second = await aSchool({ databaseUrl: school.databaseUrl, clock: school.clock, env: { CHAT_MESSAGES_PER_MINUTE: '5000' } });
  [student, teacher] = [await aStudent(school.app), await aModerator(school.app)];
});
afterAll(async () => {
  await second.close();
  await school.close();
});

interface Followed<T> {
  items: T[];
  until(fact: (items: T[]) => boolean): Promise<T[]>;
  stop(): Promise<void>;
  /** What it ended with; null: without an error. */
  ended: Promise<unknown>;
}

function follow<T>(stream: (signal: AbortSignal) => Promise<AsyncIterable<T>>): Followed<T> {
  const ending = new AbortController();
  const items: T[] = [];
  let look = () => {};
  const ended = (async () => {
    for await (const item of await stream(ending.signal)) {
      items.push(item);
      look();
    }
  })().then(
    () => null,
    (error: unknown) => error,
  );
  return {
    items,
    ended,
    async stop() {
      ending.abort();
      await ended;
    },
    until: (fact) =>
      new Promise((resolve, reject) => {
        look = () => fact(items) && resolve([...items]);
        void ended.then((error) => reject(error ?? new Error('the stream ended')));
        look();
      }),
  };
}

const changes = (app: App, actor: PersonActor, threadId: string, after = 0, lastEventId?: string) =>
  follow<MessageDto>(async (signal) => messagesOf(await streamChanges(app, actor, { threadId, after, lastEventId }, signal)));

async function* messagesOf(tracked: AsyncIterable<readonly [string, MessageDto, ...unknown[]]>) {
  for await (const [id, message] of tracked) {
    expect(id).toBe(String(message.rev));
    yield message;
  }
}

const signals = (app: App, actor: PersonActor, threadId: string) =>
  follow<SignalsDto>((signal) => streamSignals(app, actor, { threadId }, signal));

/** What a client makes of it: the newest state of every message. */
function shown(messages: MessageDto[]): [number, number][] {
  const newest = new Map<number, number>();
  for (const { seq, rev } of messages) newest.set(seq, Math.max(rev, newest.get(seq) ?? 0));
  return [...newest].toSorted(([a], [b]) => a - b);
}

describe('changes', () => {
  test('what was, then what comes, in the order of the changes and from both processes', async () => {
    const threadId = await anOpenChat(school.app, student);
    const first = await aMessage(school.app, student.actor, threadId, { body: 'а' });
    await aMessage(school.app, student.actor, threadId, { body: 'б' });
    const readers = [changes(school.app, teacher.actor, threadId), changes(second.app, student.actor, threadId, 1)];
    await Promise.all(readers.map((reader) => reader.until((items) => items.some(({ seq }) => seq === 2))));
    await aMessage(second.app, teacher.actor, threadId, { body: 'в' });
    await editMessage(school.app, student.actor, { threadId, seq: first.seq, rev: first.rev, body: 'А' });
    await deleteMessage(second.app, student.actor, { threadId, seq: 2 });
    const [all, later] = await Promise.all(readers.map((reader) => reader.until((items) => items.some(({ rev }) => rev === 5))));
    expect(all?.map(({ seq, rev, deleted }) => [seq, rev, deleted])).toEqual([
      [1, 1, null],
      [2, 2, null],
      [3, 3, null],
      [1, 4, null],
      [2, 5, 'author'],
    ]);
    expect(later?.map(({ rev }) => rev)).toEqual([2, 3, 4, 5]);
    // To each reader what is theirs.
    expect(all?.map(({ body }) => body)).toEqual(['а', 'б', 'в', 'А', null]);
    expect(later?.map(({ body }) => body)).toEqual(['б', null, 'А', null]);
    await Promise.all(readers.map((reader) => reader.stop()));
  });

  test('go on behind the last one that arrived, over more than a page', async () => {
    const own = await aStudent(school.app);
    const threadId = await anOpenChat(school.app, own);
    const count = changesAtOnce + 30;
    const rows = Array.from({ length: count }, (_, index) => ({
      threadId,
      seq: index + 1,
      rev: index + 1,
      authorId: own.actor.id,
      byTeacher: false,
      clientId: crypto.randomUUID(),
      body: `${index}`,
      createdAt: school.clock.now(),
    }));
    await school.app.db.chatMessage.createMany({ data: rows });
    await school.app.db.chatThread.updateMany({ where: { id: threadId }, data: { lastSeq: count, rev: count } });
    const whole = changes(school.app, own.actor, threadId);
    expect((await whole.until((items) => items.length === count)).map(({ rev }) => rev)).toEqual(rows.map(({ rev }) => rev));
    await whole.stop();
    // A number the browser brings along wins over where it began.
    const rest = changes(school.app, own.actor, threadId, 3, String(count - 2));
    await rest.until((items) => items.length === 2);
    await aMessage(second.app, own.actor, threadId);
    expect((await rest.until((items) => items.length === 3)).map(({ rev }) => rev)).toEqual([count - 1, count, count + 1]);
    await rest.stop();
  });

  test('of a busy room reach every reader as the database has them', async () => {
    const room = await theCommonRoom(school.app);
    const { rev } = await getHistory(school.app, teacher.actor, { threadId: room });
    const early = Array.from({ length: 5 }, (_, index) => changes((index % 2 ? school : second).app, teacher.actor, room, rev));
    const writing = Array.from({ length: 40 }, async (_, index) => {
      const sent = await aMessage((index % 2 ? school : second).app, teacher.actor, room, { body: `${index}` });
      if (index % 4 === 0)
        await editMessage(second.app, teacher.actor, { threadId: room, seq: sent.seq, rev: sent.rev, body: `${index}!` });
    });
    // Come while it goes on.
    const late = Array.from({ length: 5 }, () => changes(school.app, teacher.actor, room, rev));
    await Promise.all(writing);
    const truth = await school.app.db.chatMessage.findMany({
      where: { threadId: room, rev: { gt: rev } },
      orderBy: { seq: 'asc' },
      select: { seq: true, rev: true },
    });
    const last = Math.max(...truth.map((row) => row.rev));
    for (const reader of [...early, ...late]) {
      const items = await reader.until((all) => all.some((message) => message.rev === last));
      const revs = items.map((message) => message.rev);
      expect(revs).toEqual(revs.toSorted((a, b) => a - b));
      expect(new Set(revs).size).toBe(revs.length);
      expect(shown(items)).toEqual(truth.map((row) => [row.seq, row.rev]));
      await reader.stop();
    }
  });

  test('are read once for all readers of a process', async () => {
    const own = await aStudent(school.app);
    const threadId = await anOpenChat(school.app, own);
    await aMessage(school.app, own.actor, threadId);
    const readers = Array.from({ length: 10 }, () => changes(second.app, own.actor, threadId));
    await Promise.all(readers.map((reader) => reader.until((items) => items.length === 1)));
    const statements = await statementsOf(second.app, async () => {
      await aMessage(school.app, own.actor, threadId);
      await Promise.all(readers.map((reader) => reader.until((items) => items.length === 2)));
    });
    expect(statements.filter((text) => text.includes('FROM chat_message'))).toHaveLength(1);
    await Promise.all(readers.map((reader) => reader.stop()));
  });

  test('of which nobody has told yet are told with their hint, and not before', async () => {
    const own = await aStudent(school.app);
    const threadId = await anOpenChat(school.app, own);
    await aMessage(school.app, own.actor, threadId);
    const reader = changes(school.app, own.actor, threadId);
    await reader.until((items) => items.length === 1);
    const { actor } = own;
    const row = { threadId, authorId: actor.id, byTeacher: false, body: 'а', createdAt: school.clock.now() };
    await school.app.db.chatMessage.createMany({
      data: [2, 3, 4].map((seq) => ({ ...row, seq, rev: seq, clientId: crypto.randomUUID() })),
    });
    const tell = (rev: number) => school.app.bus.announce(`thread:${threadId}`, { kind: 'changed', rev });
    await tell(2);
    await reader.until((items) => items.length > 1);
    // Hints keep their order: what another thread tells after this one has come, and so would have what must not come.
    const other = await aStudent(school.app);
    const elsewhere = await anOpenChat(school.app, other);
    const later = changes(school.app, other.actor, elsewhere);
    await aMessage(school.app, other.actor, elsewhere);
    await later.until((items) => items.length === 1);
    await later.stop();
    expect(reader.items.map(({ rev }) => rev)).toEqual([1, 2]);
    await tell(4);
    expect((await reader.until((items) => items.length > 3)).map(({ rev }) => rev)).toEqual([1, 2, 3, 4]);
    await reader.stop();
  });

  test('come after a time in which nothing was heard', async () => {
    const own = await aStudent(school.app);
    const threadId = await anOpenChat(school.app, own);
    await aMessage(school.app, own.actor, threadId);
    const reader = changes(second.app, own.actor, threadId);
    await reader.until((items) => items.length === 1);
    // The connection over which hints come breaks, and with it whatever was on its way.
    await school.app.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE '%bus%'`,
    );
    for (let count = 0; count < 3; count += 1) await aMessage(school.app, own.actor, threadId);
    expect((await reader.until((items) => items.length === 4)).map(({ rev }) => rev)).toEqual([1, 2, 3, 4]);
    await reader.stop();
  });
});

describe('signals', () => {
  test('tell at once how it is, then what passes by', async () => {
    const own = await aStudent(school.app);
    const threadId = await anOpenChat(school.app, own);
    await aMessage(school.app, own.actor, threadId);
    const [mine, theirs] = [signals(second.app, own.actor, threadId), signals(school.app, teacher.actor, threadId)];
    expect(await mine.until((items) => items.length > 0)).toEqual([{ typing: [], readSeq: 0, mySeq: 1, holder: null, closed: false }]);
    expect((await theirs.until((items) => items.length > 0))[0]).toMatchObject({ readSeq: 1, mySeq: 0 });
    await markRead(school.app, teacher.actor, { threadId, seq: 1 });
    await mine.until((items) => items.at(-1)?.readSeq === 1);
    await theirs.until((items) => items.at(-1)?.mySeq === 1);
    await tellTyping(school.app, teacher.actor, { threadId });
    const told = (await mine.until((items) => items.at(-1)?.typing.length === 1)).at(-1);
    expect(told?.typing).toEqual([{ id: teacher.actor.id, name: 'Ольга Громова', teacher: true }]);
    // Their own typing is no news to them, and what was sent is no longer typed.
    expect(theirs.items.every(({ typing }) => typing.length === 0)).toBe(true);
    await aMessage(school.app, teacher.actor, threadId);
    await mine.until((items) => items.at(-1)?.typing.length === 0);
    await Promise.all([mine.stop(), theirs.stop()]);
  });

  test('tell who has taken the thread, as long as they have it', async () => {
    const own = await aStudent(school.app);
    const threadId = await anOpenChat(school.app, own);
    const reader = signals(school.app, own.actor, threadId);
    await reader.until((items) => items.length === 1);
    const until = new Date(school.clock.now().getTime() + 60_000);
    const hold = (data: object) =>
      school.app.db.$transaction(async (tx) => {
        await tx.chatThread.updateMany({ where: { id: threadId }, data });
        await school.app.bus.publish(tx, `thread:${threadId}`, { kind: 'state' });
      });
    await hold({ heldById: teacher.actor.id, heldUntil: until });
    const held = (await reader.until((items) => items.at(-1)?.holder !== null)).at(-1);
    expect(held?.holder).toEqual({ id: teacher.actor.id, name: 'Ольга Громова', mine: false, until: until.toISOString() });
    await hold({ closedAt: school.clock.now(), heldUntil: school.clock.now() });
    await reader.until((items) => items.at(-1)?.closed === true && items.at(-1)?.holder === null);
    await reader.stop();
  });

  test('tell the end of a lock that stood before anybody listened', async () => {
    const own = await aStudent(school.app);
    const threadId = await anOpenChat(school.app, own);
    const heldUntil = new Date(school.clock.now().getTime() + 500);
    await school.app.db.chatThread.updateMany({ where: { id: threadId }, data: { heldById: teacher.actor.id, heldUntil } });
    const reader = signals(school.app, own.actor, threadId);
    expect((await reader.until((items) => items.length === 1))[0]?.holder).toMatchObject({ id: teacher.actor.id });
    school.clock.forward(1000);
    await reader.until((items) => items.at(-1)?.holder === null);
    await reader.stop();
  });

  test('of many hints are few', async () => {
    const own = await aStudent(school.app);
    const threadId = await anOpenChat(school.app, own);
    for (let count = 0; count < 30; count += 1) await aMessage(school.app, own.actor, threadId);
    const reader = signals(school.app, own.actor, threadId);
    await reader.until((items) => items.length === 1);
    const startedAt = performance.now();
    for (let seq = 1; seq <= 30; seq += 1) await markRead(school.app, teacher.actor, { threadId, seq });
    await reader.until((items) => items.at(-1)?.readSeq === 30);
    const seconds = (performance.now() - startedAt) / 1000;
    expect(reader.items.length).toBeLessThanOrEqual(3 + seconds * 4);
    await reader.stop();
  });

  test('end with an error when the thread is gone', async () => {
    const own = await aStudent(school.app);
    const threadId = await anOpenChat(school.app, own);
    const reader = signals(school.app, teacher.actor, threadId);
    await reader.until((items) => items.length === 1);
    await school.app.db.$transaction(async (tx) => {
      await tx.chatThread.deleteMany({ where: { id: threadId } });
      await school.app.bus.publish(tx, `thread:${threadId}`, { kind: 'state' });
    });
    expect(await reader.ended).toMatchObject({ code: 'CHAT_NOT_FOUND' });
  });
});

test('nobody follows what nobody reads', async () => {
  const threadId = await anOpenChat(school.app, student);
  const readers = [changes(school.app, student.actor, threadId), signals(school.app, student.actor, threadId)];
  await Promise.all(readers.map((reader) => reader.until((items: unknown[]) => items.length > 0)));
  await Promise.all(readers.map((reader) => reader.stop()));
  const statements = await statementsOf(school.app, () => aMessage(second.app, student.actor, threadId));
  expect(statements).toEqual([]);
});
