/** What several do at the same moment: places without gaps, nothing twice, nothing half. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aChatUpload, aMessage, anOpenChat, theCommonRoom } from '../../../testing/chat.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { markRead } from '../actions.ts';
import { deleteMessage, editMessage, restoreMessage } from '../messages/actions.ts';

let school: School;
let student: Student;
let teacher: Student;
let colleague: Student;
beforeAll(async () => {
  school = await aSchool({ env: { CHAT_MESSAGES_PER_MINUTE: '1000' } });
  student = await aStudent(school.app);
  teacher = await aModerator(school.app);
  colleague = await aModerator(school.app);
});
afterAll(() => school.close());

/** The thread counts what is there: places 1, 2, …, and every message's own last change. */
async function expectWhole(threadId: string): Promise<number> {
  const { lastSeq, rev } = await school.app.db.chatThread.findUniqueOrThrow({
    where: { id: threadId },
    select: { lastSeq: true, rev: true },
  });
  const rows = await school.app.db.chatMessage.findMany({ where: { threadId }, orderBy: { seq: 'asc' }, select: { seq: true, rev: true } });
  expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: lastSeq }, (_, index) => index + 1));
  expect(new Set(rows.map((row) => row.rev)).size).toBe(rows.length);
  expect(Math.max(0, ...rows.map((row) => row.rev))).toBe(rev);
  return rows.length;
}

test('many write in one room at once', async () => {
  const room = await theCommonRoom(school.app);
  const sent = await Promise.all(
    Array.from({ length: 24 }, (_, index) => aMessage(school.app, (index % 2 ? teacher : colleague).actor, room, { body: `${index}` })),
  );
  expect(await expectWhole(room)).toBe(24);
  expect(new Set(sent.map(({ seq }) => seq)).size).toBe(24);
});

test('one message sent on many connections at once is one', async () => {
  const threadId = await anOpenChat(school.app, await aStudent(school.app), 'support');
  const plan = { clientId: randomUUID(), body: 'Почему?' };
  const sent = await Promise.all(Array.from({ length: 8 }, () => aMessage(school.app, teacher.actor, threadId, plan)));
  expect(sent.map(({ seq, rev }) => [seq, rev])).toEqual(sent.map(() => [1, 1]));
  expect(await expectWhole(threadId)).toBe(1);
});

test('also with a file, which is there once', async () => {
  const own = await aStudent(school.app);
  const threadId = await anOpenChat(school.app, own);
  const upload = await aChatUpload(school.app, own, threadId);
  const plan = { clientId: randomUUID(), body: 'Вот', uploadIds: [upload], query: 'где' };
  const sent = await Promise.all(Array.from({ length: 5 }, () => aMessage(school.app, own.actor, threadId, plan)));
  expect(sent.map(({ seq, files }) => [seq, files.map(({ id }) => id)])).toEqual(sent.map(() => [2, [upload]]));
  expect(await expectWhole(threadId)).toBe(2);
  expect(await school.app.db.chatFile.count({ where: { threadId } })).toBe(1);
  expect(await school.app.db.upload.count({ where: { id: upload } })).toBe(0);
});

test('one file in two messages at once stands in one of them', async () => {
  const own = await aStudent(school.app);
  const threadId = await anOpenChat(school.app, own);
  const uploadIds = [await aChatUpload(school.app, own, threadId)];
  const sent = await Promise.allSettled(['а', 'б'].map((body) => aMessage(school.app, own.actor, threadId, { body, uploadIds })));
  expect(sent.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await expectWhole(threadId)).toBe(1);
});

test('two answers at once end one wait', async () => {
  const own = await aStudent(school.app);
  const threadId = await anOpenChat(school.app, own);
  await aMessage(school.app, own.actor, threadId);
  await Promise.all([aMessage(school.app, teacher.actor, threadId), aMessage(school.app, colleague.actor, threadId)]);
  expect(await school.app.db.chatAnswer.count({ where: { threadId } })).toBe(1);
  expect(await expectWhole(threadId)).toBe(3);
});

test('messages, changes, deletions and reading meet', async () => {
  const own = await aStudent(school.app);
  const threadId = await anOpenChat(school.app, own);
  const first = await aMessage(school.app, own.actor, threadId, { body: 'а' });
  const at = { threadId, seq: first.seq };
  const done = await Promise.allSettled([
    ...Array.from({ length: 6 }, () => aMessage(school.app, own.actor, threadId)),
    ...Array.from({ length: 3 }, () => aMessage(school.app, teacher.actor, threadId)),
    editMessage(school.app, own.actor, { ...at, body: 'б', rev: first.rev }),
    editMessage(school.app, own.actor, { ...at, body: 'в', rev: first.rev }),
    ...[1, 2, 3, 2].map((seq) => markRead(school.app, teacher.actor, { threadId, seq })),
  ]);
  const refused = done.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []));
  // Of two changes of the same text one comes first, and the other hears of it.
  expect(refused).toEqual(['CHAT_CONFLICT']);
  expect(await expectWhole(threadId)).toBe(10);
  await Promise.all([deleteMessage(school.app, own.actor, at), deleteMessage(school.app, own.actor, at)]);
  await Promise.all([restoreMessage(school.app, own.actor, at), aMessage(school.app, own.actor, threadId)]);
  expect(await expectWhole(threadId)).toBe(11);
  const { rev } = await school.app.db.chatThread.findUniqueOrThrow({ where: { id: threadId }, select: { rev: true } });
  // Eleven messages, one change, one deletion, one return: what was asked twice counted once.
  expect(rev).toBe(14);
  expect(await school.app.db.chatMessageVersion.count({ where: { threadId } })).toBe(1);
});

test('a lock and an answer that meet leave one of the two', async () => {
  const own = await aStudent(school.app);
  const threadId = await anOpenChat(school.app, own);
  const until = new Date(school.clock.now().getTime() + 60_000);
  const take = () =>
    school.app.db.chatThread.updateMany({
      where: { id: threadId, heldById: null },
      data: { heldById: colleague.actor.id, heldUntil: until },
    });
  const [sent] = await Promise.allSettled([aMessage(school.app, teacher.actor, threadId), take()]);
  expect(await expectWhole(threadId)).toBe(sent.status === 'fulfilled' ? 1 : 0);
  if (sent.status === 'rejected') expect(sent.reason).toMatchObject({ code: 'CHAT_HELD' });
});

test('reading never goes back, and not beyond what is there', async () => {
  const threadId = await anOpenChat(school.app, student);
  for (let count = 0; count < 3; count += 1) await aMessage(school.app, student.actor, threadId);
  for (const seq of [2, 1, 0, 1_000_000, 1]) await markRead(school.app, teacher.actor, { threadId, seq });
  const reader = { threadId_personId: { threadId, personId: teacher.actor.id } };
  expect(await school.app.db.chatReader.findUnique({ where: reader, select: { readSeq: true } })).toEqual({ readSeq: 3 });
});
