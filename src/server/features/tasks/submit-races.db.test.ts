import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App, PersonActor } from '../../platform/app.ts';
import { aCourse, aNumber, type TaskPlan } from '../../testing/course.ts';
import { answer, solve } from '../../testing/solve.ts';
import { aSchool, aStudent, type School } from '../../testing/world.ts';
import { rebuildProgress } from '../progress/actions.ts';

let school: School;
let app: App;
let second: School;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  second = await aSchool({ databaseUrl: school.databaseUrl });
});
afterAll(async () => {
  await second.close();
  await school.close();
});

async function aTask(plan: TaskPlan = aNumber('12,5')): Promise<{ taskId: string; actor: PersonActor }> {
  const course = await aCourse(app, { topics: [{ tasks: [plan] }] });
  return { taskId: course.task(0, 0), actor: (await aStudent(app)).actor };
}
const rows = (taskId: string) => app.db.submission.findMany({ where: { taskId } });
const allProgress = () => app.db.taskProgress.findMany({ orderBy: [{ personId: 'asc' }, { taskId: 'asc' }] });

test('twenty clicks with one client id, over two processes, are one answer, and all hear the same', async () => {
  const { taskId, actor } = await aTask();
  const clientId = randomUUID();
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, click) => answer(click % 2 ? app : second.app, actor, taskId, '7', clientId)),
  );
  expect(results.map((result) => result.outcome)).toEqual(Array(20).fill('graded'));
  expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
  expect(await rows(taskId)).toHaveLength(1);
});

test('the same answer from twenty tabs is one answer and nineteen repeats', async () => {
  const { taskId, actor } = await aTask();
  const results = await Promise.all(Array.from({ length: 20 }, (_, tab) => answer(tab % 2 ? app : second.app, actor, taskId, '7')));
  expect(results.map((result) => result.outcome).toSorted()).toEqual(['graded', ...Array(19).fill('repeat')]);
  expect(results.every((result) => result.state.wrongCount === 1)).toBe(true);
  expect(await rows(taskId)).toHaveLength(1);
});

test('different answers from two tabs are both counted', async () => {
  const { taskId, actor } = await aTask();
  await Promise.all([answer(app, actor, taskId, '7'), answer(second.app, actor, taskId, '8')]);
  expect((await rows(taskId)).map(({ canonical }) => canonical).toSorted()).toEqual(['7', '8']);
  expect(await allProgress()).toContainEqual(expect.objectContaining({ taskId, wrongCount: 2, solvedAt: null }));
});

test('one client id with two answers at once: one is counted, the other refused', async () => {
  const { taskId, actor } = await aTask();
  const clientId = randomUUID();
  const results = await Promise.allSettled([answer(app, actor, taskId, '7', clientId), answer(second.app, actor, taskId, '8', clientId)]);
  expect(results.map((result) => (result.status === 'fulfilled' ? result.value.outcome : result.reason.code)).toSorted()).toEqual([
    'TASKS_CLIENT_ID_REUSED',
    'graded',
  ]);
  expect(await rows(taskId)).toHaveLength(1);
});

test('the progress is what the submissions say, whatever order they came in', async () => {
  const partly: TaskPlan = { spec: { kind: 'sequence', key: '4132', length: 4, partial: 'ege' }, points: 2 };
  const storms = Array.from({ length: 12 }, async (_, index) => {
    const { taskId, actor } = await aTask(partly);
    // Several right notations do not exist for a sequence; wrong, half right and right race each other.
    const values = ['1111', '4133', '2222', '4132', '4131', '3333', '4132', '5555'];
    const turned = [...values.slice(index % 8), ...values.slice(0, index % 8)];
    await Promise.all(turned.map((value, place) => answer(place % 2 ? app : second.app, actor, taskId, value)));
  });
  await Promise.all(storms);
  const { taskId, actor } = await aTask(partly);
  school.clock.forward(1000);
  await solve(app, actor, taskId, ['1111', '4133', '4132', '2222']);
  const counted = await allProgress();
  expect(counted.filter((row) => row.solvedAt !== null)).toHaveLength(13);
  await app.db.taskProgress.updateMany({ data: { wrongCount: 99, bestPoints: 0 } });
  await rebuildProgress(app);
  expect(await allProgress()).toEqual(counted);
});
