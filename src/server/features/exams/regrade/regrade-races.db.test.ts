/** Attempts that end, and reviews that open, while a key goes to and fro: whatever the order, every answer ends graded by the key that stays. */
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkAnswer } from '#shared/answers/check.ts';
import { AppError } from '#shared/errors.ts';
import type { App } from '../../../platform/app.ts';
import { aCourse } from '../../../testing/course.ts';
import { anExam } from '../../../testing/exam.ts';
import { aClock, aSchool, aStudent, type School } from '../../../testing/world.ts';
import { rebuildProgress } from '../../progress/actions.ts';
import { applyKeyFix, keyFixPatience } from '../../tasks/key-fix.ts';
import type { Grading } from '../../tasks/regrade.ts';
import { startAttempt } from '../attempts/actions.ts';
import { closeAttempt, closeDueAttempts } from '../closing/actions.ts';
import { releaseDue } from '../release/actions.ts';
import { syncAttempt } from '../sync/actions.ts';

const clock = aClock();
let school: School;
let second: School;
let app: App;
beforeAll(async () => {
  school = await aSchool({ clock });
  app = school.app;
  second = await aSchool({ clock, databaseUrl: school.databaseUrl });
});
afterAll(async () => {
  await second.close();
  await school.close();
});

const five: Grading = { spec: { kind: 'number', key: '5' }, points: 1 };
const seven: Grading = { spec: { kind: 'number', key: '7' }, points: 2 };
const given = ['5', '7', '9'];

test('two processes end attempts and open their reviews while the key is mended again and again', async () => {
  const course = await aCourse(app, { topics: [{ tasks: [five] }] });
  const taskId = course.task(0, 0);
  const exam = await anExam(app, course, { limitMinutes: 60 });
  const attempts: string[] = [];
  for (let n = 0; n < 12; n += 1) {
    const { actor } = await aStudent(app);
    const attemptId = randomUUID();
    await startAttempt(app, actor, { examId: exam.id, attemptId });
    await syncAttempt(app, actor, { attemptId, since: 0, changes: [{ taskId, baseRev: 0, value: given[n % given.length] ?? '' }] });
    attempts.push(attemptId);
  }
  clock.forward(2 * 3_600_000);
  let running = true;
  const ended = new EventEmitter();
  const closing = Promise.all(
    attempts.map(async (id, index) => {
      const at = index % 2 ? app : second.app;
      // Who knocked for too long leaves it to the sweep.
      await closeAttempt(at, id, index % 3 ? 'time' : 'student').catch((error: unknown) => {
        if (!(error instanceof AppError && error.code === 'TASKS_BEING_REGRADED')) throw error;
      });
      ended.emit('one');
      if (index % 4 === 0) await releaseDue(at);
    }),
  );
  const mending = (async () => {
    let [from, to] = [five, seven];
    for (let round = 0; running || round % 2 === 0; round += 1) {
      await app.db.$transaction(async (tx) => {
        await applyKeyFix(app, tx, { kind: 'system' }, taskId, from, to, { takePoints: true });
        await tx.task.update({ where: { id: taskId }, data: { spec: to.spec, points: to.points }, select: { id: true } });
      }, keyFixPatience);
      [from, to] = [to, from];
      // Without a gap between two mends no attempt could ever end.
      if (running) await once(ended, 'one', { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    }
  })();
  await closing.finally(() => {
    running = false;
    ended.emit('one');
  });
  await mending;
  await closeDueAttempts(app);
  await releaseDue(second.app);

  const task = await app.db.task.findUniqueOrThrow({ where: { id: taskId }, select: { spec: true, points: true } });
  expect(task).toEqual(seven);
  const answers = await app.db.examAnswer.findMany({
    where: { taskId },
    select: {
      given: true,
      verdict: true,
      points: true,
      maxPoints: true,
      attempt: { select: { finishedAt: true, releasedAt: true, personId: true } },
    },
  });
  expect(answers).toHaveLength(12);
  const counted = await app.db.submission.findMany({
    where: { taskId },
    select: { personId: true, given: true, verdict: true, points: true },
  });
  expect(counted).toHaveLength(12);
  for (const { attempt, maxPoints, ...answer } of answers) {
    const graded = checkAnswer(seven.spec, seven.points, String(answer.given));
    expect([attempt.finishedAt, attempt.releasedAt, maxPoints]).toEqual([expect.any(Date), expect.any(Date), 2]);
    expect(graded).toMatchObject({ verdict: answer.verdict, points: answer.points });
    expect(counted.find(({ personId }) => personId === attempt.personId)).toEqual({ personId: attempt.personId, ...answer });
  }
  const progress = () => app.db.taskProgress.findMany({ where: { taskId }, orderBy: { personId: 'asc' } });
  const kept = await progress();
  await rebuildProgress(app);
  expect(await progress()).toEqual(kept);
});
