/** The statistics of a student against facts that were counted by hand, and against a naive fold over histories that nobody thought up. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App, PersonActor } from '../../../platform/app.ts';
import { aCourse, aNumber, type CoursePlan, type MadeCourse } from '../../../testing/course.ts';
import { anExam, begin, finish, type } from '../../../testing/exam.ts';
import { solve } from '../../../testing/solve.ts';
import { statementsOf } from '../../../testing/statements.ts';
import { aClock, aModerator, aSchool, aStudent, type School } from '../../../testing/world.ts';
import { deleteTask, restoreTask, unpublishTask } from '../../courses/office/tasks/actions.ts';
import { releaseDue } from '../../exams/release/actions.ts';
import { rebuildProgress, recountTask } from '../actions.ts';
import { getProgress } from '../queries.ts';
import { getStatistics } from './queries.ts';

const day = 24 * 3_600_000;
/** Of twenty points, five test points each. */
const scale = Array.from({ length: 20 }, (_, index) => (index + 1) * 5);

const clock = aClock();
let school: School;
let app: App;
let actor: PersonActor;
beforeAll(async () => {
  school = await aSchool({ clock });
  app = school.app;
});
afterAll(() => school.close());
beforeEach(async () => {
  clock.set('2026-11-24T12:00:00Z');
  ({ actor } = await aStudent(app));
});

const statistics = (course: string | null = null, who = actor) => getStatistics(app, who, { course });
const right = (course: MadeCourse, topic: number, task: number, who = actor) => solve(app, who, course.task(topic, task), ['1']);
const numbered = (numbers: number[]) => numbers.map((examNumber) => ({ ...aNumber('1'), examNumber }));
/** A course that has been open for long, so that answers of any day of the year are answers to it. */
const anOldCourse = (topics: NonNullable<CoursePlan['topics']>) =>
  aCourse(app, { topics: topics.map((topic) => ({ opensIn: -24 * 500, ...topic })), scale });

/** An answer as the release of an exam writes it: counted, of another moment than now, then the progress made anew. */
async function released(taskId: string, at: string, verdict: 'right' | 'wrong', canonical: string = randomUUID()) {
  const data = { personId: actor.id, taskId, clientId: randomUUID(), given: '1', canonical, canonicalHash: canonical, understood: '1' };
  await app.db.submission.create({
    data: { ...data, verdict, points: verdict === 'right' ? 1 : 0, createdAt: new Date(at), localOn: new Date(at.slice(0, 10)) },
  });
  await app.db.$transaction((tx) => recountTask(tx, actor.id, taskId));
}

test('a newcomer has an empty year, twelve empty weeks and nothing else', async () => {
  const found = await statistics();
  expect(found).toEqual({
    activity: { today: '2026-11-24', from: '2025-11-24', days: [], solved: 0 },
    weeks: expect.any(Array),
    topics: [],
    forecasts: [],
  });
  expect(found.weeks.map(({ solved }) => solved)).toEqual(Array(12).fill(0));
});

