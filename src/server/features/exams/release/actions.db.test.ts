/** The opening of the review: when it comes, what it shows, what it makes of the answers, and what nobody learns before. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../../platform/app.ts';
import { aBrowser } from '../../../testing/browser.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { anExam, begin, type ExamPlan, finish, look, type MadeExam, type } from '../../../testing/exam.ts';
import { solve } from '../../../testing/solve.ts';
import { statementsOf } from '../../../testing/statements.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { rebuildProgress } from '../../progress/actions.ts';
import { openAttempt } from '../attempts/actions.ts';
import { closeDueAttempts } from '../closing/actions.ts';
import { getFinishedAttempt } from '../results/queries.ts';
import { releaseAttempt, releaseDue } from './actions.ts';

let school: School;
let other: School;
let app: App;
let course: MadeCourse;
let student: Student;
beforeAll(async () => {
  school = await aSchool();
  other = await aSchool({ databaseUrl: school.databaseUrl, clock: school.clock });
  app = school.app;
});
afterAll(async () => {
  await other.close();
  await school.close();
});
beforeEach(async () => {
  const secret = { hint: 'подсказка-тайна', solution: 'решение-тайна', solutionRule: 'always' as const };
  course = await aCourse(app, {
    topics: [
      { tasks: [{ ...aNumber('73519'), ...secret }, { ...aNumber('2'), points: 2 }, aNumber('3')] },
      { published: false, tasks: [aNumber('4')] },
    ],
  });
  student = await aStudent(app, { timeZone: 'Asia/Vladivostok' });
});

const hour = 3_600_000;
const task = (index: number) => course.topics.flatMap(({ tasks }) => tasks)[index] ?? '';
/** Right, wrong, no answer at all, nothing. */
const typed = () => ({ [task(0)]: '73519', [task(1)]: '5', [task(2)]: 'семь' });
async function sit(plan: ExamPlan): Promise<{ exam: MadeExam; id: string }> {
  const exam = await anExam(app, course, plan);
  const { id } = await begin(app, student.actor, exam);
  await type(app, student.actor, id, typed());
  await finish(app, student.actor, id);
  return { exam, id };
}
const submissions = () =>
  app.db.submission.findMany({
    where: { personId: student.actor.id },
    orderBy: { verdict: 'asc' },
    select: { taskId: true, given: true, canonical: true, understood: true, verdict: true, points: true, createdAt: true, localOn: true },
  });
const progress = async () =>
  (
    await app.db.taskProgress.findMany({
      where: { personId: student.actor.id },
      select: { taskId: true, wrongCount: true, bestPoints: true, solvedAt: true },
    })
  ).toSorted(
    (a, b) => course.topics.flatMap(({ tasks }) => tasks).indexOf(a.taskId) - course.topics.flatMap(({ tasks }) => tasks).indexOf(b.taskId),
  );
const released = async (id: string) =>
  (await app.db.examAttempt.findUniqueOrThrow({ where: { id }, select: { releasedAt: true } })).releasedAt !== null;

