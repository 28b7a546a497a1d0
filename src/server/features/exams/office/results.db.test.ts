import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AppError } from '#shared/errors.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { anExam, type MadeExam } from '../../../testing/exam.ts';
import { somebodyWaits } from '../../../testing/locks.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { finishMyAttempt, startAttempt } from '../attempts/actions.ts';
import { extendAttempt, recomputeDeadlines } from '../deadlines/actions.ts';
import { syncAttempt } from '../sync/actions.ts';
import { updateExam } from './exams/actions.ts';
import { finishForStudent, openAttemptOfStudent, setExtra } from './results/actions.ts';
import { listAttemptsOfStudent, listExamResults, listExtras } from './results/queries.ts';

let school: School;
let teacher: Student;
let course: MadeCourse;
beforeAll(async () => {
  school = await aSchool();
  teacher = await aModerator(school.app);
  course = await aCourse(school.app, {
    scale: [40, 70, 100],
    topics: [{ tasks: [aNumber('1'), { ...aNumber('2'), points: 2 }] }],
  });
});
afterAll(() => school.close());

const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: AppError) => error.code,
  );
const minute = 60_000;

/** Begins, answers by task and, if it is wanted, finishes. */
async function anAttempt(exam: MadeExam, student: Student, answers: string[] = [], finish = true): Promise<string> {
  const attemptId = randomUUID();
  await startAttempt(school.app, student.actor, { examId: exam.id, attemptId });
  const changes = answers.map((value, index) => ({ taskId: exam.tasks[index] ?? '', baseRev: 0, value }));
  await syncAttempt(school.app, student.actor, { attemptId, since: 0, changes });
  if (finish) await finishMyAttempt(school.app, student.actor, { attemptId });
  return attemptId;
}

const results = (exam: MadeExam, filter: Partial<Parameters<typeof listExamResults>[2]> = {}) =>
  listExamResults(school.app, teacher.actor, { id: exam.id, ...filter });

describe('results', () => {
  test('have every attempt with what is known of it', async () => {
    const exam = await anExam(school.app, course, { attempts: 2, scaleYear: 2025 });
    const [good, weak] = [await aStudent(school.app, { lastName: 'Верных' }), await aStudent(school.app, { lastName: 'Ёлкин' })];
    const first = await anAttempt(exam, good, ['1', '2']);
    school.clock.forward(minute);
    await anAttempt(exam, weak, ['1', ' ']);
    school.clock.forward(minute);
    const running = await anAttempt(exam, weak, ['1', '2'], false);
    const { rows, totals, nextCursor } = await results(exam);
    expect(nextCursor).toBeNull();
    expect(rows.map((row) => [row.person.lastName, row.number, row.answered, row.score?.points ?? null, row.score?.score ?? null])).toEqual(
      [
        ['Ёлкин', 2, 2, null, null],
        ['Ёлкин', 1, 1, 1, 40],
        ['Верных', 1, 2, 3, 100],
      ],
    );
    expect(totals).toEqual({ students: 2, running: 1, finished: 2, waiting: 0, mean: 2 });
    const ids = async (filter: Partial<Parameters<typeof listExamResults>[2]>) =>
      (await results(exam, filter)).rows.map((row) => row.attemptId);
    expect(await ids({ state: 'running' })).toEqual([running]);
    expect(await ids({ state: 'finished', q: 'верн' })).toEqual([first]);
    expect(await ids({ q: 'елкин' })).toHaveLength(2);
    expect(await ids({ q: good.email })).toEqual([first]);
    expect(await ids({ q: 'никого' })).toEqual([]);
  });

  test('go on behind the last row, and no row is met twice', async () => {
    const exam = await anExam(school.app, course);
    const people = await school.app.db.person.createManyAndReturn({
      data: Array.from({ length: 120 }, (_, index) => ({
        role: 'student' as const,
        email: `results-${index}@example.ru`,
        firstName: 'Яна',
        lastName: `Ученица ${index}`,
      })),
      select: { id: true },
    });
    // Many at the same instant: the id decides.
    const startedAt = school.clock.now();
    await school.app.db.examAttempt.createMany({
      data: people.map(({ id }) => ({ id: randomUUID(), examId: exam.id, personId: id, number: 1, startedAt })),
    });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await results(exam, { cursor });
      expect(page.totals === null).toBe(cursor !== null);
      seen.push(...page.rows.map((row) => row.attemptId));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
    expect(await refused(results(exam, { cursor: 'nonsense' }))).toBe('INPUT_INVALID');
  });
});