describe('activity and weeks', () => {
  test('a task counts once, on the day it was first solved, over all courses; weeks are of the course asked for', async () => {
    const algebra = await anOldCourse([{ tasks: numbered([1, 2, 3]) }]);
    const geometry = await anOldCourse([{ tasks: numbered([1]) }]);
    const other = (await aStudent(app)).actor;
    await right(algebra, 0, 0);
    await solve(app, actor, algebra.task(0, 1), ['7']);
    await right(algebra, 0, 0, other);
    clock.forward(day);
    await right(algebra, 0, 0);
    await solve(app, actor, algebra.task(0, 1), ['8', '1', '1']);
    await right(geometry, 0, 0);
    clock.forward(5 * day);
    await right(algebra, 0, 2);

    const all = await statistics();
    expect(all.activity).toEqual({
      today: '2026-11-30',
      from: '2025-12-01',
      days: [
        { on: '2026-11-24', solved: 1 },
        { on: '2026-11-25', solved: 2 },
        { on: '2026-11-30', solved: 1 },
      ],
      solved: 4,
    });
    expect(all.weeks.slice(-2)).toEqual([
      { from: '2026-11-23', solved: 3, current: false },
      { from: '2026-11-30', solved: 1, current: true },
    ]);
    const own = await statistics(algebra.slug);
    expect(own.activity).toEqual(all.activity);
    expect(own.weeks.slice(-2).map(({ solved }) => solved)).toEqual([2, 1]);
    expect((await statistics(geometry.slug)).weeks.slice(-2).map(({ solved }) => solved)).toEqual([1, 0]);
  });

  test('answers of an exam count once its review opens, on the day it was over, and never twice', async () => {
    const course = await anOldCourse([{ tasks: numbered([1, 2]) }, { published: false, tasks: numbered([3, 4]) }]);
    const exam = await anExam(app, course, { review: 'closing', closesIn: 48 });
    await right(course, 0, 0);
    clock.forward(day);
    const { id } = await begin(app, actor, exam);
    const [again = '', fresh = '', ofBank = '', wrong = ''] = exam.tasks;
    await type(app, actor, id, { [again]: '1', [fresh]: '1', [ofBank]: '1', [wrong]: '7' });
    await finish(app, actor, id);
    const before = await statistics();
    expect(before.activity.days).toEqual([{ on: '2026-11-24', solved: 1 }]);
    expect(before.forecasts[0]?.basis).toEqual({ answers: 1, numbers: 1, ofNumbers: 4 });

    clock.forward(3 * day);
    await releaseDue(app);
    const after = await statistics();
    expect(after.activity.days).toEqual([
      { on: '2026-11-24', solved: 1 },
      { on: '2026-11-25', solved: 2 },
    ]);
    expect(after.weeks.at(-1)?.solved).toBe(3);
    expect(after.forecasts[0]?.basis).toEqual({ answers: 4, numbers: 4, ofNumbers: 4 });
    expect(after.topics.map(({ firstTry }) => firstTry)).toEqual([{ done: 2, total: 2 }]);
    expect((await getProgress(app, actor)).streak).toMatchObject({ now: 0, best: 2 });
  });

  test('a task solved twice counts on the first of the days', async () => {
    const course = await anOldCourse([{ tasks: numbered([1]) }]);
    await right(course, 0, 0);
    await released(course.task(0, 0), '2026-11-22T10:00:00Z', 'right');
    expect((await statistics()).activity.days).toEqual([{ on: '2026-11-22', solved: 1 }]);
    expect((await getProgress(app, actor)).streak).toMatchObject({ now: 0, best: 1, todayCounted: false });
  });

  test('what is no longer shown was solved all the same', async () => {
    const course = await anOldCourse([{ tasks: numbered([1, 2]) }]);
    await right(course, 0, 0);
    const before = (await statistics()).activity;
    await unpublishTask(app, (await aModerator(app)).actor, { id: course.task(0, 0) });
    expect((await statistics()).activity).toEqual(before);
  });

  test('today is the student’s own', async () => {
    const at = async (instant: string, timeZone: string) => {
      clock.set(instant);
      const { activity, weeks } = await statistics(null, { ...actor, timeZone });
      return [activity.today, activity.from, weeks.at(-1)?.from];
    };
    expect(await at('2026-11-22T20:59:59Z', 'Europe/Moscow')).toEqual(['2026-11-22', '2025-11-17', '2026-11-16']);
    expect(await at('2026-11-22T21:00:00Z', 'Europe/Moscow')).toEqual(['2026-11-23', '2025-11-24', '2026-11-23']);
    expect(await at('2026-11-22T21:00:00Z', 'Europe/Kaliningrad')).toEqual(['2026-11-22', '2025-11-17', '2026-11-16']);
    expect(await at('2026-11-22T12:00:00Z', 'Asia/Kamchatka')).toEqual(['2026-11-23', '2025-11-24', '2026-11-23']);
  });
});

describe('accuracy of topics', () => {
  test('is right first answers of tasks that were tried, in the order of courses and topics, and adds up to the profile’s', async () => {
    const algebra = await anOldCourse([{ tasks: numbered([1, 2]) }, { tasks: numbered([3]) }, { tasks: numbered([4]) }]);
    const geometry = await anOldCourse([{ tasks: numbered([1]) }]);
    await right(algebra, 2, 0);
    clock.forward(1000);
    await right(geometry, 0, 0);
    await right(algebra, 0, 0);
    await solve(app, actor, algebra.task(0, 1), ['7', '1']);

    const rows = (await statistics()).topics.map(({ courseSlug, topicSlug, firstTry }) => [
      courseSlug,
      topicSlug,
      firstTry.done,
      firstTry.total,
    ]);
    expect(rows).toEqual([
      [algebra.slug, 'topic-1', 1, 2],
      [algebra.slug, 'topic-3', 1, 1],
      [geometry.slug, 'topic-1', 1, 1],
    ]);
    expect((await getProgress(app, actor)).firstTry).toEqual({ done: 3, total: 4 });
    expect((await statistics(geometry.slug)).topics).toMatchObject([{ courseSlug: geometry.slug, title: 'Тема 1' }]);
  });

  test('leaves out what was deleted or taken back, and has it again when it returns', async () => {
    const moderator = (await aModerator(app)).actor;
    const course = await anOldCourse([{ tasks: numbered([1, 2, 3]) }]);
    for (const task of [0, 1, 2]) await right(course, 0, task);
    const counts = async () => (await statistics()).topics.map(({ firstTry }) => firstTry);
    await deleteTask(app, moderator, { id: course.task(0, 0) });
    expect(await counts()).toEqual([{ done: 2, total: 2 }]);
    await unpublishTask(app, moderator, { id: course.task(0, 1) });
    expect(await counts()).toEqual([{ done: 1, total: 1 }]);
    await restoreTask(app, moderator, { id: course.task(0, 0) });
    expect(await counts()).toEqual([{ done: 2, total: 2 }]);
    await app.db.topic.update({ where: { id: course.topic(0).id }, data: { publishedAt: null } });
    expect(await counts()).toEqual([]);
  });
});

