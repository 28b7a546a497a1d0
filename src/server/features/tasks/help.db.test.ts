import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App, PersonActor } from '../../platform/app.ts';
import { aCourse, aNumber, type MadeCourse, type TaskPlan } from '../../testing/course.ts';
import { answer, solve } from '../../testing/solve.ts';
import { aModerator, aSchool, aStudent, type School } from '../../testing/world.ts';
import { openTopic } from '../courses/open-topic.ts';
import { getSolution } from './queries.ts';

let school: School;
let app: App;
let actor: PersonActor;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
});
afterAll(() => school.close());
beforeEach(async () => {
  ({ actor } = await aStudent(app));
});

const hint = 'Вынесите множитель';
const solution = 'Ответ: двенадцать с половиной';
const task = (terms: Partial<TaskPlan>): TaskPlan => ({ ...aNumber('12,5'), ...terms });
const aTask = (terms: Partial<TaskPlan>, chatAfter?: number) => aCourse(app, { chatAfter, topics: [{ tasks: [task(terms)] }] });
const stateOf = async (course: MadeCourse, who = actor) =>
  (await openTopic(app, who, { course: course.slug, topic: 'topic-1' })).tasks[0]?.state;
const wrong = (course: MadeCourse, values: string[]) => solve(app, actor, course.task(0, 0), values);
const solutionFor = (course: MadeCourse, who = actor) =>
  getSolution(app, who, course.task(0, 0)).catch((error: { code: string }) => error.code);

test('the hint travels after the wrong answers it asks for, not before', async () => {
  const course = await aTask({ hint, hintAfter: 2 });
  expect(JSON.stringify(await openTopic(app, actor, { course: course.slug, topic: 'topic-1' }))).not.toContain(hint);
  const results = await wrong(course, ['1', '2']);
  expect(results.map((result) => result.state.hintHtml?.includes(hint) ?? false)).toEqual([false, true]);
  expect((await stateOf(course))?.hintHtml).toContain(hint);
});

describe('the solution', () => {
  test('after the task is solved', async () => {
    const course = await aTask({ solution, solutionRule: 'solved' });
    await wrong(course, ['1', '2', '3', '4']);
    expect([(await stateOf(course))?.solution, await solutionFor(course)]).toEqual([
      { state: 'closed', wrongLeft: null },
      'TASKS_SOLUTION_CLOSED',
    ]);
    await wrong(course, ['12,5']);
    expect([(await stateOf(course))?.solution, await solutionFor(course)]).toEqual([
      { state: 'open' },
      { html: expect.stringContaining(solution) },
    ]);
  });

  test('after so many wrong answers', async () => {
    const course = await aTask({ solution, solutionRule: 'after', solutionAfter: 2 });
    expect(await solutionFor(course)).toBe('TASKS_SOLUTION_CLOSED');
    expect((await wrong(course, ['1', '2'])).map((result) => result.state.solution)).toEqual([
      { state: 'closed', wrongLeft: 1 },
      { state: 'open' },
    ]);
    expect(await solutionFor(course)).toEqual({ html: expect.stringContaining(solution) });
  });

  test('always, and for a moderator at any time', async () => {
    expect(await solutionFor(await aTask({ solution, solutionRule: 'always' }))).toMatchObject({ html: expect.any(String) });
    const moderator = (await aModerator(app)).actor;
    expect(await solutionFor(await aTask({ solution, solutionRule: 'solved' }), moderator)).toMatchObject({ html: expect.any(String) });
  });

  test('never where there is none, nor of a topic that is locked', async () => {
    const none = await aTask({ solutionRule: 'always' });
    expect([(await stateOf(none))?.solution, await solutionFor(none)]).toEqual([{ state: 'none' }, 'TASKS_SOLUTION_CLOSED']);
    const locked = await aCourse(app, { topics: [{ opensIn: 1, tasks: [task({ solution, solutionRule: 'always' })] }] });
    expect(await solutionFor(locked)).toBe('TOPICS_NOT_OPEN');
    await expect(getSolution(app, actor, randomUUID())).rejects.toMatchObject({ code: 'TASKS_NOT_FOUND' });
  });

  test('does not travel with the page, even when it is open', async () => {
    const course = await aTask({ solution, solutionRule: 'always' });
    const result = await answer(app, actor, course.task(0, 0), '12,5');
    const page = await openTopic(app, actor, { course: course.slug, topic: 'topic-1' });
    expect(JSON.stringify([result, page])).not.toContain(solution);
  });
});

describe('the chat with a teacher', () => {
  test.each([
    ['as the course says', undefined, 2, [1, 0, 0]],
    ['as the task says', 1, 3, [0, 0, 0]],
    ['after three where nobody says', undefined, undefined, [2, 1, 0]],
  ])('opens %s', async (_, ofTask, ofCourse, left) => {
    const course = await aTask({ chatAfter: ofTask }, ofCourse);
    expect((await wrong(course, ['1', '2', '3'])).map((result) => result.state.chatLeft)).toEqual(left);
  });

  test('counts neither repeats nor what is no answer', async () => {
    const course = await aTask({});
    expect((await wrong(course, ['1', '1,0', 'x', '', '1'])).map((result) => result.state.chatLeft)).toEqual([2, 2, 2, 2, 2]);
  });
});