describe('at once', () => {
  test('the answers become answers like all others, given when the exam was over, on the student’s own day', async () => {
    school.clock.set('2026-11-25T15:30:00Z');
    const { id } = await sit({});
    expect(await released(id)).toBe(true);
    const common = { createdAt: app.clock.now(), localOn: new Date('2026-11-26T00:00:00Z') };
    expect(await submissions()).toEqual([
      { taskId: task(0), given: '73519', canonical: '73519', understood: '73519', verdict: 'right', points: 1, ...common },
      { taskId: task(1), given: '5', canonical: '5', understood: '5', verdict: 'wrong', points: 0, ...common },
    ]);
    const counted = [
      { taskId: task(0), wrongCount: 0, bestPoints: 1, solvedAt: app.clock.now() },
      { taskId: task(1), wrongCount: 1, bestPoints: 0, solvedAt: null },
    ];
    expect(await progress()).toEqual(counted);
    // The cache is what the facts say.
    await rebuildProgress(app);
    expect(await progress()).toEqual(counted);
    const { call } = aBrowser(app, student);
    expect(await call.progress.mine()).toMatchObject({ streak: { now: 1, todayCounted: true }, tasks: { done: 1, total: 3 } });
  });

  test('of all tasks that an exam solved the last in the course is the one solved last', async () => {
    const { id } = await begin(app, student.actor, await anExam(app, course, { tasks: [task(2), task(0), task(1)] }));
    await type(app, student.actor, id, { [task(1)]: '2', [task(2)]: '3', [task(0)]: '73519' });
    await finish(app, student.actor, id);
    const { call } = aBrowser(app, student);
    expect((await call.progress.mine()).lastSolved).toMatchObject({ taskSlug: 'task-3' });
  });

  test('right answers, verdicts and solutions are shown, and where to practise', async () => {
    const { id } = await sit({});
    const { answers, reviewAt, score } = await look(app, student.actor, id);
    expect(reviewAt).toBeNull();
    expect(score).toMatchObject({ points: 1, maxPoints: 5 });
    const brief = answers?.map(({ given, verdict, earned, right, practice }) => [
      given,
      verdict,
      earned,
      right,
      practice?.taskSlug ?? null,
    ]);
    expect(brief).toEqual([
      ['73519', 'right', 1, '73519', 'task-1'],
      ['5', 'wrong', 0, '2', 'task-2'],
      ['семь', 'none', 0, '3', 'task-3'],
      [null, 'none', 0, '4', null],
    ]);
    expect(answers?.[0]?.solutionHtml).toContain('решение-тайна');
  });

  test('an answer that was given in practice before stays the one, and what was solved stays solved when it was', async () => {
    await solve(app, student.actor, task(0), ['1', '73519']);
    await solve(app, student.actor, task(1), ['5']);
    const before = await progress();
    school.clock.forward(hour);
    await sit({});
    expect(await submissions()).toHaveLength(3);
    expect(await progress()).toEqual(before);
  });

  test('an answer that was given again in practice since counts from the exam on', async () => {
    school.clock.set('2026-11-25T10:00:00Z');
    const { id } = await sit({ review: 'closing', closesIn: 48 });
    const finishedAt = app.clock.now();
    school.clock.forward(24 * hour);
    await solve(app, student.actor, task(0), ['73519']);
    school.clock.forward(48 * hour);
    expect(await releaseAttempt(app, id)).toBe('done');
    const exam = { createdAt: finishedAt, localOn: new Date('2026-11-25T00:00:00Z') };
    expect(await submissions()).toMatchObject([
      { taskId: task(0), verdict: 'right', ...exam },
      { taskId: task(1), verdict: 'wrong', ...exam },
    ]);
    const counted = await progress();
    expect(counted).toMatchObject([
      { taskId: task(0), wrongCount: 0, solvedAt: finishedAt },
      { taskId: task(1), wrongCount: 1, solvedAt: null },
    ]);
    await rebuildProgress(app);
    expect(await progress()).toEqual(counted);
  });

  test('once, however often and from wherever it is asked for', async () => {
    const { id } = await sit({ review: 'closing', attempts: 1, closesIn: 1 });
    school.clock.forward(2 * hour);
    const outcomes = await Promise.all([
      releaseAttempt(app, id),
      releaseAttempt(other.app, id),
      releaseAttempt(app, id),
      releaseDue(other.app),
    ]);
    expect(outcomes.filter((outcome) => outcome === 'done' || outcome === 1)).toHaveLength(1);
    expect(await submissions()).toHaveLength(2);
    expect(await releaseDue(app)).toBe(0);
    expect(await submissions()).toHaveLength(2);
  });
});

