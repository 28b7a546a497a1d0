import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { messagesFor } from '../../../testing/notices.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { openTopic } from '../../courses/open-topic.ts';
import { openTopicEarly } from '../../people/students/actions.ts';
import { topic } from '../kinds/topic.ts';
import { tellOpenedTopics } from './actions.ts';

let school: School;
let teacher: Student;
beforeAll(async () => {
  school = await aSchool();
  teacher = await aModerator(school.app);
});
afterAll(() => school.close());

const day = 24 * 3_600_000;
const second = 'Открыта тема «Тема 2»';

/** A course whose second topic opens in a day, and a student of it. */
async function aStart(): Promise<{ course: MadeCourse; student: Student; topicId: string }> {
  const course = await aCourse(school.app, { topics: [{ tasks: [aNumber('1')] }, { opensIn: 1, tasks: [aNumber('1'), aNumber('2')] }] });
  return { course, student: await aStudentOf(course), topicId: course.topic(1).id };
}
async function aStudentOf(course: MadeCourse): Promise<Student> {
  const student = await aStudent(school.app);
  await school.app.db.enrolment.create({ data: { personId: student.actor.id, courseId: course.id, enrolledAt: school.clock.now() } });
  return student;
}
const told = async (student: Student) =>
  (await messagesFor(school.app, student.actor.id, 'topic', topic)).map((message) => message?.title ?? null);
const opensAt = (id: string, at: Date) => school.app.db.topic.update({ where: { id }, data: { opensAt: at }, select: { title: true } });

test('a topic that opens by its date is told of once, to the students of its course who have not been in it', async () => {
  const { course, student, topicId } = await aStart();
  const visitor = await aStudentOf(course);
  const stranger = await aStudent(school.app);
  await school.app.db.topicVisit.create({ data: { personId: visitor.actor.id, topicId, firstOpenedAt: school.clock.now() } });
  await tellOpenedTopics(school.app);
  expect(await told(student)).not.toContain(second);
  school.clock.forward(day);
  await Promise.all([tellOpenedTopics(school.app), tellOpenedTopics(school.app)]);
  await tellOpenedTopics(school.app);
  expect((await told(student)).filter((title) => title === second)).toHaveLength(1);
  expect(await told(visitor)).not.toContain(second);
  expect(await told(stranger)).toEqual([]);
  const late = await aStudentOf(course);
  await tellOpenedTopics(school.app);
  expect(await told(late)).toEqual([]);
});

test('to tell tens of thousands it is given time', async () => {
  await aStart();
  school.clock.forward(day);
  const transaction = vi.spyOn(school.app.db, '$transaction');
  await tellOpenedTopics(school.app);
  expect(transaction.mock.calls.map(([, options]) => options?.timeout)).toContain(60_000);
  transaction.mockRestore();
});

test('put off again before it was sent there is nothing to tell; opened anew it is not told twice', async () => {
  const { student, topicId } = await aStart();
  school.clock.forward(day);
  await tellOpenedTopics(school.app);
  await opensAt(topicId, new Date(school.clock.now().getTime() + day));
  expect((await told(student)).at(-1)).toBeNull();
  school.clock.forward(day);
  const before = (await told(student)).length;
  await tellOpenedTopics(school.app);
  expect(await told(student)).toHaveLength(before);
});

test('who has opened it meanwhile is told nothing more', async () => {
  const { course, student } = await aStart();
  school.clock.forward(day);
  await tellOpenedTopics(school.app);
  await openTopic(school.app, student.actor, { course: course.slug, topic: course.topic(1).slug });
  expect((await told(student)).at(-1)).toBeNull();
});

test('a teacher who opens it early for one student tells that one', async () => {
  const { course, student, topicId } = await aStart();
  const other = await aStudentOf(course);
  await openTopicEarly(school.app, teacher.actor, { personId: student.actor.id, topicId });
  await openTopicEarly(school.app, teacher.actor, { personId: student.actor.id, topicId });
  expect(await told(student)).toEqual([second]);
  expect(await told(other)).toEqual([]);
  school.clock.forward(day);
  await tellOpenedTopics(school.app);
  expect((await told(student)).filter((title) => title === second)).toHaveLength(1);
});

test('what opened long ago is not told of, what is published late is', async () => {
  const { student, topicId } = await aStart();
  await opensAt(topicId, new Date(school.clock.now().getTime() - 3 * day));
  await school.app.db.topic.update({
    where: { id: topicId },
    data: { publishedAt: new Date(school.clock.now().getTime() - 3 * day) },
    select: { id: true },
  });
  await tellOpenedTopics(school.app);
  expect(await told(student)).not.toContain(second);
  await school.app.db.topic.update({ where: { id: topicId }, data: { publishedAt: school.clock.now() }, select: { id: true } });
  await tellOpenedTopics(school.app);
  expect(await told(student)).toContain(second);
});

test('a topic that is gone is told to nobody', async () => {
  expect(topic.parse({ topicId: 'x' })).toBeNull();
  expect(topic.parse({ topicId: randomUUID() })).not.toBeNull();
});
