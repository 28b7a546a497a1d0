/** How long a student waits, whatever becomes of their questions. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aMessage, anOpenChat } from '../../../testing/chat.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { closeThread } from '../inbox/actions.ts';
import { deleteMessage, restoreMessage } from './actions.ts';

let school: School;
let teacher: Student;
let student: Student;
let threadId: string;
beforeAll(async () => {
  school = await aSchool({ env: { CHAT_MESSAGES_PER_MINUTE: '1000' } });
  teacher = await aModerator(school.app);
});
afterAll(() => school.close());

async function aQuiet(): Promise<void> {
  student = await aStudent(school.app);
  threadId = await anOpenChat(school.app, student);
}

/** Asks, a minute after whatever was before. */
async function ask(query?: string): Promise<{ seq: number; at: Date }> {
  school.clock.forward(60_000);
  const { seq } = await aMessage(school.app, student.actor, threadId, query === undefined ? {} : { query });
  return { seq, at: school.clock.now() };
}

const waiting = async () => {
  const select = { waitingSince: true, closedAt: true } as const;
  const { waitingSince, closedAt } = await school.app.db.chatThread.findUniqueOrThrow({ where: { id: threadId }, select });
  return { since: waitingSince, closed: closedAt !== null };
};
const remove = (seq: number, by = student) => deleteMessage(school.app, by.actor, { threadId, seq });
const restore = (seq: number, by = student) => restoreMessage(school.app, by.actor, { threadId, seq });

test('the only question taken away waits for nothing, put back it waits as before', async () => {
  await aQuiet();
  // What was looked for before it is no question.
  const { seq, at } = await ask('баллы');
  await remove(seq);
  expect(await waiting()).toEqual({ since: null, closed: false });
  await restore(seq);
  expect(await waiting()).toEqual({ since: at, closed: false });
  await remove(seq, teacher);
  expect((await waiting()).since).toBeNull();
  await restore(seq, teacher);
  expect((await waiting()).since).toEqual(at);
});

test('of two questions the other one waits', async () => {
  await aQuiet();
  const [first, second] = [await ask(), await ask()];
  await remove(first.seq);
  expect((await waiting()).since).toEqual(second.at);
  await restore(first.seq);
  expect((await waiting()).since).toEqual(first.at);
  await remove(second.seq);
  expect((await waiting()).since).toEqual(first.at);
});

test('what was answered or closed does not wait again', async () => {
  await aQuiet();
  const answered = await ask();
  await aMessage(school.app, teacher.actor, threadId);
  await remove(answered.seq);
  await restore(answered.seq);
  expect((await waiting()).since).toBeNull();
  const closed = await ask();
  await closeThread(school.app, teacher.actor, { threadId, closed: true });
  const next = await ask();
  await remove(next.seq);
  expect((await waiting()).since).toBeNull();
  await closeThread(school.app, teacher.actor, { threadId, closed: true });
  school.clock.forward(1000);
  await remove(closed.seq);
  await restore(closed.seq);
  expect(await waiting()).toEqual({ since: null, closed: true });
});

test('a question that was away while the thread was closed opens it again when its student puts it back', async () => {
  await aQuiet();
  const { seq, at } = await ask();
  await remove(seq);
  school.clock.forward(1000);
  await closeThread(school.app, teacher.actor, { threadId, closed: true });
  await restore(seq);
  expect(await waiting()).toEqual({ since: at, closed: false });
});

test('undone, a closing counts no search as a question', async () => {
  await aQuiet();
  const { seq } = await ask('баллы');
  await remove(seq);
  await closeThread(school.app, teacher.actor, { threadId, closed: true });
  await closeThread(school.app, teacher.actor, { threadId, closed: false });
  expect((await waiting()).since).toBeNull();
});