describe('when the exam is closed', () => {
  const secrets = ['73519', 'решение-тайна', 'подсказка-тайна'];
  const tells = (value: unknown) => secrets.filter((secret) => JSON.stringify(value).includes(secret));

  test('a running exam tells neither key nor hint nor solution', async () => {
    const exam = await anExam(app, course);
    const { id } = await begin(app, student.actor, exam);
    const { call } = aBrowser(app, student);
    expect(tells(await call.exams.attempt({ attemptId: id }))).toEqual([]);
    const typing = await call.exams.sync({ attemptId: id, since: 0, changes: [{ taskId: task(0), baseRev: 0, value: '1' }] });
    expect(Object.keys(typing.changed[0] ?? {}).toSorted()).toEqual(['files', 'flagged', 'rev', 'seen', 'taskId', 'value']);
    expect(tells(typing)).toEqual([]);
  });

  test('until then only the points are known: no page tells which answer was right', async () => {
    const { exam, id } = await sit({ review: 'closing', closesIn: 5 });
    const { call } = aBrowser(app, student);
    const result = await look(app, student.actor, id);
    expect(result).toMatchObject({ answers: null, score: { points: 1, maxPoints: 5 }, answered: 3, tasks: 4 });
    expect(result.reviewAt).toBe(new Date(app.clock.now().getTime() + 5 * hour + 5000).toISOString());
    const pages = {
      result,
      exam: await call.exams.get({ course: course.slug, exam: exam.slug }),
      exams: await call.exams.ofCourse({ course: course.slug }),
      mine: await call.progress.mine(),
      home: await call.progress.home(),
      topic: await call.courses.topic({ course: course.slug, topic: 'topic-1' }),
    };
    expect(tells(pages)).toEqual([]);
    expect(pages.mine).toMatchObject({ tasks: { done: 0 }, streak: { now: 0 }, firstTry: null, lastSolved: null });
    expect(pages.topic.tasks.map(({ state }) => [state.solved, state.wrongCount, state.attempts])).toEqual(Array(3).fill([false, 0, []]));
    expect(await submissions()).toEqual([]);
    expect(await progress()).toEqual([]);
    expect(await releaseDue(app)).toBe(0);
  });

  test('a moderator sees all of it at once, and whose it is', async () => {
    const { id } = await sit({ review: 'closing', closesIn: 5 });
    const seen = await getFinishedAttempt(app, (await aModerator(app)).actor, id);
    expect(seen.answers?.map(({ verdict }) => verdict)).toEqual(['right', 'wrong', 'none', 'none']);
    expect(seen.student).toEqual({ id: student.actor.id, firstName: 'Илья', lastName: 'Соколов' });
    expect(await released(id)).toBe(false);
    await expect(getFinishedAttempt(app, (await aStudent(app)).actor, id)).rejects.toMatchObject({ code: 'EXAMS_NOT_FOUND' });
  });

  test('a running attempt is no result, for a moderator either', async () => {
    const { id } = await begin(app, student.actor, await anExam(app, course));
    await expect(getFinishedAttempt(app, (await aModerator(app)).actor, id)).rejects.toMatchObject({ code: 'EXAMS_NOT_FOUND' });
  });

  test('it opens for all by itself, after the longest extra minutes of anybody', async () => {
    const { exam, id } = await sit({ review: 'closing', closesIn: 1 });
    await app.db.examExtra.create({ data: { examId: exam.id, personId: (await aStudent(app)).actor.id, minutes: 30 } });
    school.clock.forward(hour + 29 * 60_000);
    expect(await releaseDue(app)).toBe(0);
    school.clock.forward(2 * 60_000);
    expect(await releaseDue(app)).toBe(1);
    expect(await released(id)).toBe(true);
    // Counted on the day of the exam, not of the opening.
    const [first] = await submissions();
    expect(first?.createdAt.getTime()).toBe(app.clock.now().getTime() - hour - 31 * 60_000);
  });

  test('whoever looks first opens it', async () => {
    const { id } = await sit({ review: 'closing', closesIn: 1 });
    school.clock.forward(2 * hour);
    expect(await look(app, student.actor, id)).toMatchObject({ reviewAt: null, answers: [{ verdict: 'right' }, {}, {}, {}] });
  });
});

