/** The end of an exam: by the student, by the clock, by two processes at once, and by the key of that moment. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { graceMs, type RunningAttemptDto } from '#shared/exams.ts';
import type { App } from '../../../platform/app.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { anExam, begin, finish, look, type MadeExam, type } from '../../../testing/exam.ts';
import { statementsOf } from '../../../testing/statements.ts';
import { aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { applyKeyFix, keyFixPatience } from '../../tasks/key-fix.ts';
import { openExam } from '../actions.ts';
import { openAttempt } from '../attempts/actions.ts';
import { extendAttempt, recomputeDeadlines } from '../deadlines/actions.ts';
import { closeAttempt, closeDueAttempts } from './actions.ts';
import { patience } from './hold.ts';

let school: School;
let other: School;
let app: App;
let course: MadeCourse;
let exam: MadeExam;
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
  course = await aCourse(app, { scale: [20, 50, 100], topics: [{ tasks: [aNumber('1'), { ...aNumber('2'), points: 2 }] }] });
  exam = await anExam(app, course, { scaleYear: 2025 });
  student = await aStudent(app);
});

const minute = 60_000;
const answersOf = (attemptId: string) =>
  app.db.examAnswer.findMany({
    where: { attemptId },
    orderBy: { position: 'asc' },
    select: { understood: true, verdict: true, points: true, maxPoints: true },
  });
const endOf = (id: string) =>
  app.db.examAttempt.findUniqueOrThrow({ where: { id }, select: { finishedAt: true, finishedBy: true, deadlineAt: true } });
const pastEnd = ({ deadlineAt }: RunningAttemptDto, ms = graceMs) => school.clock.set(new Date(Date.parse(deadlineAt ?? '') + ms));

test('the student hands in: points and test score are there at once', async () => {
  const { id } = await begin(app, student.actor, exam);
  await type(app, student.actor, id, { [course.task(0, 0)]: 'один', [course.task(0, 1)]: ' +2,0 ' });
  school.clock.forward(20 * minute);
  expect(await finish(app, student.actor, id)).toMatchObject({
    finishedAt: app.clock.now().toISOString(),
    finishedBy: 'student',
    score: { points: 2, maxPoints: 3, score: 50, scaleYear: 2025, waiting: 0 },
    target: { score: 60, primary: 3 },
    answered: 2,
    tasks: 2,
    student: null,
  });
  expect(await answersOf(id)).toEqual([
    { understood: null, verdict: null, points: 0, maxPoints: 1 },
    { understood: '2', verdict: 'right', points: 2, maxPoints: 2 },
  ]);
});

test('handing in twice, from two processes at once, is once', async () => {
  const { id } = await begin(app, student.actor, exam);
  const closed = await Promise.all([app, other.app, app, other.app].map((at) => closeAttempt(at, id, 'student')));
  expect(closed.filter(Boolean)).toHaveLength(1);
});

test('nobody is there: the sweep ends what is over, with its deadline, and leaves the rest', async () => {
  const [early, late, endless] = [await aStudent(app), await aStudent(app), await aStudent(app)];
  const first = await begin(app, early.actor, exam);
  await type(app, early.actor, first.id, { [course.task(0, 0)]: '1' });
  const unlimited = await begin(app, endless.actor, await anExam(app, course, { limitMinutes: null }));
  expect(unlimited.deadlineAt).toBeNull();
  school.clock.forward(10 * minute);
  const second = await begin(app, late.actor, exam);
  pastEnd(first, graceMs - 1);
  expect(await closeDueAttempts(app)).toBe(0);
  pastEnd(first, 9 * minute);
  expect(await closeDueAttempts(app)).toBe(1);
  expect(await endOf(first.id)).toEqual({
    finishedAt: new Date(first.deadlineAt ?? ''),
    deadlineAt: new Date(first.deadlineAt ?? ''),
    finishedBy: 'time',
  });
  expect(await endOf(second.id)).toMatchObject({ finishedAt: null });
  expect(await look(app, early.actor, first.id)).toMatchObject({ score: { points: 1 } });
  // Handing in is refused nothing, but it was over by then.
  pastEnd(second, 3 * minute);
  expect(await finish(app, late.actor, second.id)).toMatchObject({ finishedBy: 'time', finishedAt: second.deadlineAt });
});

test('an answer that is being saved at that moment is waited for', async () => {
  const attempt = await begin(app, student.actor, exam);
  pastEnd(attempt);
  let sweep: Promise<number> | undefined;
  await app.db.$transaction(async (tx) => {
    await tx.examAttempt.update({ where: { id: attempt.id }, data: { rev: 1 }, select: { id: true } });
    await tx.examAnswer.updateMany({ where: { attemptId: attempt.id, taskId: course.task(0, 0) }, data: { given: '1', rev: 1 } });
    sweep = closeDueAttempts(other.app);
    await closeDueAttempts(app);
    expect(await endOf(attempt.id)).toMatchObject({ finishedAt: null });
  }, patience);
  await sweep;
  await closeDueAttempts(app);
  expect((await answersOf(attempt.id))[0]).toMatchObject({ verdict: 'right' });
});

test('whoever reads it first after the deadline has it graded', async () => {
  const attempt = await begin(app, student.actor, exam);
  pastEnd(attempt);
  const page = await openExam(app, student.actor, { course: course.slug, exam: exam.slug });
  expect(page).toMatchObject({ state: 'used', running: null, history: [{ finishedBy: 'time', score: { points: 0 } }] });
  const two = await aStudent(app);
  const theirs = await begin(app, two.actor, exam);
  pastEnd(theirs);
  expect(await openAttempt(app, two.actor, { attemptId: theirs.id })).toMatchObject({ state: 'finished', finishedBy: 'time' });
});

test('a hundred end at once in two processes: each once', async () => {
  const now = app.clock.now();
  const deadlineAt = new Date(now.getTime() + minute);
  const people = await app.db.person.createManyAndReturn({
    data: Array.from({ length: 100 }, (_, index) => ({
      role: 'student' as const,
      email: `${exam.slug}-${index}@example.ru`,
      firstName: 'А',
      lastName: 'Б',
    })),
    select: { id: true },
  });
  for (const { id: personId } of people) {
    await app.db.examAttempt.create({
      data: {
        id: crypto.randomUUID(),
        examId: exam.id,
        personId,
        number: 1,
        startedAt: now,
        deadlineAt,
        answers: { create: [{ taskId: course.task(0, 0), position: 1, given: '1' }] },
      },
      select: { id: true },
    });
  }
  school.clock.set(new Date(deadlineAt.getTime() + graceMs));
  const done = await Promise.all([closeDueAttempts(app), closeDueAttempts(other.app), closeDueAttempts(app)]);
  expect(done.reduce((sum, count) => sum + count, 0)).toBe(100);
  expect(await app.db.examAttempt.count({ where: { examId: exam.id, finishedBy: 'time', finishedAt: deadlineAt } })).toBe(100);
  expect(await app.db.submission.count({ where: { taskId: course.task(0, 0), verdict: 'right' } })).toBe(100);
});

describe('a key that is mended', () => {
  const before = { ...aNumber('1'), points: 1 };
  const after = { ...aNumber('7'), points: 1 };
  const fix = (work: (tx: Parameters<Parameters<App['db']['$transaction']>[0]>[0]) => Promise<void> = async () => {}) =>
    app.db.$transaction(async (tx) => {
      await tx.task.update({ where: { id: course.task(0, 0) }, data: { spec: after.spec }, select: { id: true } });
      await applyKeyFix(app, tx, { kind: 'system' }, course.task(0, 0), before, after, { takePoints: false });
      await work(tx);
    }, keyFixPatience);

  test('while the exam runs: the key of the end counts', async () => {
    const { id } = await begin(app, student.actor, exam);
    await type(app, student.actor, id, { [course.task(0, 0)]: '7' });
    await fix();
    expect(await finish(app, student.actor, id)).toMatchObject({ score: { points: 1 } });
  });

  test('at the very moment of the end: it is waited for', async () => {
    const { id } = await begin(app, student.actor, exam);
    await type(app, student.actor, id, { [course.task(0, 0)]: '7' });
    let closing: Promise<boolean> | undefined;
    await fix(async () => {
      // It finds the key being mended, and lets go of everything.
      expect(await closeAttempt(other.app, id, 'student', { patient: false })).toBe(false);
      closing = closeAttempt(other.app, id, 'student');
      expect(await endOf(id)).toMatchObject({ finishedAt: null });
    });
    expect(await closing).toBe(true);
    expect((await answersOf(id))[0]).toMatchObject({ verdict: 'right', points: 1 });
  });

  test('for longer than anybody waits: the sweep leaves it to the next one, which it queues', async () => {
    const attempt = await begin(app, student.actor, exam);
    pastEnd(attempt);
    const soon = new Date(app.clock.now().getTime() + 1000);
    await fix(async () => {
      await closeDueAttempts(other.app);
      expect(await endOf(attempt.id)).toMatchObject({ finishedAt: null });
    });
    const queued = await app.pool.query(`SELECT 1 FROM pgboss.job WHERE name = 'exams.sweep' AND start_after = $1`, [soon]);
    expect(queued.rowCount).toBe(1);
    await closeDueAttempts(app);
    expect(await endOf(attempt.id)).toMatchObject({ finishedBy: 'time' });
  });
});

describe('deadlines that move while the exam runs', () => {
  const give = (minutes: number) =>
    app.db.$transaction(async (tx) => {
      const key = { examId: exam.id, personId: student.actor.id };
      await tx.examExtra.upsert({
        where: { examId_personId: key },
        create: { ...key, minutes },
        update: { minutes },
        select: { minutes: true },
      });
      await extendAttempt(app, tx, key);
    });
  const close = (closesAt: Date | null) =>
    app.db.$transaction(async (tx) => {
      await tx.exam.update({ where: { id: exam.id }, data: { closesAt, limitMinutes: 5 }, select: { id: true } });
      return recomputeDeadlines(app, tx, exam.id);
    });
  const inMinutes = (start: string, minutes: number) => new Date(Date.parse(start) + minutes * minute);

  test('extra minutes come to the limit, are taken back, and wake the sweep', async () => {
    const { id, startedAt } = await begin(app, student.actor, exam);
    await give(30);
    expect((await endOf(id)).deadlineAt).toEqual(inMinutes(startedAt, 90));
    const wakes = await app.pool.query(`SELECT start_after FROM pgboss.job WHERE name = 'exams.sweep' ORDER BY start_after DESC LIMIT 1`);
    expect(wakes.rows[0]?.start_after.getTime()).toBeGreaterThanOrEqual(inMinutes(startedAt, 90).getTime() + graceMs);
    await give(0);
    expect((await endOf(id)).deadlineAt).toEqual(inMinutes(startedAt, 60));
  });

  test('an earlier closing cuts what is running, a later one gives back no more than the limit it began with', async () => {
    const { id, startedAt } = await begin(app, student.actor, exam);
    expect(await close(inMinutes(startedAt, 40))).toBe(1);
    expect((await endOf(id)).deadlineAt).toEqual(inMinutes(startedAt, 40));
    expect(await close(inMinutes(startedAt, 40))).toBe(0);
    expect(await close(inMinutes(startedAt, 600))).toBe(1);
    expect((await endOf(id)).deadlineAt).toEqual(inMinutes(startedAt, 60));
    expect(await close(null)).toBe(0);
  });

  test('of hundreds with ends of their own each gets its own, with few statements', async () => {
    const persons = await Promise.all(Array.from({ length: 3 }, () => aStudent(app)));
    await app.pool.query(
      `INSERT INTO exam_attempt (id, exam_id, person_id, number, started_at, limit_minutes, deadline_at)
        SELECT gen_random_uuid(), $1, p, n, $3::timestamptz + n * interval '1 second', 60, $3::timestamptz + interval '10 minutes'
        FROM unnest($2::uuid[]) p, generate_series(1, 100) n`,
      [exam.id, persons.map(({ actor }) => actor.id), app.clock.now()],
    );
    expect((await statementsOf(app, () => close(null))).length).toBeLessThan(70);
    const { rows } = await app.pool.query(
      `SELECT count(*)::int AS count, max(deadline_at) AS last FROM exam_attempt WHERE exam_id = $1 AND deadline_at = started_at + interval '1 hour'`,
      [exam.id],
    );
    expect(rows[0]?.count).toBe(300);
    // Nobody ends after the last wake.
    const wakes = await app.pool.query(`SELECT 1 FROM pgboss.job WHERE name = 'exams.sweep' AND start_after >= $1`, [
      new Date(rows[0]?.last.getTime() + graceMs),
    ]);
    expect(wakes.rowCount).toBeGreaterThanOrEqual(1);
  });

  test('what is over stays over', async () => {
    const { id } = await begin(app, student.actor, exam);
    await finish(app, student.actor, id);
    const before = await endOf(id);
    await give(30);
    expect(await close(inMinutes(before.finishedAt?.toISOString() ?? '', -10))).toBe(0);
    expect(await endOf(id)).toEqual(before);
  });

  test('minutes that are given while the attempt begins are in it, whichever comes first', async () => {
    for (let round = 0; round < 5; round += 1) {
      student = await aStudent(app);
      const [attempt] = await Promise.all([begin(app, student.actor, exam), give(30)]);
      expect((await endOf(attempt.id)).deadlineAt).toEqual(inMinutes(attempt.startedAt, 90));
    }
  });
});
