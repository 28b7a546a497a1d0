/** One file, because every case is the same student at the same ladder: what comes back when, what an answer does to it, and what it leaves alone. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { App } from '../../../platform/app.ts';
import { dayIn } from '../../../platform/clock.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { anExam, begin, finish, type MadeExam, type } from '../../../testing/exam.ts';
import { answer, solve } from '../../../testing/solve.ts';
import { statementsOf } from '../../../testing/statements.ts';
import { aLongTask } from '../../../testing/works.ts';
import { aClock, aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { removeReply, saveReply } from '../../tasks/clusters/actions.ts';
import { hashOf } from '../../tasks/reread.ts';
import { rebuildProgress } from '../actions.ts';
import { getProgress } from '../queries.ts';
import { answerMistake } from './actions.ts';
import { getMistakes, getMistakesBrief, rungs } from './queries.ts';
import { rungOf } from './rules.ts';

const dayMs = 86_400_000;
const clock = aClock();
let school: School;
let app: App;
let student: Student;
let course: MadeCourse;
beforeAll(async () => {
  school = await aSchool({ clock });
  app = school.app;
});
afterAll(() => school.close());
beforeEach(async () => {
  clock.set('2026-11-24T12:00:00Z');
  student = await aStudent(app);
  course = await aCourse(app, { topics: [{ tasks: [aNumber('1'), aNumber('2'), aNumber('3')] }] });
});

const today = () => getMistakes(app, student.actor);
const again = (taskId: string, value: AnswerValue, clientId = randomUUID()) =>
  answerMistake(app, student.actor, { taskId, clientId, value });
const ids = async () => (await today()).due.map(({ taskId }) => taskId);
const toDay = (days: number) => clock.forward(days * dayMs);

describe('what comes back', () => {
  test('a mistake the next day, and then after 3, 7 and 21 days, until it has been learnt', async () => {
    const task = course.task(0, 0);
    await answer(app, student.actor, task, '9');
    expect(await today()).toMatchObject({ due: [], total: 1, nextOn: '2026-11-25' });
    const named: (string | null)[] = [];
    for (const days of [1, 3, 7, 21]) {
      toDay(days - 1);
      if (days > 1) expect(await ids()).toEqual([]);
      toDay(1);
      expect(await ids()).toEqual([task]);
      const result = await again(task, '1');
      if (result.outcome === 'graded') named.push(result.nextOn);
    }
    expect(named).toEqual(['2026-11-28', '2026-12-05', '2026-12-26', null]);
    toDay(100);
    expect(await today()).toMatchObject({ due: [], total: 0, dueTotal: 0, nextOn: null });
    // A task that was never solved on its own page is answered wrongly there: all begins again.
    await answer(app, student.actor, task, '8');
    toDay(1);
    expect((await today()).due).toMatchObject([{ taskId: task, step: 1 }]);
  });

  test('a task that was solved after a mistake comes back all the same, one that was right at once does not', async () => {
    await solve(app, student.actor, course.task(0, 0), ['9', '1']);
    await answer(app, student.actor, course.task(0, 1), '2');
    toDay(1);
    expect(await ids()).toEqual([course.task(0, 0)]);
  });

  test('a task that was solved, and goes wrong in an exam afterwards, comes back', async () => {
    const task = course.task(0, 0);
    await answer(app, student.actor, task, '1');
    toDay(5);
    const { id } = await begin(app, student.actor, await anExam(app, course, { tasks: [task] }));
    await type(app, student.actor, id, { [task]: '9' });
    await finish(app, student.actor, id);
    expect(await app.db.taskProgress.findFirst({ where: { personId: student.actor.id } })).toMatchObject({ wrongCount: 0 });
    toDay(1);
    expect((await today()).due).toMatchObject([{ taskId: task, step: 1 }]);
    expect((await getMistakesBrief(app, student.actor)).due).toBe(1);
    expect(await again(task, '1')).toMatchObject({ verdict: 'right', nextOn: '2026-12-03' });
  });

  test('the student’s own midnight decides', async () => {
    const far = await aStudent(app, { timeZone: 'Asia/Kamchatka' });
    clock.set('2026-11-24T11:59:00Z');
    await answer(app, student.actor, course.task(0, 0), '9');
    await answer(app, far.actor, course.task(0, 0), '9');
    clock.forward(2 * 60_000);
    expect((await getMistakes(app, far.actor)).due).toHaveLength(1);
    expect(await ids()).toEqual([]);
    clock.set('2026-11-24T21:00:00Z');
    expect(await ids()).toHaveLength(1);
  });

  test('a mended key that makes the answer right takes it off', async () => {
    await answer(app, student.actor, course.task(0, 0), '9');
    toDay(1);
    await app.db.submission.updateMany({ where: { personId: student.actor.id }, data: { verdict: 'right', points: 1 } });
    await rebuildProgress(app);
    expect(await today()).toMatchObject({ total: 0, due: [] });
  });

  test('twenty a day, what has waited longest first; the rest waits for the next day', async () => {
    const many = await aCourse(app, { topics: [{ tasks: Array.from({ length: 23 }, () => aNumber('1')) }] });
    const { tasks } = many.topic(0);
    const oldest = many.task(0, 22);
    await answer(app, student.actor, oldest, '9');
    toDay(1);
    // The answers of half a minute: no more are taken.
    for (const task of tasks.slice(0, 18)) await answer(app, student.actor, task, '9');
    const made = await app.db.submission.findFirstOrThrow({ where: { taskId: many.task(0, 0) }, omit: { id: true } });
    const rest = tasks.slice(18, 22).map((taskId) => ({ ...made, given: '9', taskId, clientId: randomUUID() }));
    await app.db.submission.createMany({ data: rest });
    await rebuildProgress(app);
    toDay(1);
    const first = await today();
    expect(first).toMatchObject({ dueTotal: 23, doneToday: 0, total: 23, nextOn: null });
    expect(first.due).toHaveLength(20);
    expect(first.due[0]?.taskId).toBe(oldest);
    expect((await getMistakesBrief(app, student.actor)).due).toBe(20);
    for (const { taskId } of first.due) await again(taskId, '1');
    expect(await today()).toMatchObject({ due: [], dueTotal: 3, doneToday: 20, nextOn: '2026-11-27' });
    expect(await getMistakesBrief(app, student.actor)).toEqual({ due: 0, nextOn: '2026-11-27', first: [] });
    toDay(1);
    expect(await ids()).toHaveLength(3);
  });

  test('nobody else’s, and nothing for a newcomer', async () => {
    const other = await aStudent(app);
    await answer(app, student.actor, course.task(0, 0), '9');
    toDay(1);
    expect(await getMistakes(app, other.actor)).toMatchObject({ due: [], dueTotal: 0, doneToday: 0, total: 0, nextOn: null });
  });
});

describe('an answer', () => {
  beforeEach(async () => {
    await answer(app, student.actor, course.task(0, 0), '9');
    toDay(1);
  });

  test('a wrong one brings the task back tomorrow, and a right one after it on the same day changes nothing', async () => {
    expect(await again(course.task(0, 0), '8')).toMatchObject({ verdict: 'wrong', nextOn: '2026-11-26' });
    expect(await today()).toMatchObject({ due: [], doneToday: 1, nextOn: '2026-11-26' });
    expect(await again(course.task(0, 0), '1')).toMatchObject({ verdict: 'right', nextOn: '2026-11-26' });
    toDay(1);
    expect((await today()).due).toMatchObject([{ step: 1 }]);
  });

  test('counts once: a double click, two tabs, and again after an answer that was lost', async () => {
    const clientId = randomUUID();
    const send = () => again(course.task(0, 0), '1', clientId);
    const both = await Promise.all([send(), send(), again(course.task(0, 0), '1')]);
    expect(both.map((result) => result.outcome === 'graded' && result.nextOn)).toEqual(['2026-11-28', '2026-11-28', '2026-11-28']);
    expect(await send()).toEqual(both[0]);
    expect((await today()).nextOn).toBe('2026-11-28');
    await expect(again(course.task(0, 0), '2', clientId)).rejects.toMatchObject({ code: 'TASKS_CLIENT_ID_REUSED' });
    await expect(again(course.task(0, 1), '1', clientId)).rejects.toMatchObject({ code: 'MISTAKES_NOT_FOUND' });
  });

  test('the last one is told again too, when its answer was lost', async () => {
    for (const days of [0, 3, 7]) {
      toDay(days);
      await again(course.task(0, 0), '1');
    }
    toDay(21);
    const clientId = randomUUID();
    const result = await again(course.task(0, 0), '1', clientId);
    expect(result).toMatchObject({ verdict: 'right', nextOn: null });
    expect(await again(course.task(0, 0), '1', clientId)).toEqual(result);
    await expect(again(course.task(0, 0), '1')).rejects.toMatchObject({ code: 'MISTAKES_NOT_FOUND' });
  });

  test('of the wrong form costs nothing', async () => {
    expect(await again(course.task(0, 0), 'два')).toEqual({ outcome: 'malformed', problem: { code: 'not-a-number' } });
    expect(await today()).toMatchObject({ dueTotal: 1, doneToday: 0 });
  });

  test('changes neither progress nor streak nor when the student was last seen', async () => {
    const before = {
      progress: await getProgress(app, student.actor),
      rows: await app.db.taskProgress.findMany({ where: { personId: student.actor.id } }),
      person: await app.db.person.findUnique({ where: { id: student.actor.id }, select: { lastActiveAt: true } }),
      submissions: await app.db.submission.count(),
      visits: await app.db.topicVisit.count(),
    };
    await again(course.task(0, 0), '8');
    toDay(1);
    await again(course.task(0, 0), '1');
    clock.forward(-dayMs);
    await rebuildProgress(app);
    expect({
      progress: await getProgress(app, student.actor),
      rows: await app.db.taskProgress.findMany({ where: { personId: student.actor.id } }),
      person: await app.db.person.findUnique({ where: { id: student.actor.id }, select: { lastActiveAt: true } }),
      submissions: await app.db.submission.count(),
      visits: await app.db.topicVisit.count(),
    }).toEqual(before);
  });

  test('to a task that is on no ladder, or is unknown, is refused', async () => {
    for (const task of [course.task(0, 1), randomUUID()]) {
      await expect(again(task, '2')).rejects.toMatchObject({ code: 'MISTAKES_NOT_FOUND' });
    }
    const other = await aStudent(app);
    const stranger = answerMistake(app, other.actor, { taskId: course.task(0, 0), clientId: randomUUID(), value: '1' });
    await expect(stranger).rejects.toMatchObject({ code: 'MISTAKES_NOT_FOUND' });
  });

  test('hears what a teacher says to everybody who answers so', async () => {
    const moderator = await aModerator(app);
    const key = { taskId: course.task(0, 0), hash: hashOf('9') };
    await saveReply(app, moderator.actor, { ...key, body: 'Проверьте **знак**.', base: null });
    expect(await again(course.task(0, 0), '9')).toMatchObject({ verdict: 'wrong', replyHtml: '<p>Проверьте <strong>знак</strong>.</p>' });
    expect(await again(course.task(0, 0), '7')).toMatchObject({ replyHtml: null });
    await removeReply(app, moderator.actor, key);
    expect(await again(course.task(0, 0), '9')).toMatchObject({ replyHtml: null });
  });
});

describe('only what the student may see', () => {
  type Change = () => Promise<unknown>;
  const topic = () => ({ where: { id: course.topic(0).id } });
  const changes: [string, Change, number][] = [
    ['an open topic', async () => {}, 1],
    ['a task that was taken back', () => app.db.task.update({ where: { id: course.task(0, 0) }, data: { publishedAt: null } }), 0],
    ['a deleted task', () => app.db.task.update({ where: { id: course.task(0, 0) }, data: { deletedAt: clock.now() } }), 0],
    ['a topic that was taken back', () => app.db.topic.update({ ...topic(), data: { publishedAt: null } }), 0],
    ['a deleted course', () => app.db.course.update({ where: { id: course.id }, data: { deletedAt: clock.now() } }), 0],
    [
      'a date that moved: what was opened stays open',
      () => app.db.topic.update({ ...topic(), data: { opensAt: new Date('2027-01-01') } }),
      1,
    ],
    ['a paid course that is taken', () => app.db.course.update({ where: { id: course.id }, data: { priceMinor: 100 } }), 1],
    [
      'a paid course that was taken away',
      async () => {
        await app.db.course.update({ where: { id: course.id }, data: { priceMinor: 100 } });
        await app.db.enrolment.deleteMany({ where: { courseId: course.id } });
      },
      0,
    ],
  ];
  test.each(changes)('%s', async (_, change, count) => {
    await answer(app, student.actor, course.task(0, 0), '9');
    toDay(1);
    await change();
    expect(await today()).toMatchObject({ dueTotal: count, total: count });
    expect((await getMistakesBrief(app, student.actor)).due).toBe(count);
    const given = again(course.task(0, 0), '1');
    if (count === 1) expect(await given).toMatchObject({ verdict: 'right' });
    else await expect(given).rejects.toMatchObject({ code: 'MISTAKES_NOT_FOUND' });
  });

  test('long answers are a teacher’s: they do not come back', async () => {
    const long = await aCourse(app, { topics: [{ tasks: [aLongTask()] }] });
    const data = { personId: student.actor.id, taskId: long.task(0, 0), wrongCount: 1, lastAt: clock.now() };
    const given = { given: 'x', canonical: 'x', canonicalHash: 'x', understood: 'x', verdict: 'wrong' as const, points: 0 };
    await app.db.taskProgress.create({ data });
    await app.db.submission.create({
      data: {
        personId: data.personId,
        taskId: data.taskId,
        clientId: randomUUID(),
        ...given,
        createdAt: clock.now(),
        localOn: clock.now(),
      },
    });
    toDay(1);
    expect(await today()).toMatchObject({ total: 0 });
  });

  /** A task of a draft topic that went wrong in an exam. */
  async function anExamMistake(over: {
    released: boolean;
    finished?: boolean;
  }): Promise<{ exam: MadeExam; task: string; attemptId: string }> {
    const bank = await aCourse(app, { topics: [{ published: false, tasks: [aNumber('1')] }] });
    const exam = await anExam(app, bank);
    const task = bank.task(0, 0);
    const [attemptId, at] = [randomUUID(), clock.now()];
    await app.db.examAttempt.create({
      data: {
        id: attemptId,
        examId: exam.id,
        personId: student.actor.id,
        number: 1,
        startedAt: at,
        finishedAt: over.finished === false ? null : at,
        releasedAt: over.released ? at : null,
        answers: { create: [{ taskId: task, position: 0 }] },
      },
    });
    const given = { given: '9', canonical: '9', canonicalHash: hashOf('9'), understood: '9', verdict: 'wrong' as const, points: 0 };
    const localOn = new Date(dayIn(student.actor.timeZone, at));
    await app.db.submission.create({
      data: { personId: student.actor.id, taskId: task, clientId: randomUUID(), ...given, createdAt: at, localOn },
    });
    await rebuildProgress(app);
    toDay(1);
    return { exam, task, attemptId };
  }

  test('a task of a draft topic comes back once its exam may be reviewed, and leads there', async () => {
    const { task, attemptId } = await anExamMistake({ released: true });
    expect((await today()).due).toMatchObject([{ taskId: task, taskSlug: null, attemptId, solution: false }]);
    expect(await again(task, '1')).toMatchObject({ verdict: 'right' });
  });

  test('and not before', async () => {
    const { task } = await anExamMistake({ released: false });
    expect(await today()).toMatchObject({ total: 0 });
    await expect(again(task, '1')).rejects.toMatchObject({ code: 'MISTAKES_NOT_FOUND' });
  });

  test('a task of an exam that the student is at now is not answered here', async () => {
    await answer(app, student.actor, course.task(0, 0), '9');
    toDay(1);
    const exam = await anExam(app, course);
    const attempt = { id: randomUUID(), examId: exam.id, personId: student.actor.id, number: 1, startedAt: clock.now() };
    await app.db.examAttempt.create({ data: { ...attempt, answers: { create: [{ taskId: course.task(0, 0), position: 0 }] } } });
    await expect(again(course.task(0, 0), '1')).rejects.toMatchObject({ code: 'TASKS_IN_EXAM', data: { attemptId: attempt.id } });
    await app.db.examAttempt.update({ where: { id: attempt.id }, data: { finishedAt: clock.now() } });
    expect(await again(course.task(0, 0), '1')).toMatchObject({ verdict: 'right' });
  });
});

