/** A mended key and the answers of exams: those that are released and those that nobody may know of yet. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { aCourse, type MadeCourse } from '../../../testing/course.ts';
import { anExam, type ExamPlan } from '../../../testing/exam.ts';
import { answer } from '../../../testing/solve.ts';
import { aGrading, aLongTask } from '../../../testing/works.ts';
import { aClock, aModerator, aSchool, aStudent, type School } from '../../../testing/world.ts';
import { decide, takeWork } from '../../reviews/office/actions.ts';
import { applyKeyFix, keyFixPatience, previewKeyFix } from '../../tasks/key-fix.ts';
import type { Grading } from '../../tasks/regrade.ts';
import { publishText } from '../../texts/actions.ts';
import { finishMyAttempt, startAttempt } from '../attempts/actions.ts';
import { releaseDue } from '../release/actions.ts';
import { syncAttempt } from '../sync/actions.ts';

const clock = aClock();
let school: School;
let app: App;
let teacher: PersonActor;
beforeAll(async () => {
  school = await aSchool({ clock });
  app = school.app;
  teacher = (await aModerator(app)).actor;
});
afterAll(() => school.close());

const number = (key: string, points = 1): Grading => ({ spec: { kind: 'number', key }, points });
const sequence = (key: string, points = 2): Grading => ({ spec: { kind: 'sequence', key, partial: 'ege' }, points });
const secret: ExamPlan = { review: 'closing', closesIn: 24 };

interface Sat {
  course: MadeCourse;
  taskId: string;
  students: PersonActor[];
  attempts: string[];
}

/** An exam over one task, finished by a student for each answer. */
async function anExamWith(before: Grading, answers: (AnswerValue | null)[], plan: ExamPlan = secret): Promise<Sat> {
  const course = await aCourse(app, { topics: [{ tasks: [before] }] });
  const taskId = course.task(0, 0);
  const exam = await anExam(app, course, plan);
  const sat: Sat = { course, taskId, students: [], attempts: [] };
  for (const value of answers) {
    const { actor } = await aStudent(app);
    const attemptId = randomUUID();
    await startAttempt(app, actor, { examId: exam.id, attemptId });
    if (value !== null) await syncAttempt(app, actor, { attemptId, since: 0, changes: [{ taskId, baseRev: 0, value }] });
    await finishMyAttempt(app, actor, { attemptId });
    sat.students.push(actor);
    sat.attempts.push(attemptId);
  }
  return sat;
}

function fix(taskId: string, before: Grading, after: Grading, terms: { takePoints?: boolean; token?: string } = {}) {
  return app.db.$transaction(async (tx) => {
    const counts = await applyKeyFix(app, tx, teacher, taskId, before, after, { takePoints: false, ...terms });
    await tx.task.update({ where: { id: taskId }, data: { spec: after.spec, points: after.points }, select: { id: true } });
    return counts;
  }, keyFixPatience);
}

async function gradesOf({ taskId, attempts }: Sat): Promise<string[]> {
  const rows = await app.db.examAnswer.findMany({
    where: { taskId },
    select: { attemptId: true, verdict: true, points: true, maxPoints: true },
  });
  return attempts.map((id) => {
    const row = rows.find(({ attemptId }) => attemptId === id);
    return `${row?.verdict ?? 'none'} ${row?.points} of ${row?.maxPoints}`;
  });
}

describe('answers of attempts that are over are graded by the new key', () => {
  const cases: { name: string; before: Grading; after: Grading; given: (AnswerValue | null)[]; kept: string[]; taken?: string[] }[] = [
    {
      name: 'another number: who was right loses only where that was ticked',
      before: number('5'),
      after: number('7'),
      given: ['5', '7', '9', 'x', null],
      kept: ['right 1 of 1', 'right 1 of 1', 'wrong 0 of 1', 'none 0 of 1', 'none 0 of 1'],
      taken: ['wrong 0 of 1', 'right 1 of 1', 'wrong 0 of 1', 'none 0 of 1', 'none 0 of 1'],
    },
    {
      name: 'another full score: what the task may bring follows',
      before: number('5', 1),
      after: number('5', 2),
      given: ['5', '6', null],
      kept: ['right 2 of 2', 'wrong 0 of 2', 'none 0 of 2'],
    },
    {
      name: 'a smaller score: nobody has more than all, kept points are counted as possible',
      before: number('5', 3),
      after: number('5', 1),
      given: ['5', '6'],
      kept: ['right 3 of 3', 'wrong 0 of 1'],
      taken: ['right 1 of 1', 'wrong 0 of 1'],
    },
    {
      name: 'parts of points',
      before: sequence('1234'),
      after: sequence('1243'),
      given: ['1234', '1244', '1243'],
      kept: ['right 2 of 2', 'partly 1 of 2', 'right 2 of 2'],
      taken: ['wrong 0 of 2', 'partly 1 of 2', 'right 2 of 2'],
    },
    {
      name: 'another kind: what is no answer any more earns nothing',
      before: number('5'),
      after: { spec: { kind: 'cells', key: [['5', '6']], rows: 1, cols: 2, partial: 'none' }, points: 1 },
      given: ['5', '6'],
      kept: ['right 1 of 1', 'wrong 0 of 1'],
      taken: ['none 0 of 1', 'none 0 of 1'],
    },
  ];
  test.each(
    cases.flatMap((one) => [
      { ...one, takePoints: false },
      { ...one, takePoints: true },
    ]),
  )('$name (taken: $takePoints)', async ({ before, after, given, kept, taken = kept, takePoints }) => {
    const sat = await anExamWith(before, given);
    await fix(sat.taskId, before, after, { takePoints });
    expect(await gradesOf(sat)).toEqual(takePoints ? taken : kept);
  });
});