describe('without a closing instant', () => {
  test('it opens when the student’s attempts are used up, for all of them', async () => {
    const { exam, id } = await sit({ review: 'closing', attempts: 2 });
    expect(await look(app, student.actor, id)).toMatchObject({ answers: null, reviewAt: null });
    const second = await begin(app, student.actor, exam);
    expect(await look(app, student.actor, id)).toMatchObject({ answers: null });
    school.clock.set(new Date(Date.parse(second.deadlineAt ?? '') + hour));
    await closeDueAttempts(app);
    await releaseDue(app);
    expect([await released(id), await released(second.id)]).toEqual([true, true]);
  });

  test('with the end of each attempt where there is no end of them', async () => {
    const { id } = await sit({ review: 'closing', attempts: null });
    expect(await look(app, student.actor, id)).toMatchObject({ reviewAt: null, answers: [{ verdict: 'right' }, {}, {}, {}] });
  });

  test('an exam that was closed at no time, and got no limit of attempts later, opens by itself', async () => {
    const { exam, id } = await sit({ review: 'closing', attempts: 2 });
    expect([await releaseDue(app), await released(id)]).toEqual([0, false]);
    await app.db.exam.update({ where: { id: exam.id }, data: { attempts: null } });
    expect([await releaseDue(app), await released(id)]).toEqual([1, true]);
  });

  test.each([
    ['an attempt that was given is left', 'given'],
    ['somebody has more time after the closing', 'longer'],
  ])('the sweep does not open a transaction for each attempt while %s', async (_, why) => {
    const { exam } = await sit({ review: 'closing', attempts: 2, closesIn: why === 'longer' ? 1 : null });
    if (why === 'given') {
      await app.db.examExtra.create({ data: { examId: exam.id, personId: student.actor.id, attempts: 1 } });
      await finish(app, student.actor, (await begin(app, student.actor, exam)).id);
    } else {
      await app.db.examExtra.create({ data: { examId: exam.id, personId: (await aStudent(app)).actor.id, minutes: 90 } });
      school.clock.forward(2 * hour);
    }
    expect(await statementsOf(app, () => releaseDue(app))).toHaveLength(1);
  });
});

test('a task that was mended while its key changes waits for it; what was kept stays kept', async () => {
  const { id } = await sit({ review: 'closing', closesIn: 1 });
  school.clock.forward(2 * hour);
  await app.db.$transaction(async (tx) => {
    await tx.task.update({ where: { id: task(0) }, data: { title: 'Другое' }, select: { id: true } });
    expect(await releaseAttempt(other.app, id)).toBe('busy');
  });
  // An answer that earned its point and is none of the new form: it stays, and equals no other.
  await app.db.task.update({ where: { id: task(0) }, data: { spec: { kind: 'cells', rows: 1, cols: 1, key: [['1']], partial: 'none' } } });
  expect(await releaseAttempt(app, id)).toBe('done');
  expect(await submissions()).toMatchObject([{ taskId: task(0), canonical: '', verdict: 'right', points: 1 }, { verdict: 'wrong' }]);
});

test('while a task is in a running exam of one’s own it can neither be answered nor looked up elsewhere', async () => {
  const exam = await anExam(app, course, { tasks: [task(0)] });
  const { id } = await begin(app, student.actor, exam);
  const { call } = aBrowser(app, student);
  const submit = (index: number) => call.tasks.submit({ taskId: task(index), clientId: randomUUID(), value: '1' });
  const inExam = { cause: { code: 'TASKS_IN_EXAM', data: { attemptId: id } } };
  await expect(submit(0)).rejects.toMatchObject(inExam);
  await expect(call.tasks.solution({ taskId: task(0) })).rejects.toMatchObject(inExam);
  expect(await submit(1)).toMatchObject({ outcome: 'graded' });
  const free = aBrowser(app, await aStudent(app));
  expect(await free.call.tasks.solution({ taskId: task(0) })).toMatchObject({ html: expect.stringContaining('решение-тайна') });
  await finish(app, student.actor, id);
  expect(await openAttempt(app, student.actor, { attemptId: id })).toMatchObject({ state: 'finished' });
  expect(await submit(0)).toMatchObject({ outcome: 'graded', verdict: 'wrong' });
});
