import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App, PersonActor } from '../../platform/app.ts';
import { aCourse, aNumber, type MadeCourse } from '../../testing/course.ts';
import { solve } from '../../testing/solve.ts';
import { statementsOf } from '../../testing/statements.ts';
import { aClock, aSchool, aStudent, type School } from '../../testing/world.ts';
import { openTopic } from '../courses/open-topic.ts';
import { rebuildProgress } from './actions.ts';
import { getHome, getProgress } from './queries.ts';

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

const visit = (course: MadeCourse, index = 0, who = actor) => openTopic(app, who, { course: course.slug, topic: course.topic(index).slug });
const right = (course: MadeCourse, topic: number, task: number, who = actor) => solve(app, who, course.task(topic, task), ['1']);
const twoTasks = { tasks: [aNumber('1'), aNumber('1')] };

test('a newcomer has zeros and a way to begin, and nothing is divided by them', async () => {
  expect(await getProgress(app, actor)).toEqual({
    topics: { done: 0, total: 0 },
    tasks: { done: 0, total: 0 },
    firstTry: null,
    streak: { now: 0, best: 0, todayCounted: false, week: expect.any(Array) },
    lastSolved: null,
    courses: [],
  });
  expect(await getHome(app, actor)).toMatchObject({ now: clock.now().toISOString(), continueAt: null, courses: [], upcoming: [] });
});

describe('the numbers are counted from the facts', () => {
  test('per course and over all, own work only', async () => {
    const algebra = await aCourse(app, { topics: [twoTasks, twoTasks, { opensIn: 24, ...twoTasks }] });
    const geometry = await aCourse(app, { topics: [{ tasks: [aNumber('1')] }] });
    const other = (await aStudent(app)).actor;
    await visit(algebra);
    await right(algebra, 0, 0);
    await solve(app, actor, algebra.task(0, 1), ['7', '1']);
    await solve(app, actor, algebra.task(1, 0), ['7']);
    clock.forward(60_000);
    await visit(geometry);
    await right(geometry, 0, 0);
    await visit(algebra, 0, other);
    await right(algebra, 1, 1, other);

    const counts = { topics: { done: 1, total: 3 }, tasks: { done: 2, total: 6 }, firstTry: { done: 1, total: 3 } };
    expect(await getProgress(app, actor)).toMatchObject({
      topics: { done: 2, total: 4 },
      tasks: { done: 3, total: 7 },
      firstTry: { done: 2, total: 4 },
      courses: [
        { slug: algebra.slug, ...counts, nextOpensAt: algebra.topic(2).opensAt.toISOString() },
        {
          slug: geometry.slug,
          topics: { done: 1, total: 1 },
          tasks: { done: 1, total: 1 },
          firstTry: { done: 1, total: 1 },
          nextOpensAt: null,
        },
      ],
      lastSolved: { courseSlug: geometry.slug, topicSlug: 'topic-1', taskSlug: 'task-1', taskNumber: 1, at: clock.now().toISOString() },
    });
    expect((await getHome(app, actor)).courses).toEqual((await getProgress(app, actor)).courses);
  });

  test('never above the whole, whatever is taken out of the course later', async () => {
    const course = await aCourse(app, { topics: [twoTasks, twoTasks] });
    await visit(course);
    for (const [topic, task] of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const)
      await right(course, topic, task);
    expect(await getProgress(app, actor)).toMatchObject({ topics: { done: 2, total: 2 }, tasks: { done: 4, total: 4 } });
    await app.db.task.delete({ where: { id: course.task(0, 1) } });
    expect(await getProgress(app, actor)).toMatchObject({ topics: { done: 2, total: 2 }, tasks: { done: 3, total: 3 } });
    await app.db.topic.update({ where: { id: course.topic(1).id }, data: { publishedAt: null } });
    expect(await getProgress(app, actor)).toMatchObject({
      topics: { done: 1, total: 1 },
      tasks: { done: 1, total: 1 },
      lastSolved: { topicSlug: 'topic-1' },
    });
    await app.db.course.update({ where: { id: course.id }, data: { publishedAt: null } });
    expect(await getProgress(app, actor)).toMatchObject({
      topics: { done: 0, total: 0 },
      tasks: { done: 0, total: 0 },
      lastSolved: null,
      courses: [],
    });
  });

  test('a task that was added makes a done topic undone', async () => {
    const course = await aCourse(app, { topics: [{ tasks: [aNumber('1')] }] });
    await visit(course);
    await right(course, 0, 0);
    const { spec } = aNumber();
    const added = {
      topicId: course.topic(0).id,
      slug: 'added',
      publishedAt: app.clock.now(),
      position: 9,
      source: '',
      title: 'Ещё',
      spec,
      points: 1,
      statement: '',
      fileNames: [],
    };
    await app.db.task.create({ data: added, select: { id: true } });
    expect(await getProgress(app, actor)).toMatchObject({ topics: { done: 0, total: 1 }, tasks: { done: 1, total: 2 } });
  });
});