test('the solution may be read here when it may be read at the task', async () => {
  const rules = await aCourse(app, {
    topics: [
      {
        tasks: [
          { ...aNumber('1'), solution: 'так', solutionRule: 'always' },
          { ...aNumber('1'), solution: 'так', solutionRule: 'after', solutionAfter: 2 },
          { ...aNumber('1'), solution: 'так', solutionRule: 'solved' },
          aNumber('1'),
        ],
      },
    ],
  });
  for (const task of rules.topic(0).tasks) await answer(app, student.actor, task, '9');
  toDay(1);
  expect((await today()).due.map(({ solution }) => solution)).toEqual([true, false, false, false]);
});

test('one statement for the sign in the head, two for the page, whatever the number of tasks', async () => {
  const counts = async () => ({
    brief: (await statementsOf(app, () => getMistakesBrief(app, student.actor))).length,
    page: (await statementsOf(app, () => today())).length,
  });
  await answer(app, student.actor, course.task(0, 0), '9');
  toDay(1);
  expect(await counts()).toEqual({ brief: 1, page: 2 });
  await answer(app, student.actor, course.task(0, 1), '9');
  await answer(app, student.actor, course.task(0, 2), '9');
  toDay(1);
  expect(await counts()).toEqual({ brief: 1, page: 2 });
});