describe('extra minutes and attempts', () => {
  test('are given before the beginning, moved while it goes on, and taken away', async () => {
    const exam = await anExam(school.app, course, { limitMinutes: 60 });
    const student = await aStudent(school.app, { lastName: 'Долгих' });
    const give = (minutes: number, attempts = 0) =>
      setExtra(school.app, teacher.actor, { examId: exam.id, personId: student.actor.id, minutes, attempts });
    await give(30);
    const attemptId = await anAttempt(exam, student, [], false);
    const left = async () => {
      const attempt = await school.app.db.examAttempt.findUniqueOrThrow({ where: { id: attemptId } });
      return ((attempt.deadlineAt?.getTime() ?? 0) - attempt.startedAt.getTime()) / minute;
    };
    expect(await left()).toBe(90);
    await give(45, 1);
    expect(await left()).toBe(105);
    expect(await listExtras(school.app, teacher.actor, { id: exam.id })).toMatchObject([{ minutes: 45, attempts: 1 }]);
    expect(await school.app.db.auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } })).toMatchObject({
      action: 'exam.extra',
      subject: exam.id,
      before: { student: 'Долгих Илья', minutes: 30, attempts: 0 },
      after: { student: 'Долгих Илья', minutes: 45, attempts: 1 },
    });
    expect((await results(exam)).rows[0]?.extra).toEqual({ minutes: 45, attempts: 1 });
    await Promise.all([give(0), give(0)]);
    expect(await left()).toBe(60);
    expect(await listExtras(school.app, teacher.actor, { id: exam.id })).toEqual([]);
  });

  test('one more attempt opens the exam again', async () => {
    const exam = await anExam(school.app, course, { attempts: 1 });
    const student = await aStudent(school.app);
    await anAttempt(exam, student);
    const again = () => refused(startAttempt(school.app, student.actor, { examId: exam.id, attemptId: randomUUID() }));
    expect(await again()).toBe('EXAMS_NO_ATTEMPTS');
    await setExtra(school.app, teacher.actor, { examId: exam.id, personId: student.actor.id, minutes: 0, attempts: 1 });
    expect(await again()).toBe('ok');
  });

  test.each([
    ['first the window, then the minutes', true],
    ['first the minutes, then the window', false],
  ])('at the moment in which the window is moved: %s; both hold', async (_, windowFirst) => {
    const exam = await anExam(school.app, course, { limitMinutes: null, closesIn: 1 });
    const student = await aStudent(school.app);
    const attemptId = await anAttempt(exam, student, [], false);
    const key = { examId: exam.id, personId: student.actor.id };
    const { app } = school;
    const closesAt = new Date(app.clock.now().getTime() + 3 * 60 * minute);
    let second: Promise<unknown> = Promise.resolve();
    await app.db.$transaction(async (tx) => {
      if (windowFirst) {
        await tx.exam.update({ where: { id: exam.id }, data: { closesAt } });
        await recomputeDeadlines(app, tx, exam.id);
        second = setExtra(app, teacher.actor, { ...key, minutes: 30, attempts: 0 });
      } else {
        await tx.examExtra.create({ data: { ...key, minutes: 30 } });
        await extendAttempt(app, tx, key);
        second = updateExam(app, teacher.actor, { id: exam.id, closesAt: closesAt.toISOString() });
      }
      await somebodyWaits(app);
    });
    await second;
    const { deadlineAt } = await app.db.examAttempt.findUniqueOrThrow({ where: { id: attemptId } });
    expect(deadlineAt?.getTime()).toBe(closesAt.getTime() + 30 * minute);
  });

  test('are for students only, and for exams that there are', async () => {
    const exam = await anExam(school.app, course);
    const give = (examId: string, personId: string) =>
      refused(setExtra(school.app, teacher.actor, { examId, personId, minutes: 5, attempts: 0 }));
    expect(await give(exam.id, teacher.actor.id)).toBe('STUDENTS_NOT_FOUND');
    expect(await give(randomUUID(), (await aStudent(school.app)).actor.id)).toBe('EXAMS_NOT_FOUND');
  });
});

