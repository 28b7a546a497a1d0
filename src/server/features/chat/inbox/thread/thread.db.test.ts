import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../../../platform/app.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../../testing/course.ts';
import { solve } from '../../../../testing/solve.ts';
import { aLongTask } from '../../../../testing/works.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../../testing/world.ts';
import { grantCourse } from '../../../people/students/actions.ts';
import { getProgress } from '../../../progress/queries.ts';
import { saveReply } from '../../../tasks/clusters/actions.ts';
import { hashOf } from '../../../tasks/reread.ts';
import { openSupport, openTask } from '../../actions.ts';
import { createRoom } from '../../rooms/actions.ts';
import { sendMessage } from '../../send/actions.ts';
import { listThreadsOf } from '../student/queries.ts';
import { getInboxThread } from './queries.ts';

let school: School;
let app: App;
let teacher: Student;
let student: Student;
let course: MadeCourse;
let other: MadeCourse;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  teacher = await aModerator(app);
  student = await aStudent(app, { timeZone: 'Asia/Omsk' });
  course = await aCourse(app, {
    topics: [{ tasks: [aNumber('12'), { ...aNumber('5'), statement: 'Сколько **корней**?' }, aLongTask()] }, { tasks: [aNumber('1')] }],
  });
  other = await aCourse(app, { topics: [{ tasks: [aNumber('1')] }] });
  for (const { id } of [course, other]) await grantCourse(app, teacher.actor, { personId: student.actor.id, courseId: id });
});
afterAll(() => school.close());

const open = async (taskId: string, who = student) => (await openTask(app, teacher.actor, { taskId, studentId: who.actor.id })).threadId;
const beside = (threadId: string) => getInboxThread(app, teacher.actor, { threadId });

test('the student’s answers, the right one, and who else was wrong in the same way', async () => {
  const task = course.task(0, 0);
  await solve(app, student.actor, task, ['10', '144']);
  const rest = await Promise.all([aStudent(app), aStudent(app)]);
  for (const { actor } of rest) await solve(app, actor, task, ['144']);
  const threadId = await open(task);
  const found = await beside(threadId);
  expect(found.task).toMatchObject({
    key: '12',
    solved: false,
    attempts: [
      { verdict: 'wrong', points: 0, answer: { kind: 'text', text: '144' } },
      { verdict: 'wrong', points: 0, answer: { kind: 'text', text: '10' } },
    ],
    cluster: { answer: { kind: 'text', text: '144' }, students: 3, of: 3, replied: false },
  });
  expect(found.task?.attempts.every((attempt) => !('hash' in attempt))).toBe(true);
  await saveReply(app, teacher.actor, { taskId: task, hash: hashOf('144'), body: 'Не возводите в квадрат.', base: null });
  await solve(app, student.actor, task, ['12']);
  expect((await beside(threadId)).task).toMatchObject({
    solved: true,
    cluster: { students: 3, replied: true },
    attempts: [{ verdict: 'right' }, {}, {}],
  });
});

test('nobody else gave it: no cluster; the statement as students read it', async () => {
  const task = course.task(0, 1);
  const threadId = await open(task);
  expect((await beside(threadId)).task).toEqual({
    statementHtml: '<p>Сколько <strong>корней</strong>?</p>',
    key: '5',
    attempts: [],
    solved: false,
    cluster: null,
  });
  await solve(app, student.actor, task, ['6']);
  expect((await beside(threadId)).task).toMatchObject({ cluster: null, attempts: [{ answer: { text: '6' } }] });
});

test('of a long task there is no key, and its works are read elsewhere', async () => {
  expect((await beside(await open(course.task(0, 2)))).task).toMatchObject({ key: null, attempts: [], cluster: null });
});

describe('the student', () => {
  test('as they see themselves: under a task its course, in support all they study', async () => {
    const mine = await getProgress(app, student.actor);
    const byTask = await beside(await open(course.task(0, 0)));
    const counts = (slug: string) => {
      const { title, topics } = mine.courses.find((one) => one.slug === slug) ?? expect.fail(slug);
      return { slug, title, topicsDone: topics.done, topics: topics.total };
    };
    expect(byTask.student).toEqual({
      id: student.actor.id,
      firstName: 'Илья',
      lastName: 'Соколов',
      blocked: false,
      timeZone: 'Asia/Omsk',
      streak: mine.streak.now,
      courses: [counts(course.slug)],
    });
    expect(mine.streak.now).toBe(1);
    const { threadId } = await openSupport(app, student.actor, {});
    const support = await beside(threadId);
    expect(support.task).toBeNull();
    expect(support.student.courses.toSorted((a, b) => a.slug.localeCompare(b.slug))).toEqual(
      [counts(course.slug), counts(other.slug)].toSorted((a, b) => a.slug.localeCompare(b.slug)),
    );
  });

  test('has a list of threads, the last written first and empty ones at the end', async () => {
    const one = await aStudent(app);
    const { threadId: support } = await openSupport(app, one.actor, {});
    const about = await open(course.task(0, 1), one);
    await open(course.task(1, 0), one);
    await sendMessage(app, one.actor, { threadId: support, clientId: randomUUID(), body: 'Вопрос', uploadIds: [] });
    school.clock.forward(60_000);
    await sendMessage(app, one.actor, { threadId: about, clientId: randomUUID(), body: 'Вопрос', uploadIds: [] });
    const threads = await listThreadsOf(app, teacher.actor, { studentId: one.actor.id });
    expect(threads).toMatchObject([
      { threadId: about, kind: 'task', task: { id: course.task(0, 1), number: 2, topicTitle: 'Тема 1' }, messages: 1 },
      { threadId: support, kind: 'support', task: null, messages: 1 },
      { kind: 'task', task: { id: course.task(1, 0), number: 1 }, messages: 0, lastAt: null, waitingSince: null },
    ]);
    await expect(listThreadsOf(app, teacher.actor, { studentId: teacher.actor.id })).rejects.toMatchObject({ code: 'STUDENTS_NOT_FOUND' });
  });
});

test('of a task that was put away what was said about it still stands', async () => {
  const gone = await aCourse(app, { topics: [{ tasks: [aNumber('7')] }] });
  const threadId = await open(gone.task(0, 0));
  await app.db.task.update({ where: { id: gone.task(0, 0) }, data: { deletedAt: school.clock.now() } });
  expect((await beside(threadId)).task).toMatchObject({ key: '7' });
});

test('a room has nothing beside it, nor has what never was; a student looks at none', async () => {
  const room = await createRoom(app, teacher.actor, { title: 'Комната' });
  for (const id of [room.threadId, randomUUID()]) await expect(beside(id)).rejects.toMatchObject({ code: 'CHAT_NOT_FOUND' });
  const { threadId } = await openSupport(app, student.actor, {});
  await expect(getInboxThread(app, student.actor, { threadId })).rejects.toMatchObject({ code: 'AUTH_FORBIDDEN' });
});
