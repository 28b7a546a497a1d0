/** Answers in flight while a key is mended: whatever the order, each ends with the verdict of the key that stays. */
import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkAnswer } from '#shared/answers/check.ts';
import type { App } from '../../platform/app.ts';
import { withClient } from '../../platform/database-admin.ts';
import { aCourse } from '../../testing/course.ts';
import { answer, solve } from '../../testing/solve.ts';
import { aSchool, aStudent, type School } from '../../testing/world.ts';
import { rebuildProgress } from '../progress/actions.ts';
import { applyKeyFix, keyFixPatience } from './key-fix.ts';
import type { Grading } from './regrade.ts';

let school: School;
let second: School;
let app: App;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  second = await aSchool({ databaseUrl: school.databaseUrl });
});
afterAll(async () => {
  await second.close();
  await school.close();
});

const five: Grading = { spec: { kind: 'number', key: '5' }, points: 1 };
const seven: Grading = { spec: { kind: 'number', key: '7' }, points: 1 };
const aTask = async () => (await aCourse(app, { topics: [{ tasks: [five] }] })).task(0, 0);

/** Mends the key; `meanwhile` runs when all is graded and nothing is committed. */
function fix(taskId: string, before: Grading, after: Grading, meanwhile: () => Promise<void> = async () => {}) {
  return app.db.$transaction(async (tx) => {
    await applyKeyFix(app, tx, { kind: 'system' }, taskId, before, after, { takePoints: true });
    await tx.task.update({ where: { id: taskId }, data: { spec: after.spec }, select: { id: true } });
    await meanwhile();
  }, keyFixPatience);
}

test('an answer that comes while answers are graded anew waits, holds no connection, and is checked by the new key', async () => {
  const taskId = await aTask();
  const students = await Promise.all(Array.from({ length: 30 }, () => aStudent(app)));
  await solve(app, (students[0] ?? (await aStudent(app))).actor, taskId, ['5']);
  let finished = 0;
  const waiting: Promise<unknown>[] = [];
  await fix(taskId, five, seven, async () => {
    const others = students.slice(1);
    waiting.push(...others.map(({ actor }) => answer(second.app, actor, taskId, '7').finally(() => (finished += 1))));
    // More of them than there are connections, and the other task is answered all the same.
    expect(others.length).toBeGreaterThan(second.app.config.databasePool);
    const elsewhere = await aTask();
    for (const value of ['1', '2', '3']) await answer(second.app, students[0]?.actor ?? expect.fail(), elsewhere, value);
    expect(finished).toBe(0);
  });
  expect(await Promise.all(waiting)).toEqual(Array(29).fill(expect.objectContaining({ outcome: 'graded', verdict: 'right' })));
});

test('an answer checked by the old key and written after the new one was committed is checked again', async () => {
  const taskId = await aTask();
  const { actor } = await aStudent(app);
  await withClient(school.databaseUrl, async (client) => {
    // Stops the statement that counts in its middle: it has seen the database as it was before.
    const line = `hashtextextended('${actor.id}'::uuid::text || '${taskId}'::uuid::text, 0)`;
    await client.query(`SELECT pg_advisory_lock(${line})`);
    const late = answer(second.app, actor, taskId, '5');
    const stopped = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`;
    await expect.poll(async () => (await client.query(stopped)).rows[0].n, { interval: 10 }).toBe(1);
    await fix(taskId, five, seven);
    await client.query(`SELECT pg_advisory_unlock(${line})`);
    expect(await late).toMatchObject({ outcome: 'graded', verdict: 'wrong' });
  });
  expect(await app.db.submission.findMany({ where: { taskId }, select: { verdict: true } })).toEqual([{ verdict: 'wrong' }]);
});

test('a storm of answers over two processes while the key goes to and fro', async () => {
  const taskId = await aTask();
  const students = await Promise.all(Array.from({ length: 40 }, () => aStudent(app)));
  let running = true;
  const answered = new EventEmitter();
  const storm = students.map(async ({ actor }, index) => {
    for (const value of index % 2 ? ['5', '7', '9'] : ['8', '7', '5']) {
      await answer(index % 3 ? app : second.app, actor, taskId, value);
      answered.emit('one');
    }
  });
  const mending = (async () => {
    let [from, to] = [five, seven];
    for (let round = 0; running || round % 2 === 0; round += 1) {
      await fix(taskId, from, to);
      [from, to] = [to, from];
      // Without a gap between two mends nobody could ever answer.
      if (running) await once(answered, 'one');
    }
  })();
  await Promise.all(storm).finally(() => {
    running = false;
    answered.emit('one');
  });
  await mending;
  const { spec } = await app.db.task.findUniqueOrThrow({ where: { id: taskId }, select: { spec: true } });
  expect(spec).toEqual(seven.spec);
  const answers = await app.db.submission.findMany({ where: { taskId }, select: { given: true, verdict: true } });
  expect(answers.length).toBeGreaterThan(40);
  for (const { given, verdict } of answers) expect(checkAnswer(seven.spec, 1, String(given))).toMatchObject({ verdict });
  const progress = () => app.db.taskProgress.findMany({ where: { taskId }, orderBy: { personId: 'asc' } });
  const kept = await progress();
  await rebuildProgress(app);
  expect(await progress()).toEqual(kept);
});