test('the statement agrees with the rule on any history', async () => {
  const many = await aCourse(app, { topics: [{ tasks: Array.from({ length: 60 }, () => aNumber('1')) }] });
  const zones = ['Europe/Kaliningrad', 'Asia/Kamchatka', 'America/Anchorage'];
  let seed = 20_261_124;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const expected = new Map<string, string>();
  for (const taskId of many.topic(0).tasks) {
    const wrong: { at: number; on: string }[] = [];
    const answers: { at: number; on: string; right: boolean }[] = [];
    let at = Date.parse('2026-09-01T00:00:00Z');
    for (let step = 0; step < 1 + random(24); step += 1) {
      at += 1 + random(9 * dayMs);
      const on = dayIn(zones[random(3)] ?? 'UTC', new Date(at));
      const kind = step === 0 ? 0 : random(24);
      const row = { personId: student.actor.id, taskId, clientId: randomUUID(), given: '1', understood: '1' };
      const when = { createdAt: new Date(at), localOn: new Date(on) };
      if (kind === 0) {
        wrong.push({ at, on });
        const hash = { canonical: `${step}`, canonicalHash: `${step}`, points: 0 };
        await app.db.submission.create({ data: { ...row, ...hash, verdict: random(2) ? 'wrong' : 'partly', ...when } });
      } else {
        answers.push({ at, on, right: kind > 1 });
        await app.db.mistakeAnswer.create({ data: { ...row, verdict: kind > 1 ? 'right' : 'wrong', ...when } });
      }
    }
    const rung = rungOf(wrong, answers);
    expected.set(taskId, rung ? `${rung.step} ${rung.dueOn}` : 'learnt');
  }
  await rebuildProgress(app);
  const { rows } = await app.pool.query<{ task_id: string; step: number; due_on: string | null }>(
    `SELECT task_id, step, to_char(due_on, 'YYYY-MM-DD') AS due_on FROM (${rungs()}) l`,
    [student.actor.id],
  );
  expect(new Map(rows.map(({ task_id, step, due_on }) => [task_id, due_on ? `${step} ${due_on}` : 'learnt']))).toEqual(expected);
  // The histories are worth comparing: some learnt, some at every rung.
  expect(new Set([...expected.values()].map((value) => value.split(' ')[0])).size).toBe(5);
});
