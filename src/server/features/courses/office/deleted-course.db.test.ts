/** A course deleted while a student is in it: nothing of theirs is lost, nothing is counted that was not, and it all goes on when the course is back. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { App, PersonActor } from '../../../platform/app.ts';
import { aMessage, anOpenChat } from '../../../testing/chat.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { anExam, begin, finish, type } from '../../../testing/exam.ts';
import { solve } from '../../../testing/solve.ts';
import { aLongTask, grade, handInText } from '../../../testing/works.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { getProgress } from '../../progress/queries.ts';
import { listReviews } from '../../reviews/office/queries.ts';
import { deleteCourse, restoreCourse } from './courses/actions.ts';

let school: School;
let app: App;
let teacher: PersonActor;
let student: Student;
let course: MadeCourse;
const [solved, open, long] = [0, 1, 2];
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  teacher = (await aModerator(app)).actor;
});
afterAll(() => school.close());
beforeEach(async () => {
  student = await aStudent(app);
  course = await aCourse(app, { topics: [{ tasks: [aNumber('1'), aNumber('2'), aLongTask()] }] });
  await solve(app, student.actor, course.task(0, solved), ['1']);
});

const remove = () => deleteCourse(app, teacher, { id: course.id });
const restore = () => restoreCourse(app, teacher, { id: course.id });
const done = async () => (await getProgress(app, student.actor)).tasks.done;

test('an answer typed before and sent after is refused; sent again when the course is back, it counts once', async () => {
  await remove();
  await expect(solve(app, student.actor, course.task(0, open), ['2'])).rejects.toMatchObject({ code: 'TASKS_NOT_FOUND' });
  expect([await done(), await app.db.submission.count({ where: { taskId: course.task(0, open) } })]).toEqual([0, 0]);
  await restore();
  await solve(app, student.actor, course.task(0, open), ['2']);
  expect(await done()).toBe(2);
});

test('answers that come while it is being deleted are each counted or refused', async () => {
  const clients = await Promise.all(Array.from({ length: 8 }, () => aStudent(app)));
  const [, ...sent] = await Promise.allSettled([remove(), ...clients.map(({ actor }) => solve(app, actor, course.task(0, open), ['2']))]);
  const counted = sent.filter(({ status }) => status === 'fulfilled').length;
  for (const one of sent) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'TASKS_NOT_FOUND' });
  expect(await app.db.submission.count({ where: { taskId: course.task(0, open) } })).toBe(counted);
  expect(await app.db.taskProgress.count({ where: { taskId: course.task(0, open) } })).toBe(counted);
});

test('an attempt at an exam goes on to its end', async () => {
  const exam = await anExam(app, course, { tasks: [course.task(0, open)] });
  const { id } = await begin(app, student.actor, exam);
  await remove();
  await type(app, student.actor, id, { [course.task(0, open)]: '2' });
  expect(await finish(app, student.actor, id)).toMatchObject({ state: 'finished', answered: 1, score: { points: 1 } });
  await expect(begin(app, student.actor, exam, randomUUID())).rejects.toMatchObject({ code: 'EXAMS_NOT_FOUND' });
});

test('a work handed in waits unseen, and is graded when the course is back', async () => {
  await handInText(app, student.actor, course.task(0, long));
  const inQueue = async () => (await listReviews(app, teacher, { filter: 'waiting' })).rows.length;
  expect(await inQueue()).toBe(1);
  await remove();
  expect(await inQueue()).toBe(0);
  await expect(handInText(app, student.actor, course.task(0, long))).rejects.toMatchObject({ code: 'TASKS_NOT_FOUND' });
  await restore();
  await grade(app, teacher, student.actor, course.task(0, long), [1, 2]);
  expect(await done()).toBe(2);
});

test('a question already asked is still answered', async () => {
  const threadId = await anOpenChat(app, student, { taskId: course.task(0, open), opener: { actor: teacher } });
  await aMessage(app, student.actor, threadId);
  await remove();
  await aMessage(app, teacher, threadId);
  expect(await app.db.chatMessage.count({ where: { threadId } })).toBe(2);
});
