/** What an exam asks is told by nothing before its time, and by nobody else's hands. */
import { createHash, randomUUID } from 'node:crypto';
import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App, PersonActor } from '../../platform/app.ts';
import { aBrowser, type Browser } from '../../testing/browser.ts';
import { aCourse, aNumber, type MadeCourse } from '../../testing/course.ts';
import { anExam, begin, finish, type } from '../../testing/exam.ts';
import { aLongTask, grade, handInText } from '../../testing/works.ts';
import { aClock, aModerator, aSchool, aStudent, type School } from '../../testing/world.ts';
import { wireError } from '../../trpc/init.ts';
import { saveReply } from '../tasks/clusters/actions.ts';
import { releaseDue } from './release/actions.ts';
import { uuidOf } from './release/rules.ts';

const clock = aClock();
let school: School;
let app: App;
let student: PersonActor;
let teacher: PersonActor;
let browser: Browser;
let office: Browser;
beforeAll(async () => {
  school = await aSchool({ clock });
  app = school.app;
  const moderator = await aModerator(app);
  teacher = moderator.actor;
  office = aBrowser(app, moderator);
});
afterAll(() => school.close());
beforeEach(async () => {
  const made = await aStudent(app);
  student = made.actor;
  browser = aBrowser(app, made);
});

const key = '73519';
const help = { solution: `Решение-${key}`, solutionRule: 'always' as const, hint: `Подсказка-${key}`, hintAfter: 0 };
const aSecret = () => ({ ...aNumber(key), statement: 'Условие-40212', ...help });
const secrets = new RegExp(`${key}|"verdict":"(right|wrong|partly)"`);

/** Everything that a student's pages ask for, in one text. */
async function allPages({ slug }: MadeCourse, exam: { slug: string }, attemptId: string): Promise<string> {
  const { call } = browser;
  const answers = await Promise.all([
    call.exams.ofCourse({ course: slug }),
    call.exams.get({ course: slug, exam: exam.slug }),
    call.exams.attempt({ attemptId }),
    call.exams.sync({ attemptId, since: 0, changes: [] }),
    call.exams.running(),
    call.courses.get({ course: slug }),
    call.courses.topic({ course: slug, topic: 'topic-1' }),
    call.progress.mine(),
    call.progress.home(),
    call.progress.statistics({ course: null }),
    call.progress.mistakes.today(),
    call.progress.mistakes.brief(),
    call.tasks.sample(),
  ]);
  return JSON.stringify(answers);
}

describe('between the beginning of an exam and its review', () => {
  test('no page has a key, a verdict, a hint or a solution; after it they are there', async () => {
    const bank = { published: false, tasks: [aSecret()] };
    const course = await aCourse(app, { topics: [{ tasks: [aNumber('1')] }, bank] });
    const exam = await anExam(app, course, { tasks: [course.task(1, 0)], review: 'closing', closesIn: 2 });
    const { id } = await begin(app, student, exam);
    await type(app, student, id, { [course.task(1, 0)]: '5' });
    expect(await allPages(course, exam, id)).not.toMatch(secrets);
    await finish(app, student, id);
    const over = await allPages(course, exam, id);
    expect(over).not.toMatch(secrets);
    // Of the tasks of a topic that is kept back nothing is left when the exam is over.
    expect(over).not.toContain('40212');
    clock.forward(3 * 3_600_000);
    await releaseDue(app);
    expect(JSON.stringify(await browser.call.exams.attempt({ attemptId: id }))).toMatch(secrets);
  });

  test('who never began sees nothing of a task that is kept back, by none of its names', async () => {
    const course = await aCourse(app, { topics: [{ tasks: [aNumber('1')] }, { published: false, tasks: [aSecret()] }] });
    const exam = await anExam(app, course, { tasks: [course.task(1, 0)] });
    const taskId = course.task(1, 0);
    const { call } = browser;
    const seen = JSON.stringify([
      await call.exams.ofCourse({ course: course.slug }),
      await call.exams.get({ course: course.slug, exam: exam.slug }),
      await call.courses.get({ course: course.slug }),
    ]);
    expect(seen).not.toMatch(/40212|73519/);
    expect(seen).not.toContain(taskId);
    await expect(call.tasks.submit({ taskId, clientId: randomUUID(), value: key })).rejects.toThrow('TASKS_NOT_FOUND');
    await expect(call.tasks.solution({ taskId })).rejects.toThrow('TASKS_NOT_FOUND');
    await expect(call.courses.topic({ course: course.slug, topic: 'topic-2' })).rejects.toThrow('TOPICS_NOT_FOUND');
  });
});

