import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aMessage, anOpenChat, theCommonRoom } from '../../../testing/chat.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { markRead } from '../actions.ts';

let school: School;
let teacher: Student;
let colleague: Student;
let student: Student;
let threadId: string;
beforeAll(async () => {
  school = await aSchool();
  teacher = await aModerator(school.app);
  colleague = await aModerator(school.app);
});
afterAll(() => school.close());
beforeEach(async () => {
  student = await aStudent(school.app);
  threadId = await anOpenChat(school.app, student);
});

/** Who is told of this thread, notice by notice: the first unread message, and «channel person» of each delivery. */
async function told(kind: 'answer' | 'question') {
  const names = new Map([
    [teacher.actor.id, 'teacher'],
    [colleague.actor.id, 'colleague'],
    [student.actor.id, 'student'],
  ]);
  const notices = await school.app.db.notice.findMany({
    where: { kind, data: { path: ['threadId'], equals: threadId } },
    orderBy: { createdAt: 'asc' },
    select: { data: true, deliveries: { select: { channel: true, personId: true, state: true, dueAt: true } } },
  });
  return notices.map(({ data, deliveries }) => ({
    seq: (data as { seq: number }).seq,
    to: deliveries.map(({ channel, personId }) => `${channel} ${names.get(personId) ?? 'somebody'}`).toSorted(),
  }));
}
const later = () => school.clock.forward(1000);
const byTeacher = async (body = 'Посмотрите на знак') => {
  later();
  return aMessage(school.app, teacher.actor, threadId, { body });
};
const byStudent = async () => {
  later();
  return aMessage(school.app, student.actor, threadId, { body: 'Почему?' });
};

test('what a student has not read is one notice; once they have read, the next message is another', async () => {
  await byTeacher();
  await byTeacher();
  expect(await told('answer')).toEqual([{ seq: 1, to: ['email student', 'site student'] }]);
  await markRead(school.app, student.actor, { threadId, seq: 2 });
  await byTeacher();
  await byTeacher();
  expect((await told('answer')).map(({ seq }) => seq)).toEqual([1, 3]);
});

test('it waits on the way out, so that who reads it on the site is not told twice', async () => {
  await byTeacher();
  const rows = await school.app.db.delivery.findMany({
    where: { personId: student.actor.id },
    select: { channel: true, state: true, dueAt: true },
  });
  const now = school.clock.now();
  expect(rows.toSorted((a, b) => a.channel.localeCompare(b.channel))).toEqual([
    { channel: 'email', state: 'waiting', dueAt: new Date(now.getTime() + 60_000) },
    { channel: 'site', state: 'sent', dueAt: now },
  ]);
});

test('where nothing of a notice was told, the next message is told of anew', async () => {
  await byTeacher();
  await school.app.db.delivery.updateMany({
    where: { personId: student.actor.id, channel: 'email' },
    data: { state: 'skipped', reason: 'gone' },
  });
  await byTeacher();
  expect((await told('answer')).map(({ seq }) => seq)).toEqual([1, 2]);
});

test('a question goes to all teachers, once until it is answered, and later to who answered', async () => {
  await byStudent();
  await byStudent();
  expect(await told('question')).toEqual([{ seq: 1, to: ['site colleague', 'site teacher'] }]);
  await byTeacher();
  await byStudent();
  expect(await told('question')).toEqual([
    { seq: 1, to: ['site colleague', 'site teacher'] },
    { seq: 4, to: ['site teacher'] },
  ]);
});

test('when who answered is gone, all teachers are asked again', async () => {
  const gone = await aModerator(school.app);
  await aMessage(school.app, gone.actor, threadId);
  await school.app.db.person.update({ where: { id: gone.actor.id }, data: { blockedAt: school.clock.now() } });
  await byStudent();
  expect((await told('question'))[0]?.to).toEqual(['site colleague', 'site teacher']);
});

test('rooms tell nobody', async () => {
  const before = await school.app.db.notice.count();
  await aMessage(school.app, teacher.actor, await theCommonRoom(school.app));
  expect(await school.app.db.notice.count()).toBe(before);
});