describe('one attempt', () => {
  test('shows how far it is while it runs, and everything once it is over', async () => {
    const exam = await anExam(school.app, course, { review: 'closing', closesIn: 5, attempts: 2 });
    const student = await aStudent(school.app);
    const attemptId = await anAttempt(exam, student, ['1'], false);
    const open = () => openAttemptOfStudent(school.app, teacher.actor, { attemptId });
    const running = await open();
    expect(running).toMatchObject({ state: 'running', answered: 1, tasks: 2, number: 1, exam: { id: exam.id, courseSlug: course.slug } });
    expect(JSON.stringify(running)).not.toContain('statementHtml');
    await finishForStudent(school.app, teacher.actor, { attemptId });
    const finished = await open();
    if (finished.state !== 'finished') throw new Error('it goes on');
    expect(finished.attempt).toMatchObject({ finishedBy: 'moderator', score: { points: 1, maxPoints: 3 } });
    // The student waits for the closing, a moderator does not.
    expect(finished.attempt.answers?.map(({ verdict }) => verdict)).toEqual(['right', 'none']);
    const deeds = () => school.app.db.auditEntry.count({ where: { action: 'exam.finish', subject: exam.id } });
    expect(await deeds()).toBe(1);
    // Twice: nothing is done and nothing is written down.
    await finishForStudent(school.app, teacher.actor, { attemptId });
    expect(await deeds()).toBe(1);
  });

  test('one whose time is over is ended by the look at it', async () => {
    const exam = await anExam(school.app, course, { limitMinutes: 10 });
    const student = await aStudent(school.app);
    const attemptId = await anAttempt(exam, student, ['1', '2'], false);
    school.clock.forward(11 * minute);
    const found = await openAttemptOfStudent(school.app, teacher.actor, { attemptId });
    expect(found).toMatchObject({ state: 'finished', attempt: { finishedBy: 'time', score: { points: 3 } } });
  });

  test('is no student’s business here', async () => {
    const exam = await anExam(school.app, course);
    const student = await aStudent(school.app);
    const attemptId = await anAttempt(exam, student, [], false);
    expect(await refused(openAttemptOfStudent(school.app, student.actor, { attemptId }))).toBe('AUTH_FORBIDDEN');
    expect(await refused(finishForStudent(school.app, student.actor, { attemptId }))).toBe('AUTH_FORBIDDEN');
    expect(await refused(listExamResults(school.app, student.actor, { id: exam.id }))).toBe('AUTH_FORBIDDEN');
  });
});

test('the attempts of one student, newest first, of other courses too', async () => {
  const other = await aCourse(school.app, { topics: [{ tasks: [aNumber('5')] }] });
  const exams = [await anExam(school.app, course, { scaleYear: 2025 }), await anExam(school.app, other, { title: 'Второй' })] as const;
  const student = await aStudent(school.app);
  await anAttempt(exams[0], student, ['1', '2']);
  school.clock.forward(minute);
  await anAttempt(exams[1], student, ['5'], false);
  const rows = await listAttemptsOfStudent(school.app, teacher.actor, { personId: student.actor.id });
  expect(rows.map((row) => [row.exam.title, row.score?.points ?? null, row.score?.score ?? null])).toEqual([
    ['Второй', null, null],
    ['Пробный экзамен', 3, 100],
  ]);
  expect(await refused(listAttemptsOfStudent(school.app, teacher.actor, { personId: randomUUID() }))).toBe('STUDENTS_NOT_FOUND');
});