test('the preview counts attempts, and its token stands for those who would lose', async () => {
  const sat = await anExamWith(number('5'), ['5', '7', '7', 'x', null]);
  const preview = await previewKeyFix(app, sat.taskId, number('7'));
  expect(preview).toMatchObject({ submissions: 0, changed: 0, exams: { answers: 4, changed: 3, better: 2, worse: 1 } });
  const another = await anExam(app, sat.course, secret);
  const { actor } = await aStudent(app);
  const attemptId = randomUUID();
  await startAttempt(app, actor, { examId: another.id, attemptId });
  await syncAttempt(app, actor, { attemptId, since: 0, changes: [{ taskId: sat.taskId, baseRev: 0, value: '5' }] });
  await finishMyAttempt(app, actor, { attemptId });
  await expect(fix(sat.taskId, number('5'), number('7'), { token: preview.token })).rejects.toMatchObject({ code: 'TASKS_KEY_FIX_STALE' });
});

test('before the review nobody is told, and what opens then is what the new key says', async () => {
  const sat = await anExamWith(number('5'), ['7']);
  expect(await fix(sat.taskId, number('5'), number('7'))).toEqual({ gained: 0, lost: 0, kept: 0 });
  expect(await app.db.keyFixGain.count({ where: { taskId: sat.taskId } })).toBe(0);
  expect(await app.db.submission.count({ where: { taskId: sat.taskId } })).toBe(0);
  clock.forward(25 * 3_600_000);
  await releaseDue(app);
  expect(await app.db.submission.findMany({ where: { taskId: sat.taskId }, select: { verdict: true, points: true } })).toEqual([
    { verdict: 'right', points: 1 },
  ]);
});

test('after it the answer of the exam and the one of the statistics stay the same, and a gain is one', async () => {
  const sat = await anExamWith(number('5'), ['7', '5'], { review: 'finish' });
  expect(await fix(sat.taskId, number('5'), number('7'), { takePoints: true })).toEqual({ gained: 1, lost: 1, kept: 0 });
  expect(await gradesOf(sat)).toEqual(['right 1 of 1', 'wrong 0 of 1']);
  const counted = await app.db.submission.findMany({ where: { taskId: sat.taskId }, select: { personId: true, verdict: true } });
  expect(sat.students.map(({ id }) => counted.find(({ personId }) => personId === id)?.verdict)).toEqual(['right', 'wrong']);
  expect(await app.db.keyFixGain.findMany({ where: { taskId: sat.taskId }, select: { before: true, after: true } })).toEqual([
    { before: 0, after: 1 },
  ]);
});

test('what a teacher said stays, whatever becomes of the criteria; what it may bring follows', async () => {
  const course = await aCourse(app, { topics: [{ tasks: [aLongTask()] }] });
  const taskId = course.task(0, 0);
  const exam = await anExam(app, course);
  const { actor } = await aStudent(app);
  const attemptId = randomUUID();
  await startAttempt(app, actor, { examId: exam.id, attemptId });
  await syncAttempt(app, actor, { attemptId, since: 0, changes: [{ taskId, baseRev: 0, value: 'Решение' }] });
  await finishMyAttempt(app, actor, { attemptId });
  const { workId } = await app.db.examAnswer.findFirstOrThrow({ where: { taskId }, select: { workId: true } });
  await takeWork(app, teacher, { workId: workId ?? '' });
  await decide(app, teacher, { workId: workId ?? '', decision: 'accept', grading: aGrading(1, 1) });
  const one = (max: number): Grading => ({ spec: { kind: 'long', criteria: [{ id: 'K1', title: 'Верно', max }] }, points: max });
  await fix(taskId, one(3), one(4), { takePoints: true });
  expect(await app.db.examAnswer.findFirst({ where: { taskId }, select: { points: true, maxPoints: true, verdict: true } })).toEqual({
    points: 2,
    maxPoints: 4,
    verdict: 'partly',
  });
});

test('the office asks before it publishes a key that only exams were answered by', async () => {
  const sat = await anExamWith(number('5'), ['7']);
  const source = '---\ntitle: Сколько\nkind: number\nkey: 7\n---\nСколько?\n';
  const input = { kind: 'task' as const, subjectId: sat.taskId, source, baseRev: 0 };
  const asked = await publishText(app, teacher, input);
  expect(asked).toMatchObject({ outcome: 'key-changed', preview: { submissions: 0, exams: { better: 1, worse: 0 } } });
  const token = asked.outcome === 'key-changed' ? asked.preview.token : '';
  expect(await publishText(app, teacher, { ...input, keyFix: { takePoints: false, token } })).toMatchObject({ outcome: 'published' });
  expect(await gradesOf(sat)).toEqual(['right 1 of 1']);
});

test('an answer in practice and one in the exam are graded alike', async () => {
  const sat = await anExamWith(number('5'), ['7']);
  const practising = sat.students[0] ?? expect.fail();
  await answer(app, practising, sat.taskId, '7');
  expect(await fix(sat.taskId, number('5'), number('7'))).toMatchObject({ gained: 1 });
  expect(await gradesOf(sat)).toEqual(['right 1 of 1']);
});