describe('while a task is in a running attempt', () => {
  test('neither the checker nor an old client id, a solution, a hint or a teacher’s reply tells anything', async () => {
    const course = await aCourse(app, { topics: [{ tasks: [aSecret()] }] });
    const taskId = course.task(0, 0);
    const old = { taskId, clientId: randomUUID(), value: '5' };
    await browser.call.tasks.submit(old);
    const { canonicalHash: hash } = await app.db.submission.findFirstOrThrow({ where: { taskId }, select: { canonicalHash: true } });
    await saveReply(app, teacher, { taskId, hash, body: `Ответ-${key}`, base: null });
    const page = async () => JSON.stringify(await browser.call.courses.topic({ course: course.slug, topic: 'topic-1' }));
    expect(await page()).toMatch(/Подсказка-73519.*|Ответ-73519/);
    const exam = await anExam(app, course);
    const { id } = await begin(app, student, exam);
    expect(await page()).not.toContain(key);
    const refused = expect.objectContaining({ message: 'TASKS_IN_EXAM' });
    await expect(browser.call.tasks.submit(old)).rejects.toEqual(refused);
    await expect(browser.call.tasks.submit({ ...old, clientId: randomUUID(), value: key })).rejects.toEqual(refused);
    await expect(browser.call.tasks.solution({ taskId })).rejects.toEqual(refused);
    await finish(app, student, id);
    expect(await page()).toContain(`Подсказка-${key}`);
  });

  test('a long answer is not handed in beside it', async () => {
    const course = await aCourse(app, { topics: [{ tasks: [aLongTask()] }] });
    await begin(app, student, await anExam(app, course));
    await expect(handInText(app, student, course.task(0, 0))).rejects.toThrow('TASKS_IN_EXAM');
    expect(await app.db.work.count({ where: { personId: student.id } })).toBe(0);
  });

  test('the review of an earlier attempt is closed again', async () => {
    const course = await aCourse(app, { topics: [{ tasks: [aSecret(), aLongTask()] }] });
    const exam = await anExam(app, course, { attempts: 2, review: 'finish' });
    const first = await begin(app, student, exam);
    await type(app, student, first.id, { [course.task(0, 1)]: 'Доказательство' });
    await finish(app, student, first.id);
    await grade(app, teacher, student, course.task(0, 1), [1, 2]);
    const { id: workId } = await app.db.work.findFirstOrThrow({ where: { personId: student.id }, select: { id: true } });
    const review = async (who = browser) => JSON.stringify(await who.call.exams.attempt({ attemptId: first.id }));
    expect(await review()).toContain(key);
    await expect(browser.call.exams.long.work({ workId })).resolves.toBeDefined();
    const second = await begin(app, student, exam);
    expect(await review()).not.toContain(key);
    await expect(browser.call.exams.long.work({ workId })).rejects.toThrow('REVIEWS_NOT_FOUND');
    // A teacher goes on reading.
    expect(JSON.stringify(await office.call.exams.office.attempt({ attemptId: first.id }))).toContain(key);
    await finish(app, student, second.id);
    expect(await review()).toContain(key);
  });
});

test('a public task that an exam asks is no sample: its checker is anybody’s', async () => {
  const course = await aCourse(app, { topics: [{ tasks: [{ ...aSecret(), isPublic: true }] }] });
  expect((await browser.call.tasks.sample())?.id).toBe(course.task(0, 0));
  const exam = await anExam(app, course);
  expect(await browser.call.tasks.sample()).toBeNull();
  await app.db.exam.update({ where: { id: exam.id }, data: { publishedAt: null } });
  expect((await browser.call.tasks.sample())?.id).toBe(course.task(0, 0));
});