describe('the home of a student', () => {
  test('leads back to the very task', async () => {
    const course = await aCourse(app, { topics: [twoTasks, twoTasks] });
    await visit(course);
    await right(course, 0, 0);
    expect((await getHome(app, actor)).continueAt).toMatchObject({
      courseSlug: course.slug,
      topicSlug: 'topic-1',
      topicNumber: 1,
      courseTopics: 2,
      tasks: { done: 1, total: 2 },
      task: { slug: 'task-2', number: 2 },
    });
    await right(course, 0, 1);
    expect((await getHome(app, actor)).continueAt).toMatchObject({ topicSlug: 'topic-2', task: { slug: 'task-1', number: 1 } });
  });

  test('to the course worked on last; a finished one gives way', async () => {
    const [first, second] = [await aCourse(app, { topics: [twoTasks] }), await aCourse(app, { topics: [{ tasks: [aNumber('1')] }] })];
    await visit(first);
    await right(first, 0, 0);
    clock.forward(1000);
    await visit(second);
    expect((await getHome(app, actor)).continueAt?.courseSlug).toBe(second.slug);
    clock.forward(1000);
    await right(second, 0, 0);
    expect((await getHome(app, actor)).continueAt?.courseSlug).toBe(first.slug);
  });

  test('when all that is open is done, it shows the course worked on last', async () => {
    const [done, waiting] = [
      await aCourse(app, { topics: [{ tasks: [aNumber('1')] }] }),
      await aCourse(app, { topics: [{ opensIn: 24 }] }),
    ];
    await app.db.enrolment.create({ data: { personId: actor.id, courseId: waiting.id, enrolledAt: clock.now(), how: 'granted' } });
    clock.forward(1000);
    await visit(done);
    await right(done, 0, 0);
    expect((await getHome(app, actor)).continueAt).toMatchObject({ courseSlug: done.slug, task: null });
  });

  test('names the next four openings, soonest first, and none that is open already', async () => {
    const course = await aCourse(app, {
      topics: [{}, { opensIn: 50 }, { opensIn: 10 }, { opensIn: 30 }, { opensIn: 40 }, { opensIn: 20 }, { opensIn: 5 }],
    });
    await visit(course);
    await app.db.topicOpening.create({ data: { personId: actor.id, topicId: course.topic(6).id, openedAt: clock.now() } });
    const home = await getHome(app, actor);
    expect(home.upcoming.map((topic) => topic.topicSlug)).toEqual(['topic-3', 'topic-6', 'topic-4', 'topic-5']);
    expect(home.courses[0]?.nextOpensAt).toBe(course.topic(2).opensAt.toISOString());
  });
});

test('both take three statements, whatever the number of courses', async () => {
  for (let index = 0; index < 3; index += 1) await visit(await aCourse(app, { topics: [twoTasks, twoTasks] }));
  expect(await statementsOf(app, () => getProgress(app, actor))).toHaveLength(3);
  expect(await statementsOf(app, () => getHome(app, actor))).toHaveLength(3);
});

test('progress that is made anew waits for answers under way longer than Prisma gives a transaction', async () => {
  const course = await aCourse(app, { topics: [twoTasks] });
  await right(course, 0, 0);
  const held = await app.pool.connect();
  await held.query('BEGIN');
  await held.query('LOCK TABLE task_progress IN ROW EXCLUSIVE MODE');
  const rebuilt = rebuildProgress(app);
  await wait(5500);
  await held.query('COMMIT');
  held.release();
  await rebuilt;
  expect((await getProgress(app, actor)).tasks).toEqual({ done: 1, total: 2 });
});
