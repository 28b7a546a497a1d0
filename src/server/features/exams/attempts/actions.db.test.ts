/** Beginning an exam: once, by whom it may be begun, and of what it then consists. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import type { App } from '../../../platform/app.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { anExam, begin, type ExamPlan, finish, look, type } from '../../../testing/exam.ts';
import { somebodyWaits } from '../../../testing/locks.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { listCourseExams, openExam } from '../actions.ts';
import { lockStudent } from '../deadlines/actions.ts';
import { findRunning } from '../queries.ts';
import { openAttempt, startAttempt } from './actions.ts';

let school: School;
let other: School;
let app: App;
let course: MadeCourse;
let student: Student;
beforeAll(async () => {
  school = await aSchool();
  // Another process of the same school.
  other = await aSchool({ databaseUrl: school.databaseUrl, clock: school.clock });
  app = school.app;
  course = await aCourse(app, {
    topics: [
      { tasks: [aNumber('1'), { ...aNumber('2'), points: 2 }] },
      { published: false, tasks: [aNumber('3')] },
      { opensIn: 100, tasks: [aNumber('4')] },
    ],
  });
});
afterAll(async () => {
  await other.close();
  await school.close();
});
beforeEach(async () => {
  student = await aStudent(app);
});

const hour = 3_600_000;
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
const start = (examId: string, attemptId: string = randomUUID(), actor = student.actor) => startAttempt(app, actor, { examId, attemptId });

test('an attempt consists of the tasks of the exam, also of topics that are drafts or not open yet, in their order', async () => {
  const exam = await anExam(app, course);
  const attempt = await begin(app, student.actor, exam);
  expect(attempt.tasks.map(({ id }) => id)).toEqual(exam.tasks);
  expect(attempt.tasks.map(({ number, points }) => [number, points])).toEqual([
    [1, 1],
    [2, 2],
    [3, 1],
    [4, 1],
  ]);
  expect(attempt.answers).toEqual(exam.tasks.map((taskId) => ({ taskId, rev: 0, value: null, flagged: false, seen: false, files: 0 })));
  expect(attempt).toMatchObject({ number: 1, limitMinutes: 60, attemptsAllowed: 1, rev: 0, now: app.clock.now().toISOString() });
  expect(attempt.deadlineAt).toBe(new Date(app.clock.now().getTime() + hour).toISOString());
});

test('what is taken out, unpublished or deleted before is not in it, and what is later stays', async () => {
  const own = await aCourse(app, {
    topics: [{ tasks: [aNumber('1'), aNumber('2'), aNumber('3'), { ...aNumber('4'), published: false }] }],
  });
  const exam = await anExam(app, own);
  const [first = '', second = '', third = ''] = exam.tasks;
  await app.db.task.update({ where: { id: third }, data: { deletedAt: app.clock.now() } });
  const attempt = await begin(app, student.actor, exam);
  expect(attempt.tasks.map(({ id }) => id)).toEqual([first, second]);

  await app.db.examTask.deleteMany({ where: { examId: exam.id, taskId: first } });
  await app.db.task.update({ where: { id: second }, data: { publishedAt: null, deletedAt: app.clock.now() } });
  await app.db.exam.update({ where: { id: exam.id }, data: { publishedAt: null } });
  const again = await openAttempt(app, student.actor, { attemptId: attempt.id });
  expect(again).toMatchObject({ state: 'running', tasks: [{ id: first }, { id: second }] });
  await type(app, student.actor, attempt.id, { [first]: '1', [second]: '2' });
  expect(await finish(app, student.actor, attempt.id)).toMatchObject({ score: { points: 2, maxPoints: 2 } });
});

test('shuffled: every attempt has an order of its own, which stays', async () => {
  const many = await aCourse(app, { topics: [{ tasks: Array.from({ length: 12 }, (_, index) => aNumber(String(index))) }] });
  const exam = await anExam(app, many, { shuffled: true, attempts: null, limitMinutes: null });
  const first = await begin(app, student.actor, exam);
  const order = first.tasks.map(({ id }) => id);
  expect(order.toSorted()).toEqual(exam.tasks.toSorted());
  expect(await openAttempt(app, student.actor, { attemptId: first.id })).toMatchObject({ tasks: order.map((id) => ({ id })) });
  const orders = await Promise.all(
    Array.from({ length: 5 }, async () => (await begin(app, (await aStudent(app)).actor, exam)).tasks.map(({ id }) => id).join()),
  );
  expect(new Set([...orders, order.join()]).size).toBeGreaterThan(1);
});

test('a double click, two tabs and two processes begin one attempt', async () => {
  const exam = await anExam(app, course, { attempts: 3 });
  const id = randomUUID();
  const starts = [id, id, randomUUID(), randomUUID()].map((attemptId, index) =>
    startAttempt(index % 2 === 0 ? app : other.app, student.actor, { examId: exam.id, attemptId }),
  );
  const ids = new Set((await Promise.all(starts)).map((attempt) => attempt.id));
  expect(ids.size).toBe(1);
  expect(await app.db.examAttempt.count({ where: { examId: exam.id } })).toBe(1);
  // Long over, the same click answers with what it began.
  const [begun = ''] = ids;
  await finish(app, student.actor, begun);
  expect(await start(exam.id, begun)).toMatchObject({ state: 'finished', id: begun });
});

describe('who may begin', () => {
  const gates: [says: string, plan: ExamPlan, code: string][] = [
    ['an exam', {}, 'ok'],
    ['a draft', { published: false }, 'EXAMS_NOT_FOUND'],
    ['before the window', { opensIn: 1 }, 'EXAMS_NOT_OPEN'],
    ['in the window', { opensIn: -1, closesIn: 1 }, 'ok'],
    ['behind the window', { closesIn: -1 }, 'EXAMS_CLOSED'],
    ['one without tasks', { tasks: [] }, 'EXAMS_INCOMPLETE'],
  ];
  test.each(gates)('%s: %s %s', async (_, plan, code) => {
    expect(await codeOf(start((await anExam(app, course, plan)).id))).toBe(code);
  });

  test('nobody an exam of a hidden course, or without a grant one of a paid course', async () => {
    const hidden = await aCourse(app, { published: false, topics: [{ tasks: [aNumber()] }] });
    expect(await codeOf(start((await anExam(app, hidden)).id))).toBe('EXAMS_NOT_FOUND');
    const paid = await aCourse(app, { priceMinor: 100, topics: [{ tasks: [aNumber()] }] });
    const exam = await anExam(app, paid);
    expect(await codeOf(start(exam.id))).toBe('COURSES_NO_ACCESS');
    expect(await codeOf(openExam(app, student.actor, { course: paid.slug, exam: exam.slug }))).toBe('COURSES_NO_ACCESS');
    await app.db.enrolment.create({ data: { personId: student.actor.id, courseId: paid.id, enrolledAt: app.clock.now() } });
    expect(await codeOf(start(exam.id))).toBe('ok');
  });

  test('a moderator looks, and does not begin', async () => {
    const moderator = await aModerator(app);
    const exam = await anExam(app, course);
    expect(await codeOf(start(exam.id, randomUUID(), moderator.actor))).toBe('AUTH_FORBIDDEN');
    expect(await openExam(app, moderator.actor, { course: course.slug, exam: exam.slug })).toMatchObject({ id: exam.id, history: [] });
  });

  test('nobody twice what may be begun once, and everybody again who was given another', async () => {
    const exam = await anExam(app, course);
    await finish(app, student.actor, (await begin(app, student.actor, exam)).id);
    expect(await codeOf(start(exam.id))).toBe('EXAMS_NO_ATTEMPTS');
    await app.db.examExtra.create({ data: { examId: exam.id, personId: student.actor.id, attempts: 1, minutes: 30 } });
    const second = await begin(app, student.actor, exam);
    expect(second).toMatchObject({ number: 2, attemptsAllowed: 2, limitMinutes: 90 });
    expect(second.deadlineAt).toBe(new Date(app.clock.now().getTime() + 1.5 * hour).toISOString());
  });

  test('nobody another exam while one is running; the first one goes on', async () => {
    const [one, two] = [await anExam(app, course), await anExam(app, course)];
    const { id } = await begin(app, student.actor, one);
    await expect(start(two.id)).rejects.toMatchObject({ code: 'EXAMS_RUNNING', data: { attemptId: id } });
    expect((await begin(app, student.actor, one)).id).toBe(id);
    expect(await findRunning(app, student.actor)).toMatchObject({ id, exam: { slug: one.slug, courseSlug: course.slug } });
    // Its time being over, it is graded and gives way.
    school.clock.forward(2 * hour);
    expect(await findRunning(app, student.actor)).toBeNull();
    expect((await begin(app, student.actor, two)).id).not.toBe(id);
    expect(await look(app, student.actor, id)).toMatchObject({ finishedBy: 'time' });
  });
});

test('a stranger hears that there is no such attempt, a moderator by this door as well', async () => {
  const { id } = await begin(app, student.actor, await anExam(app, course));
  for (const stranger of [await aStudent(app), await aModerator(app)]) {
    expect(await codeOf(openAttempt(app, stranger.actor, { attemptId: id }))).toBe('EXAMS_NOT_FOUND');
    const theirs = await anExam(app, course);
    if (stranger.actor.role === 'student') expect(await codeOf(start(theirs.id, id, stranger.actor))).toBe('EXAMS_NOT_FOUND');
  }
});

test('beginning takes a free course', async () => {
  const exam = await anExam(app, course);
  await begin(app, student.actor, exam);
  expect(await app.db.enrolment.findMany({ where: { personId: student.actor.id }, select: { courseId: true } })).toEqual([
    { courseId: course.id },
  ]);
});

test('the files of a task have addresses for its student though the topic is a draft', async () => {
  const bank = await aCourse(app, {
    topics: [
      {
        published: false,
        files: [{ name: '17.txt', mime: 'text/plain', body: '1 2 3' }],
        tasks: [{ ...aNumber(), statement: 'Скачайте [файл](files/17.txt)', fileNames: ['17.txt'] }],
      },
    ],
  });
  const attempt = await begin(app, student.actor, await anExam(app, bank));
  expect(attempt.tasks[0]?.files).toEqual([expect.objectContaining({ name: '17.txt', size: 5, url: expect.stringContaining('&s=') })]);
  expect(attempt.tasks[0]?.statementHtml).toContain('17.txt?e=');
  expect(attempt.zip).toMatchObject({ size: 5 });
});

test('the list of a course says what may be done with each', async () => {
  const own = await aCourse(app, { topics: [{ tasks: [aNumber('1'), { ...aNumber('2'), points: 2 }] }] });
  const open = await anExam(app, own, { attempts: 2, scaleYear: 2025 });
  const soon = await anExam(app, own, { opensIn: 5 });
  await anExam(app, own, { published: false });
  const { id } = await begin(app, student.actor, open);
  const rowOf = async (exam: { id: string }) =>
    (await listCourseExams(app, student.actor, { course: own.slug })).exams.find((row) => row.id === exam.id);
  expect(await rowOf(open)).toMatchObject({ tasks: 2, maxPoints: 3, state: 'open', running: { id }, best: null });
  expect(await rowOf(soon)).toMatchObject({ state: 'soon', running: null, attempts: { used: 0, allowed: 1 } });
  expect((await listCourseExams(app, student.actor, { course: own.slug })).exams).toHaveLength(2);
  await type(app, student.actor, id, { [own.task(0, 1)]: '2' });
  await finish(app, student.actor, id);
  expect(await rowOf(open)).toMatchObject({
    state: 'open',
    attempts: { used: 1, allowed: 2 },
    running: null,
    best: { points: 2, maxPoints: 3, score: null },
  });
  const page = await openExam(app, student.actor, { course: own.slug, exam: open.slug });
  expect(page.history).toEqual([expect.objectContaining({ id, number: 1, finishedBy: 'student', released: true })]);
  expect(JSON.stringify(page)).not.toContain('Условие');
  expect(await codeOf(listCourseExams(app, student.actor, { course: 'nothing' }))).toBe('COURSES_NOT_FOUND');
  const empty = await aCourse(app);
  expect((await listCourseExams(app, student.actor, { course: empty.slug })).exams).toEqual([]);
});

test('the page before the start promises a test score only where the scale fits the points of the exam', async () => {
  const own = await aCourse(app, { topics: [{ tasks: [aNumber('1'), { ...aNumber('2'), points: 2 }] }], scale: [20, 50, 100] });
  const promised = async (plan: ExamPlan) =>
    (await openExam(app, student.actor, { course: own.slug, exam: (await anExam(app, own, plan)).slug })).scaleYear;
  expect(await promised({ scaleYear: 2025 })).toBe(2025);
  expect(await promised({ scaleYear: 2025, tasks: [own.task(0, 0)] })).toBeNull();
  expect(await promised({ scaleYear: 2024 })).toBeNull();
  expect(await promised({})).toBeNull();
});

test('a paid course that is taken away at the moment of the beginning is not taken again by it', async () => {
  const paid = await aCourse(app, { topics: [{ tasks: [aNumber('1')] }] });
  await app.db.course.update({ where: { id: paid.id }, data: { priceMinor: 100 } });
  const key = { personId: student.actor.id, courseId: paid.id };
  await app.db.enrolment.create({ data: { ...key, enrolledAt: app.clock.now() } });
  const exam = await anExam(app, paid);
  let begun: Promise<unknown> = Promise.resolve();
  await app.db.$transaction(async (tx) => {
    await lockStudent(tx, student.actor.id);
    begun = codeOf(startAttempt(other.app, student.actor, { examId: exam.id, attemptId: randomUUID() }));
    await somebodyWaits(app);
    await tx.enrolment.deleteMany({ where: key });
  });
  expect(await begun).toBe('COURSES_NO_ACCESS');
  expect(await app.db.enrolment.count({ where: key })).toBe(0);
});
