/** The promise of the fast requests: so many statements and no more, however large the school is. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningAttemptDto } from '#shared/exams.ts';
import type { App } from '../platform/app.ts';
import { aBrowser, type Browser } from './browser.ts';
import { aMessage, anOpenChat } from './chat.ts';
import { aCourse, aNumber, type MadeCourse } from './course.ts';
import { anExam, begin } from './exam.ts';
import { answer } from './solve.ts';
import { statementsOf } from './statements.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from './world.ts';

let school: School;
let app: App;
let browser: Browser;
let office: Browser;
let course: MadeCourse;
let attempt: RunningAttemptDto;
let threadId: string;
let teacher: Student;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  course = await aCourse(app, { topics: [{ tasks: [aNumber('1'), aNumber('2')] }, { opensIn: 24 }] });
  const student = await aStudent(app);
  browser = aBrowser(app, student);
  threadId = await anOpenChat(app, student);
  teacher = await aModerator(app);
  office = aBrowser(app, teacher);
  await browser.call.courses.topic({ course: course.slug, topic: 'topic-1' });
  const bank = await aCourse(app, { topics: Array.from({ length: 3 }, () => ({ tasks: Array.from({ length: 9 }, () => aNumber()) })) });
  attempt = await begin(app, student.actor, await anExam(app, bank));
});
afterAll(() => school.close());

const submit = (value: string) => browser.call.tasks.submit({ taskId: course.task(0, 0), clientId: randomUUID(), value });
/** All 27 answers at once, as after a time without a connection. */
const typeAll = () => {
  const changes = attempt.tasks.map(({ id }) => ({ taskId: id, baseRev: 1_000_000, value: String(Math.random()) }));
  return browser.call.exams.sync({ attemptId: attempt.id, since: 0, changes });
};
const counts = async () => ({
  'a topic opened before': (await statementsOf(app, () => browser.call.courses.topic({ course: course.slug, topic: 'topic-1' }))).length,
  'a counted answer': (await statementsOf(app, () => submit(String(Math.random())))).length,
  'no answer': (await statementsOf(app, () => submit('x'))).length,
  'a solution': (await statementsOf(app, () => browser.call.tasks.solution({ taskId: course.task(0, 0) }).catch(() => null))).length,
  'a page of a course': (await statementsOf(app, () => browser.call.courses.get({ course: course.slug }))).length,
  'the home': (await statementsOf(app, () => browser.call.progress.home())).length,
  'the statistics of the profile': (await statementsOf(app, () => browser.call.progress.statistics({ course: null }))).length,
  'the mistakes on the home': (await statementsOf(app, () => browser.call.progress.mistakes.brief())).length,
  'a page of the group': (await statementsOf(app, () => office.call.progress.group.table({ course: course.slug }))).length,
  'all answers of an exam saved': (await statementsOf(app, typeAll)).length,
  'what changed in an exam': (await statementsOf(app, () => browser.call.exams.sync({ attemptId: attempt.id, since: 0, changes: [] })))
    .length,
  'a running exam': (await statementsOf(app, () => browser.call.exams.attempt({ attemptId: attempt.id }))).length,
  'the exams of a course': (await statementsOf(app, () => browser.call.exams.ofCourse({ course: course.slug }))).length,
  'the mistakes in the head': (await statementsOf(app, () => browser.call.progress.mistakes.brief())).length,
  'a page of a chat': (await statementsOf(app, () => browser.call.chat.history({ threadId }))).length,
  'a message': (await statementsOf(app, () => browser.call.chat.send({ threadId, clientId: randomUUID(), body: 'Почему?' }))).length,
  'a message read': (await statementsOf(app, () => browser.call.chat.read({ threadId, seq: 1 }))).length,
  'unread messages in the head': (await statementsOf(app, () => browser.call.chat.unread())).length,
  'unread messages in the office': (await statementsOf(app, () => office.call.chat.unread())).length,
  'a thread': (await statementsOf(app, () => browser.call.chat.thread({ threadId }))).length,
  'who am I': (await statementsOf(app, () => browser.call.auth.me())).length,
  'the list of courses for a guest': (await statementsOf(app, () => aBrowser(app).call.courses.list())).length,
});
// The look-up of the session is one of them.
const promised = {
  'a topic opened before': 3,
  'a counted answer': 3,
  'no answer': 2,
  'a solution': 2,
  'a page of a course': 3,
  'the home': 4,
  'the statistics of the profile': 5,
  'the mistakes on the home': 2,
  'a page of the group': 5,
  'all answers of an exam saved': 3,
  'what changed in an exam': 2,
  'a running exam': 4,
  'the exams of a course': 2,
  'the mistakes in the head': 2,
  'a page of a chat': 3,
  'a message': 3,
  'a message read': 2,
  'unread messages in the head': 2,
  'unread messages in the office': 2,
  // How fast students are answered is read once a minute, and was.
  'a thread': 2,
  'who am I': 1,
  'the list of courses for a guest': 1,
};

test('a request takes the statements it takes', async () => {
  await browser.call.chat.thread({ threadId });
  expect(await counts()).toEqual(promised);
});

test('and no more in a school ten times the size, with the work of others and a long day of one’s own', async () => {
  const { spec } = aNumber('1');
  const more = Array.from({ length: 20 }, (_, index) => ({
    slug: `more-${index}`,
    position: 10 + index,
    source: '',
    title: 'Ещё',
    spec,
    points: 1,
    statement: 'x',
    fileNames: [],
  }));
  await app.db.task.createMany({ data: more.map((task) => ({ ...task, topicId: course.topic(0).id })) });
  const others = await Promise.all(Array.from({ length: 10 }, () => aStudent(app)));
  for (const { actor } of others) {
    for (const value of ['5', '6', '7']) await answer(app, actor, course.task(0, 0), value);
  }
  for (let index = 0; index < 20; index += 1) await submit(String(100 + index));
  for (let index = 0; index < 20; index += 1) await aMessage(app, teacher.actor, threadId, { body: `${index}` });
  await aCourse(app, { topics: Array.from({ length: 10 }, () => ({ tasks: [aNumber()] })) });
  expect(await counts()).toEqual(promised);
});

test('the first visit of a topic takes one more', async () => {
  const newcomer = aBrowser(app, await aStudent(app));
  expect(await statementsOf(app, () => newcomer.call.courses.topic({ course: course.slug, topic: 'topic-1' }))).toHaveLength(4);
});