test('an attempt ends, whatever its student handed in before under ids that can be worked out', async () => {
  const course = await aCourse(app, { topics: [{ tasks: [aLongTask()] }] });
  const taskId = course.task(0, 0);
  const attemptId = randomUUID();
  const foreseen = uuidOf(createHash('sha256').update(`exam work ${attemptId} ${taskId}`).digest());
  await browser.call.reviews.handIn({ taskId, clientId: foreseen, text: 'Заранее', uploadIds: [] });
  await begin(app, student, await anExam(app, course), attemptId);
  await type(app, student, attemptId, { [taskId]: 'На экзамене' });
  expect((await finish(app, student, attemptId)).score.waiting).toBe(1);
});

test('an exam that may be begun without end is not begun faster than answers are given', async () => {
  const course = await aCourse(app, { topics: [{ tasks: [aNumber('1')] }] });
  const exam = await anExam(app, course, { attempts: null });
  const start = () => browser.call.exams.start({ examId: exam.id, attemptId: randomUUID() });
  const outcomes: string[] = [];
  for (let turn = 0; turn < 41; turn += 1)
    outcomes.push(
      await start().then(
        () => 'ok',
        ({ message }) => message,
      ),
    );
  expect(outcomes.slice(39)).toEqual(['ok', 'AUTH_RATE_LIMITED']);
});

describe('what no page sends', () => {
  const hostile = ['\0', '\ud800', 'а\0б'];
  const big = 9_007_199_254_740_991;

  async function codeOf(call: Promise<unknown>): Promise<string> {
    try {
      await call;
      return 'ok';
    } catch (error) {
      return error instanceof TRPCError ? wireError(error, '').code : String(error);
    }
  }

  test('is refused and is no fault of the server', async () => {
    const course = await aCourse(app, { topics: [{ tasks: [aNumber('1')] }] });
    const exam = await anExam(app, course);
    const { id: attemptId } = await begin(app, student, exam);
    const taskId = course.task(0, 0);
    await app.db.submission.create({
      data: {
        personId: student.id,
        taskId,
        clientId: randomUUID(),
        given: '5',
        canonical: '5',
        canonicalHash: 'a'.repeat(43),
        understood: '5',
        verdict: 'wrong',
        points: 0,
        createdAt: clock.now(),
        localOn: clock.now(),
      },
      select: { id: true },
    });
    const { call } = office;
    const sync = (over: object) => browser.call.exams.sync({ attemptId, since: 0, changes: [], ...over });
    const codes = await Promise.all(
      [
        sync({ since: big }),
        sync({ changes: [{ taskId, baseRev: big, value: '1' }] }),
        call.exams.office.candidates({ examId: exam.id, cursor: 1_000_000 }),
        call.exams.office.results({ id: exam.id, cursor: Buffer.from(`["0000-01-01T00:00:00Z","${randomUUID()}"]`).toString('base64url') }),
        call.exams.office.update({ id: exam.id, opensAt: '0000-01-01T00:00:00Z' }),
        call.exams.office.update({ id: exam.id, closesAt: '9999-12-31T23:59:59-14:00' }),
        call.tasks.clusters.reply({ taskId, hash: 'a'.repeat(43), body: 'Разбор', base: '0000-01-01T00:00:00Z' }),
        call.tasks.clusters.list({ taskId, cursor: `999999999.${'a'.repeat(43)}` }),
        ...hostile.flatMap((text) => [
          sync({ changes: [{ taskId, baseRev: 0, value: text }] }),
          browser.call.progress.mistakes.answer({ taskId, clientId: randomUUID(), value: text }),
          call.exams.office.create({ id: randomUUID(), courseId: course.id, title: `Экзамен ${text}` }),
          call.exams.office.update({ id: exam.id, title: `Экзамен ${text}` }),
          call.courses.office.createTopic({ id: randomUUID(), courseId: course.id, title: `Тема ${text}` }),
          call.exams.office.update({ id: exam.id, about: text }),
          call.exams.office.candidates({ examId: exam.id, q: text }),
          call.exams.office.results({ id: exam.id, q: text }),
          call.tasks.clusters.reply({ taskId, hash: 'a'.repeat(43), body: `Разбор ${text}`, base: null }),
          call.tasks.clusters.preview({ taskId, body: `Разбор ${text}` }),
        ]),
      ].map(codeOf),
    );
    expect(
      codes.flatMap((code, at) =>
        ['ok', 'INPUT_INVALID', 'REPLIES_CONFLICT', 'MISTAKES_NOT_FOUND'].includes(code) ? [] : [`${at} ${code}`],
      ),
    ).toEqual([]);
  });
});