describe('the forecast', () => {
  const twelve = Array.from({ length: 12 }, (_, index) => index + 1);
  const forecast = async () => (await statistics()).forecasts[0];

  test('is made from first answers of the last 60 days', async () => {
    const course = await anOldCourse([{ tasks: numbered([...twelve, 13]) }]);
    await right(course, 0, 12);
    await solve(app, actor, course.task(0, 11), ['7']);
    clock.forward(60 * day);
    // The first answer to number 12 was wrong, and it is older than what counts.
    await right(course, 0, 11);
    for (const task of [0, 1, 2, 3, 4, 5, 6]) await right(course, 0, task);
    for (const task of [7, 8]) await solve(app, actor, course.task(0, task), ['7', '1']);
    expect(await forecast()).toMatchObject({ now: null, basis: { answers: 9, numbers: 9, ofNumbers: 13 } });
    await right(course, 0, 9);
    expect(await forecast()).toMatchObject({
      courseSlug: course.slug,
      year: 2025,
      maxPrimary: 20,
      target: 60,
      targetPrimary: 12,
      marks: [
        { score: 60, primary: 12 },
        { score: 80, primary: 16 },
      ],
      now: { primary: 8, score: 40 },
      basis: { answers: 10, numbers: 10, ofNumbers: 13 },
    });
    // One of them is on its last day.
    clock.forward(59 * day);
    expect((await forecast())?.basis.answers).toBe(10);
    clock.forward(day);
    expect((await forecast())?.basis.answers).toBe(0);
  });

  test('counts the day by the zone the student had when answering', async () => {
    const course = await anOldCourse([{ tasks: numbered([1]) }]);
    clock.set('2026-09-25T21:30:00Z');
    await right(course, 0, 0);
    // In Moscow it was the 26th already: sixty days to the 24th of November.
    clock.set('2026-11-24T12:00:00Z');
    expect((await forecast())?.basis.answers).toBe(1);
    expect((await statistics(null, { ...actor, timeZone: 'Asia/Kamchatka' })).forecasts[0]?.basis.answers).toBe(0);
  });

  test('takes the newest scale, leaves out subjects without one and courses nobody sees', async () => {
    const course = await anOldCourse([{ tasks: numbered(twelve) }]);
    const bare = await aCourse(app, { topics: [{ tasks: numbered([1]) }] });
    for (const task of twelve.keys()) await right(course, 0, task);
    await right(bare, 0, 0);
    const { subjectId } = await app.db.course.findUniqueOrThrow({ where: { id: course.id }, select: { subjectId: true } });
    await app.db.scale.create({ data: { subjectId, year: 2026, points: [...scale.slice(0, 19).map((score) => score + 1), 100] } });
    await app.db.scale.create({ data: { subjectId, year: 2024, points: [1] } });
    expect((await statistics()).forecasts).toMatchObject([{ courseSlug: course.slug, year: 2026, now: { primary: 12, score: 61 } }]);
    expect((await statistics(bare.slug)).forecasts).toEqual([]);
    await app.db.course.update({ where: { id: course.id }, data: { publishedAt: null } });
    expect((await statistics()).forecasts).toEqual([]);
  });

  test('a number has the points that most of its tasks have; a deleted task says nothing', async () => {
    const tasks = numbered([...twelve, 20, 20, 20]);
    const course = await anOldCourse([{ tasks: tasks.map((task, index) => ({ ...task, points: index > 12 ? 2 : 1 })) }]);
    for (const task of twelve.keys()) await right(course, 0, task);
    await right(course, 0, 13);
    expect(await forecast()).toMatchObject({ now: { primary: 14 }, basis: { answers: 13, numbers: 13, ofNumbers: 13 } });
    await deleteTask(app, (await aModerator(app)).actor, { id: course.task(0, 13) });
    expect(await forecast()).toMatchObject({ now: { primary: 12 }, basis: { answers: 12, numbers: 12, ofNumbers: 13 } });
  });

  test('knows tasks of a topic kept back by the exams they stand in', async () => {
    const course = await anOldCourse([{ tasks: numbered([1]) }, { published: false, tasks: numbered([2, 3]) }]);
    await right(course, 0, 0);
    expect((await forecast())?.basis).toEqual({ answers: 1, numbers: 1, ofNumbers: 1 });
    const { id } = await anExam(app, course, { tasks: [course.task(1, 0)] });
    await released(course.task(1, 0), '2026-11-20T10:00:00Z', 'wrong');
    expect((await forecast())?.basis).toEqual({ answers: 2, numbers: 2, ofNumbers: 2 });
    await app.db.exam.update({ where: { id }, data: { publishedAt: null } });
    expect((await forecast())?.basis).toEqual({ answers: 1, numbers: 1, ofNumbers: 1 });
  });
});

