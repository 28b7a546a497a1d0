import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { App } from '../../../platform/app.ts';
import { statementsOf } from '../../../testing/statements.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { openSupport } from '../actions.ts';
import { closeThread } from '../inbox/actions.ts';
import { sendMessage } from '../send/actions.ts';
import { getReplyTime, medianReplyMinutes } from './queries.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
let school: School;
let app: App;
let teacher: Student;
let student: Student;
let threadId: string;
beforeAll(async () => {
  school = await aSchool({ env: { CHAT_MESSAGES_PER_MINUTE: '1000' } });
  app = school.app;
  teacher = await aModerator(app);
  student = await aStudent(app);
  threadId = (await openSupport(app, student.actor, {})).threadId;
});
afterEach(async () => {
  await app.db.chatAnswer.deleteMany({});
  await app.db.chatThread.updateMany({ data: { waitingSince: null } });
  // What was told within the last minute is told again.
  school.clock.forward(2 * minuteMs);
});
afterAll(() => school.close());

const say = (who: Student) => sendMessage(app, who.actor, { threadId, clientId: randomUUID(), body: 'Текст', uploadIds: [] });
/** A question that is answered after so many seconds. */
async function answered(seconds: number) {
  await say(student);
  school.clock.forward(seconds * 1000);
  await say(teacher);
}

test.each<[string, number[], number | null]>([
  ['nobody', [], null],
  ['too few to tell', [60, 60, 60, 60], null],
  ['the middle one, not the average', [60, 120, 300, 3600, 36_000], 5],
  ['between the two in the middle', [60, 60, 60, 180, 180, 180], 2],
  ['never less than a minute', [0, 0, 0, 1, 2], 1],
  ['begun minutes are whole ones', [61, 61, 61, 61, 61], 2],
])('what students are promised: %s', async (_, waits, minutes) => {
  for (const seconds of waits) await answered(seconds);
  expect(await medianReplyMinutes(app)).toBe(minutes);
});

test('a wait that was closed is no answer, and a second message of the teacher is none either', async () => {
  for (let n = 0; n < 4; n++) await answered(600);
  await say(teacher);
  await say(student);
  school.clock.forward(dayMs);
  await closeThread(app, teacher.actor, { threadId, closed: true });
  expect(await app.db.chatAnswer.count()).toBe(4);
  await answered(600);
  expect(await medianReplyMinutes(app)).toBe(10);
});

test('of two weeks, and of one on the dashboard', async () => {
  for (let n = 0; n < 5; n++) await answered(3600);
  school.clock.forward(8 * dayMs);
  for (let n = 0; n < 3; n++) await answered(60);
  expect(await medianReplyMinutes(app)).toBe(60);
  expect(await getReplyTime(app)).toEqual({ medianMinutes: 1, answers: 3, waiting: 0, longestWaitMinutes: null });
  school.clock.forward(15 * dayMs);
  expect(await medianReplyMinutes(app)).toBeNull();
  expect(await getReplyTime(app)).toEqual({ medianMinutes: null, answers: 0, waiting: 0, longestWaitMinutes: null });
});

test('who waits, and the longest of them', async () => {
  const others = await Promise.all([aStudent(app), aStudent(app)]);
  for (const other of others) {
    const own = await openSupport(app, other.actor, {});
    await sendMessage(app, other.actor, { threadId: own.threadId, clientId: randomUUID(), body: 'Вопрос', uploadIds: [] });
    school.clock.forward(20 * minuteMs);
  }
  expect(await getReplyTime(app)).toMatchObject({ waiting: 2, longestWaitMinutes: 40 });
});

test('asked again within a minute it takes no statement; what failed is asked again', async () => {
  await medianReplyMinutes(app);
  expect(await statementsOf(app, () => medianReplyMinutes(app))).toEqual([]);
  school.clock.forward(minuteMs);
  expect(await statementsOf(app, () => Promise.all([medianReplyMinutes(app), medianReplyMinutes(app)]))).toHaveLength(1);
  let broken = true;
  const pool = Object.assign(Object.create(app.pool), {
    query: (...asked: Parameters<App['pool']['query']>) => (broken ? Promise.reject(new Error('gone')) : app.pool.query(...asked)),
  });
  const other = { ...app, pool };
  await expect(medianReplyMinutes(other)).rejects.toThrow('gone');
  broken = false;
  expect(await medianReplyMinutes(other)).toBeNull();
});
