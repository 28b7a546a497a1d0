import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { aCourse, aNumber, type TaskPlan } from '../../testing/course.ts';
import { answer, solve } from '../../testing/solve.ts';
import { aModerator, aSchool, aStudent, type School } from '../../testing/world.ts';
import { openTopic } from '../courses/open-topic.ts';

let school: School;
let app: App;
let actor: PersonActor;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
});
afterAll(() => school.close());
// The brake on guessing counts per student.
beforeEach(async () => {
  ({ actor } = await aStudent(app));
});

async function aTask(plan: TaskPlan = aNumber('12,5')): Promise<string> {
  return (await aCourse(app, { topics: [{ tasks: [plan] }] })).task(0, 0);
}
const rows = (taskId: string, personId = actor.id) => app.db.submission.findMany({ where: { taskId, personId }, orderBy: { id: 'asc' } });
const progress = (taskId: string) => app.db.taskProgress.findUnique({ where: { personId_taskId: { personId: actor.id, taskId } } });
const sequence: TaskPlan = { spec: { kind: 'sequence', key: '4132', length: 4, partial: 'ege' }, points: 2 };

describe('an answer is graded and counted', () => {
  test('wrong, wrong, right', async () => {
    const taskId = await aTask();
    const results = await solve(app, actor, taskId, ['7', '−8,0', ' 12,50 ']);
    expect(results).toMatchObject([
      { outcome: 'graded', verdict: 'wrong', points: 0, understood: '7', state: { solved: false, wrongCount: 1, bestPoints: 0 } },
      { outcome: 'graded', verdict: 'wrong', points: 0, understood: '−8', state: { solved: false, wrongCount: 2, bestPoints: 0 } },
      { outcome: 'graded', verdict: 'right', points: 1, understood: '12,5', state: { solved: true, wrongCount: 2, bestPoints: 1 } },
    ]);
    expect(results[2]?.state.attempts.map(({ understood, verdict, at }) => [understood, verdict, at])).toEqual(
      [
        ['7', 'wrong'],
        ['−8', 'wrong'],
        ['12,5', 'right'],
      ].map((attempt) => [...attempt, school.clock.now().toISOString()]),
    );
    expect(await rows(taskId)).toMatchObject([
      { given: '7', canonical: '7', verdict: 'wrong' },
      { given: '−8,0', canonical: '-8', verdict: 'wrong' },
      { given: ' 12,50 ', canonical: '12.5', verdict: 'right', createdAt: school.clock.now() },
    ]);
  });

  test('partly: half of the points, and not yet solved', async () => {
    const taskId = await aTask(sequence);
    expect(await solve(app, actor, taskId, ['4133', '1111', '4132'])).toMatchObject([
      { verdict: 'partly', points: 1, state: { solved: false, wrongCount: 1, bestPoints: 1 } },
      { verdict: 'wrong', points: 0, state: { solved: false, wrongCount: 2, bestPoints: 1 } },
      { verdict: 'right', points: 2, state: { solved: true, wrongCount: 2, bestPoints: 2 } },
    ]);
  });

  test('the page shows the same after a reload', async () => {
    const course = await aCourse(app, { topics: [{ tasks: [sequence, aNumber()] }] });
    const [, last] = await solve(app, actor, course.task(0, 0), ['4133', '4132']);
    const page = await openTopic(app, actor, { course: course.slug, topic: 'topic-1' });
    expect(page.tasks.map((task) => task.state)).toEqual([
      last?.state,
      {
        keyFixPoints: null,
        solved: false,
        bestPoints: 0,
        wrongCount: 0,
        attempts: [],
        hintHtml: null,
        solution: { state: 'none' },
        chatLeft: 3,
        chat: null,
      },
    ]);
  });

  test.each([
    ['Europe/Moscow', '2026-11-24'],
    ['Asia/Kamchatka', '2026-11-25'],
  ])('on the day of the student’s own zone: %s', async (timeZone, day) => {
    const { actor: student } = await aStudent(app, { timeZone });
    const taskId = await aTask();
    await answer({ ...app, clock: { now: () => new Date('2026-11-24T20:30:00Z') } }, student, taskId, '7');
    expect((await rows(taskId, student.id))[0]?.localOn).toEqual(new Date(`${day}T00:00:00Z`));
  });
});

describe('what costs nothing and leaves no trace', () => {
  test.each<[string, TaskPlan, AnswerValue, object]>([
    ['nothing', aNumber(), '  ', { code: 'empty' }],
    ['words for a number', aNumber(), 'двенадцать', { code: 'not-a-number' }],
    ['three symbols of four', sequence, '413', { code: 'length', needed: 4, given: 3 }],
    ['a symbol twice in a set', { spec: { kind: 'set', key: '135', partial: 'ege' } }, '1355', { code: 'repeated-symbols', symbol: '5' }],
    [
      'an option that is not there',
      {
        spec: {
          kind: 'choice',
          key: 'a',
          options: [
            { id: 'a', text: '1' },
            { id: 'b', text: '2' },
          ],
        },
      },
      'z',
      { code: 'unknown-option' },
    ],
    [
      'a cell that is no number',
      { spec: { kind: 'cells', key: [['1', '2']], rows: 1, cols: 2, partial: 'none' } },
      [['1', 'x']],
      { code: 'cell-not-a-number', row: 0, col: 1 },
    ],
    ['a table where a number is asked', aNumber(), [['1']], { code: 'wrong-shape' }],
  ])('%s', async (_, plan, value, problem) => {
    const taskId = await aTask(plan);
    const result = await answer(app, actor, taskId, value);
    expect(result).toMatchObject({ outcome: 'malformed', state: { wrongCount: 0, attempts: [] } });
    expect(result.outcome === 'malformed' && result.problem).toMatchObject(
      'symbol' in problem ? { code: problem.symbol && 'repeated-symbols' } : problem,
    );
    expect([await rows(taskId), await progress(taskId)]).toEqual([[], null]);
  });

  test('the same wrong answer again, in whatever notation', async () => {
    const taskId = await aTask();
    const firstAt = school.clock.now().toISOString();
    await answer(app, actor, taskId, '7');
    school.clock.forward(60_000);
    for (const again of ['7', '7,0', ' +7 ']) {
      expect(await answer(app, actor, taskId, again)).toMatchObject({
        outcome: 'repeat',
        verdict: 'wrong',
        at: firstAt,
        state: { wrongCount: 1 },
      });
    }
    expect(await rows(taskId)).toHaveLength(1);
  });

  test('anything after the task is solved: it is graded and not kept', async () => {
    const taskId = await aTask();
    await answer(app, actor, taskId, '12,5');
    const before = [await rows(taskId), await progress(taskId)];
    expect(await answer(app, actor, taskId, '99')).toMatchObject({
      outcome: 'graded',
      verdict: 'wrong',
      state: { solved: true, wrongCount: 0 },
    });
    expect(await answer(app, actor, taskId, '12,500')).toMatchObject({ outcome: 'repeat', verdict: 'right' });
    expect([await rows(taskId), await progress(taskId)]).toEqual(before);
  });

  test('what a moderator tries out', async () => {
    const taskId = await aTask();
    const moderator = (await aModerator(app)).actor;
    expect(await answer(app, moderator, taskId, '7')).toMatchObject({ outcome: 'graded', verdict: 'wrong' });
    expect(await answer(app, moderator, taskId, '12,5')).toMatchObject({ outcome: 'graded', verdict: 'right', state: { solved: false } });
    expect(await rows(taskId, moderator.id)).toEqual([]);
  });
});
