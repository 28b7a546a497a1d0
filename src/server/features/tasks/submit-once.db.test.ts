import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App, PersonActor } from '../../platform/app.ts';
import { aCourse, aNumber, type MadeCourse, type TaskPlan } from '../../testing/course.ts';
import { answer, solve } from '../../testing/solve.ts';
import { aSchool, aStudent, type School } from '../../testing/world.ts';
import { submitAnswer } from './actions.ts';

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
describe('a submission that comes twice is one', () => {
  test('with the same client id the first result comes again, also after others and after it was solved', async () => {
    const taskId = await aTask();
    const clientId = randomUUID();
    const first = await answer(app, actor, taskId, '7', clientId);
    school.clock.forward(1000);
    expect(await answer(app, actor, taskId, '7', clientId)).toEqual(first);
    await solve(app, actor, taskId, ['8', '12,5']);
    expect(await answer(app, actor, taskId, '7', clientId)).toMatchObject({
      outcome: 'graded',
      verdict: 'wrong',
      state: { solved: true, wrongCount: 2 },
    });
    expect(await rows(taskId)).toHaveLength(3);
  });

  test('the same client id with another answer, or for another task, is refused', async () => {
    const course = await aCourse(app, { topics: [{ tasks: [aNumber('1'), aNumber('2')] }] });
    const clientId = randomUUID();
    await answer(app, actor, course.task(0, 0), '7', clientId);
    await expect(answer(app, actor, course.task(0, 0), '8', clientId)).rejects.toMatchObject({ code: 'TASKS_CLIENT_ID_REUSED' });
    await expect(answer(app, actor, course.task(0, 1), '7', clientId)).rejects.toMatchObject({ code: 'TASKS_CLIENT_ID_REUSED' });
    expect(await app.db.submission.count({ where: { personId: actor.id } })).toBe(1);
  });

  test('two students may make the same client id', async () => {
    const taskId = await aTask();
    const clientId = randomUUID();
    await answer(app, actor, taskId, '7', clientId);
    expect(await answer(app, (await aStudent(app)).actor, taskId, '8', clientId)).toMatchObject({ outcome: 'graded' });
  });
});

describe('the door is the topic’s', () => {
  const refusal = (course: MadeCourse) => answer(app, actor, course.task(0, 0), '12,5').catch((error: { code: string }) => error.code);
  test.each([
    ['a locked topic', { topics: [{ opensIn: 1, tasks: [aNumber()] }] }, 'TOPICS_NOT_OPEN'],
    ['a course that has to be paid', { priceMinor: 99_000, topics: [{ tasks: [aNumber()] }] }, 'COURSES_NO_ACCESS'],
    ['a draft of a topic', { topics: [{ published: false, tasks: [aNumber()] }] }, 'TASKS_NOT_FOUND'],
    ['a draft of a course', { published: false, topics: [{ tasks: [aNumber()] }] }, 'TASKS_NOT_FOUND'],
  ])('%s', async (_, plan, code) => {
    const course = await aCourse(app, plan);
    expect(await refusal(course)).toBe(code);
    expect(await rows(course.task(0, 0))).toEqual([]);
  });

  test('an unknown task', async () => {
    await expect(answer(app, actor, randomUUID(), '1')).rejects.toMatchObject({ code: 'TASKS_NOT_FOUND' });
  });

  test('whoever has answered keeps the topic when its date moves, and takes its free course', async () => {
    const course = await aCourse(app, { topics: [{ tasks: [aNumber()] }] });
    await answer(app, actor, course.task(0, 0), '7');
    await app.db.topic.update({
      where: { id: course.topic(0).id },
      data: { opensAt: new Date(school.clock.now().getTime() + 86_400_000) },
    });
    expect(await answer(app, actor, course.task(0, 0), '12,5')).toMatchObject({ verdict: 'right' });
    expect(await app.db.enrolment.count({ where: { personId: actor.id, courseId: course.id } })).toBe(1);
  });
});

test('guessing is braked: forty answers a minute, and the fortieth still counts', async () => {
  const taskId = await aTask();
  const results = await Promise.allSettled(
    Array.from({ length: 45 }, (_, guess) => submitAnswer(app, actor, { taskId, clientId: randomUUID(), value: String(1000 + guess) })),
  );
  expect(results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []))).toEqual(
    Array(5).fill('AUTH_RATE_LIMITED'),
  );
  expect(await rows(taskId)).toHaveLength(40);
  expect(await progress(taskId)).toMatchObject({ wrongCount: 40 });
});