describe('who asks', () => {
  test('a course the student does not take, or that is not there, is refused', async () => {
    const course = await anOldCourse([{ tasks: numbered([1]) }]);
    for (const slug of [course.slug, 'no-such-course']) await expect(statistics(slug)).rejects.toMatchObject({ code: 'COURSES_NOT_FOUND' });
    await right(course, 0, 0);
    expect((await statistics(course.slug)).topics).toHaveLength(1);
  });

  test('four statements, whatever the number of courses', async () => {
    for (let index = 0; index < 3; index += 1)
      await right(await anOldCourse([{ tasks: numbered([1, 2]) }, { tasks: numbered([3]) }]), 0, 0);
    expect(await statementsOf(app, () => statistics())).toHaveLength(4);
  });
});

/** The same numbers in every run. */
function chance(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** As many as a student may give within a minute of the real clock. */
const answersAMinute = 40;

interface Fact {
  task: number;
  value: string;
  at: Date;
}

test.each([1, 2, 3, 4, 5])('any history, folded one answer after the other, gives the same numbers (%i)', async (seed) => {
  const random = chance(seed);
  const course = await anOldCourse([{ tasks: numbered([1, 2, 3, 4, 5]) }, { tasks: numbered([5, 6, 7, 8]) }]);
  const tasks = course.topics.flatMap((topic) => topic.tasks);
  const history: Fact[] = Array.from({ length: answersAMinute }, () => ({
    task: random(tasks.length),
    value: random(3) === 0 ? '1' : String(2 + random(6)),
    at: new Date(Date.parse('2026-11-24T12:00:00Z') - random(90) * day - random(24) * 3_600_000),
  })).toSorted((a, b) => a.at.getTime() - b.at.getTime());

  const solvedOn = new Map<number, string>();
  const first = new Map<number, Fact>();
  for (const fact of history) {
    clock.set(fact.at);
    await solve(app, actor, tasks[fact.task] ?? '', [fact.value]);
    if (!first.has(fact.task)) first.set(fact.task, fact);
    // Moscow is three hours ahead.
    const on = new Date(fact.at.getTime() + 3 * 3_600_000).toISOString().slice(0, 10);
    if (fact.value === '1' && !solvedOn.has(fact.task)) solvedOn.set(fact.task, on);
  }
  clock.set('2026-11-24T12:00:00Z');

  const days = Map.groupBy(solvedOn.values(), (on) => on);
  const inTopic = (topic: number) => [...first.keys()].filter((task) => (task < 5 ? 0 : 1) === topic);
  const expected = {
    activity: {
      solved: solvedOn.size,
      days: [...days].map(([on, all]) => ({ on, solved: all.length })).toSorted((a, b) => (a.on < b.on ? -1 : 1)),
    },
    topics: [0, 1].map((topic) => ({
      firstTry: { done: inTopic(topic).filter((task) => first.get(task)?.value === '1').length, total: inTopic(topic).length },
    })),
    forecasts: [{ basis: { answers: [...first.values()].filter(({ at }) => at.getTime() >= Date.parse('2026-09-25T21:00:00Z')).length } }],
  };
  expect(await statistics()).toMatchObject(expected);
  expect((await getProgress(app, actor)).streak.todayCounted).toBe(days.has('2026-11-24'));
  await rebuildProgress(app);
  expect(await statistics()).toMatchObject(expected);
});
