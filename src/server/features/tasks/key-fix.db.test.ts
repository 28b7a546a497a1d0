/**
 * One file, because every case is the same story read at another place: answers, a mended key, and what preview, points, progress, streak,
 * letters and journal say then.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { aBrowser } from '../../testing/browser.ts';
import { aCourse, type MadeCourse, type TaskPlan } from '../../testing/course.ts';
import { messagesFor } from '../../testing/notices.ts';
import { answer, solve } from '../../testing/solve.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../testing/world.ts';
import { grade } from '../notifications/kinds/grade.ts';
import { rebuildProgress } from '../progress/actions.ts';
import { getProgress } from '../progress/queries.ts';
import { applyKeyFix, keyFixPatience, previewKeyFix } from './key-fix.ts';
import type { Grading } from './regrade.ts';

let school: School;
let app: App;
let moderator: PersonActor;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  moderator = (await aModerator(app)).actor;
});
afterAll(() => school.close());
afterEach(() => {
  school.letters.length = 0;
});

const number = (key: string, points = 1): Grading => ({ spec: { kind: 'number', key }, points });
const sequence = (key: string, points = 2): Grading => ({ spec: { kind: 'sequence', key, partial: 'ege' }, points });

interface Work {
  taskId: string;
  course: MadeCourse;
  students: Student[];
}

/** A task with a key, and one student for each list of answers. */
async function aTaskWith(before: Grading, answers: AnswerValue[][]): Promise<Work> {
  const course = await aCourse(app, { topics: [{ tasks: [before] }] });
  const students: Student[] = [];
  for (const values of answers) {
    const student = await aStudent(app);
    await solve(app, student.actor, course.task(0, 0), values);
    students.push(student);
  }
  return { taskId: course.task(0, 0), course, students };
}

/** As the publication of a text does it: the answers first, then the key. */
function fix(taskId: string, before: Grading, after: Grading, terms: { takePoints?: boolean; token?: string } = {}) {
  return app.db.$transaction(async (tx) => {
    const counts = await applyKeyFix(app, tx, moderator, taskId, before, after, { takePoints: false, ...terms });
    await tx.task.update({ where: { id: taskId }, data: { spec: after.spec, points: after.points }, select: { id: true } });
    return counts;
  }, keyFixPatience);
}

const progressOf = (taskId: string, { actor }: Student) =>
  app.db.taskProgress.findUniqueOrThrow({
    where: { personId_taskId: { personId: actor.id, taskId } },
    select: { wrongCount: true, bestPoints: true, solvedAt: true },
  });
const answersOf = async (taskId: string, { actor }: Student) =>
  (
    await app.db.submission.findMany({
      where: { taskId, personId: actor.id },
      orderBy: { id: 'asc' },
      select: { verdict: true, points: true },
    })
  ).map(({ verdict, points }) => `${verdict} ${points}`);

/** One student, one list of answers: what the old key made of it, what the new one makes of it. */
const cases: {
  name: string;
  before: Grading;
  after: Grading;
  values: AnswerValue[];
  takePoints?: boolean;
  answers: string[];
  points: number;
  wrong: number;
  counts: { gained: number; lost: number; kept: number };
}[] = [
  {
    name: 'a wrong answer becomes right',
    before: number('5'),
    after: number('7'),
    values: ['7'],
    answers: ['right 1'],
    points: 1,
    wrong: 0,
    counts: { gained: 1, lost: 0, kept: 0 },
  },
  {
    name: 'points are kept',
    before: number('5'),
    after: number('7'),
    values: ['4', '5'],
    answers: ['wrong 0', 'right 1'],
    points: 1,
    wrong: 1,
    counts: { gained: 0, lost: 0, kept: 1 },
  },
  {
    name: 'points are taken when that is said',
    before: number('5'),
    after: number('7'),
    values: ['4', '5'],
    takePoints: true,
    answers: ['wrong 0', 'wrong 0'],
    points: 0,
    wrong: 2,
    counts: { gained: 0, lost: 1, kept: 0 },
  },
  {
    name: 'the first of several wrong answers becomes right: the rest no longer counts',
    before: number('5'),
    after: number('7'),
    values: ['7', '8', '5'],
    answers: ['right 1', 'wrong 0', 'right 1'],
    points: 1,
    wrong: 0,
    counts: { gained: 0, lost: 0, kept: 0 },
  },
  {
    name: 'half of the points where one position is wrong now',
    before: sequence('1111'),
    after: sequence('4132'),
    values: ['4133'],
    answers: ['partly 1'],
    points: 1,
    wrong: 1,
    counts: { gained: 1, lost: 0, kept: 0 },
  },
  {
    name: 'half becomes whole',
    before: sequence('4133'),
    after: sequence('4132'),
    values: ['4132'],
    answers: ['right 2'],
    points: 2,
    wrong: 0,
    counts: { gained: 1, lost: 0, kept: 0 },
  },
  {
    name: 'the whole becomes half, and is kept',
    before: sequence('4133'),
    after: sequence('4132'),
    values: ['4133'],
    answers: ['right 2'],
    points: 2,
    wrong: 0,
    counts: { gained: 0, lost: 0, kept: 1 },
  },
  {
    name: 'more points for the same key',
    before: number('5'),
    after: number('5', 2),
    values: ['5'],
    answers: ['right 2'],
    points: 2,
    wrong: 0,
    counts: { gained: 1, lost: 0, kept: 0 },
  },
  {
    name: 'fewer points for a better verdict: the better of both is kept',
    before: sequence('4133', 4),
    after: number('4132'),
    values: ['4132'],
    answers: ['right 2'],
    points: 2,
    wrong: 0,
    counts: { gained: 0, lost: 0, kept: 1 },
  },
  {
    name: 'another kind of answer',
    before: { spec: { kind: 'word', key: ['пять'] }, points: 1 },
    after: number('5'),
    values: ['5,0'],
    answers: ['right 1'],
    points: 1,
    wrong: 0,
    counts: { gained: 1, lost: 0, kept: 0 },
  },
  {
    name: 'an answer that the new kind cannot read earns nothing',
    before: { spec: { kind: 'word', key: ['пять'] }, points: 1 },
    after: number('5'),
    values: ['пять'],
    takePoints: true,
    answers: ['wrong 0'],
    points: 0,
    wrong: 1,
    counts: { gained: 0, lost: 1, kept: 0 },
  },
  {
    name: 'a wider tolerance',
    before: number('12,5'),
    after: { spec: { kind: 'number', key: '12,5', tolerance: '0,1' }, points: 1 },
    values: ['12,9', '12,4'],
    answers: ['wrong 0', 'right 1'],
    points: 1,
    wrong: 1,
    counts: { gained: 1, lost: 0, kept: 0 },
  },
  {
    name: 'a table',
    before: { spec: { kind: 'cells', key: [['1', '2']], rows: 1, cols: 2, partial: 'none' }, points: 1 },
    after: { spec: { kind: 'cells', key: [['1', '3']], rows: 1, cols: 2, partial: 'none' }, points: 1 },
    values: [[['1', '3']]],
    answers: ['right 1'],
    points: 1,
    wrong: 0,
    counts: { gained: 1, lost: 0, kept: 0 },
  },
];

describe.each(cases)('$name', ({ before, after, values, takePoints = false, answers, points, wrong, counts }) => {
  test('preview, answers, progress and the cache made anew agree', async () => {
    const { taskId, students } = await aTaskWith(before, [values]);
    const [student] = students as [Student];
    const preview = await previewKeyFix(app, taskId, after);
    expect(preview).toMatchObject({ submissions: values.length, distinct: values.length });
    expect({ gained: preview.gain.students, lose: preview.lose.students }).toEqual({
      gained: counts.gained,
      lose: counts.lost + counts.kept,
    });

    expect(await fix(taskId, before, after, { takePoints, token: preview.token })).toEqual(counts);
    expect(await answersOf(taskId, student)).toEqual(answers);
    const progress = await progressOf(taskId, student);
    expect(progress).toMatchObject({ bestPoints: points, wrongCount: wrong });
    expect(progress.solvedAt !== null).toBe(answers.some((line) => line.startsWith('right')));
    await rebuildProgress(app);
    expect(await progressOf(taskId, student)).toEqual(progress);
    expect(await app.db.keyFix.findFirst({ where: { taskId }, select: { gained: true, lost: true, kept: true } })).toEqual(counts);
    expect(await app.db.keyFixGain.count({ where: { taskId } })).toBe(counts.gained);
  });
});

describe('a task that takes its answers otherwise than before', () => {
  const order: Grading = { spec: { kind: 'sequence', key: '1357', partial: 'none' }, points: 2 };
  const anyOrder: Grading = { spec: { kind: 'set', key: '2468', partial: 'none' }, points: 2 };
  const mend = async (taskId: string, before: Grading, after: Grading) => {
    await fix(taskId, before, after);
    return (student: Student, value: string) => answer(app, student.actor, taskId, value);
  };

  test('an old answer sent again is a repeat by the new reading', async () => {
    const { taskId, students } = await aTaskWith(order, [['1234', '4321']]);
    const [student] = students;
    if (!student) throw new Error('one student');
    const again = await mend(taskId, order, anyOrder);
    for (const value of ['1234', '4321', '2143'])
      expect(await again(student, value)).toMatchObject({ outcome: 'repeat', verdict: 'wrong' });
    expect(await progressOf(taskId, student)).toMatchObject({ wrongCount: 2 });
    expect(await again(student, '8642')).toMatchObject({ outcome: 'graded', verdict: 'right' });
  });

  test('a new answer is not taken for an old one that had been read as the same', async () => {
    const before: Grading = { spec: { kind: 'set', key: '2468', partial: 'none' }, points: 2 };
    const after: Grading = { spec: { kind: 'sequence', key: '1357', partial: 'none' }, points: 2 };
    const { taskId, students } = await aTaskWith(before, [['7531']]);
    const [student] = students;
    if (!student) throw new Error('one student');
    const again = await mend(taskId, before, after);
    expect(await again(student, '7531')).toMatchObject({ outcome: 'repeat', verdict: 'wrong' });
    expect(await again(student, '1357')).toMatchObject({ outcome: 'graded', verdict: 'right' });
  });

  test('of answers that became the same the best stands; what is no answer any more equals none', async () => {
    const word: Grading = { spec: { kind: 'word', key: ['семь'] }, points: 1 };
    const { taskId, students } = await aTaskWith(word, [['7,0', '7', 'шесть']]);
    const [student] = students;
    if (!student) throw new Error('one student');
    const again = await mend(taskId, word, number('7'));
    const stored = await app.db.submission.findMany({
      where: { taskId },
      orderBy: { id: 'asc' },
      select: { canonical: true, canonicalHash: true },
    });
    expect(stored[0]?.canonical).toBe('7');
    expect(stored.map(({ canonicalHash }) => canonicalHash.startsWith('#'))).toEqual([false, true, true]);
    expect(await again(student, '7.00')).toMatchObject({ outcome: 'repeat', verdict: 'right' });
    // And back again, as nothing had been.
    await mend(taskId, number('7'), word);
    expect(await again(student, 'шесть')).toMatchObject({ outcome: 'repeat', verdict: 'wrong' });
  });
});

test('the preview counts answers and students, and changes nothing', async () => {
  const { taskId, students } = await aTaskWith(number('5'), [['7'], ['7,0', '5'], ['8', '7'], ['5'], ['9']]);
  const all = () => app.db.submission.findMany({ where: { taskId }, orderBy: { id: 'asc' } });
  const untouched = await all();
  const preview = await previewKeyFix(app, taskId, number('7'));
  expect(preview).toMatchObject({
    submissions: 7,
    distinct: 5,
    changed: 5,
    gain: { students: 2, points: 2 },
    lose: { students: 1, points: 1 },
  });
  expect(preview.examples).toContainEqual({
    understood: '7',
    count: 3,
    before: { verdict: 'wrong', points: 0 },
    after: { verdict: 'right', points: 1 },
    unread: false,
  });
  expect(await all()).toEqual(untouched);
  expect(students).toHaveLength(5);
});

test('the preview calls options by the places at which students see them', async () => {
  const options = [
    { id: 'b', text: 'один' },
    { id: 'a', text: 'два' },
    { id: 'c', text: 'три' },
  ];
  const choices = (key: string[]): TaskPlan => ({ spec: { kind: 'choices', options, key, partial: 'none' } });
  const course = await aCourse(app, { topics: [{ tasks: [choices(['a'])] }] });
  const student = await aStudent(app);
  await answer(app, student.actor, course.task(0, 0), ['c', 'b']);
  const { examples } = await previewKeyFix(app, course.task(0, 0), { ...choices(['b', 'c']), points: 1 });
  expect(examples.map(({ understood }) => understood)).toEqual(['1, 3']);
});

test('the moment of the solution and the streak follow the answer that became right', async () => {
  const course = await aCourse(app, { topics: [{ opensIn: -72, tasks: [number('5')] }] });
  const student = await aStudent(app);
  const taskId = course.task(0, 0);
  const first = school.clock.now();
  await answer(app, student.actor, taskId, '7');
  school.clock.forward(24 * 3_600_000);
  await answer(app, student.actor, taskId, '8');
  expect((await getProgress(app, student.actor)).streak).toMatchObject({ now: 0, best: 0 });
  await fix(taskId, number('5'), number('7'));
  expect((await progressOf(taskId, student)).solvedAt).toEqual(first);
  expect((await getProgress(app, student.actor)).streak).toMatchObject({ now: 1, best: 1 });
});

test('a preview that is no longer true refuses, and nothing has changed', async () => {
  const { taskId, students } = await aTaskWith(number('5'), [['7']]);
  const preview = await previewKeyFix(app, taskId, number('7'));
  await solve(app, (await aStudent(app)).actor, taskId, ['5']);
  await expect(fix(taskId, number('5'), number('7'), { takePoints: true, token: preview.token })).rejects.toMatchObject({
    code: 'TASKS_KEY_FIX_STALE',
  });
  expect(await answersOf(taskId, students[0] as Student)).toEqual(['wrong 0']);
  expect(await app.db.keyFix.count({ where: { taskId } })).toBe(0);
});

test('one more who gains is no reason to ask again', async () => {
  const { taskId } = await aTaskWith(number('5'), [['7']]);
  const preview = await previewKeyFix(app, taskId, number('7'));
  await solve(app, (await aStudent(app)).actor, taskId, ['7']);
  expect(await fix(taskId, number('5'), number('7'), { token: preview.token })).toMatchObject({ gained: 2 });
});

test('it stands in the journal with both keys', async () => {
  const { taskId } = await aTaskWith(number('5'), [['7']]);
  await fix(taskId, number('5'), number('7'));
  const entry = await app.db.auditEntry.findFirstOrThrow({ where: { subject: taskId } });
  expect(entry).toMatchObject({ action: 'task.key-fix', actor: moderator.id, label: 'Задание 1', before: number('5') });
  expect(entry.after).toMatchObject({ ...number('7'), takePoints: false, gained: 1, lost: 0, kept: 0 });
});

describe('whoever gained', () => {
  test('is told once, in the transaction of the mended key', async () => {
    const { taskId, course, students } = await aTaskWith(number('5'), [['7'], ['7'], ['5']]);
    await fix(taskId, number('5'), number('7'));
    const told = await Promise.all(students.map(({ actor }) => messagesFor(app, actor.id, 'grade', grade)));
    const message = {
      title: expect.stringMatching(/^Мы исправили ключ: у\sвас на\s1\sбалл больше$/),
      body: expect.stringMatching(/Было: 0\sбаллов\. Стало: 1\sбалл\./),
      button: { url: `/courses/${course.slug}/topic-1#task-1` },
    };
    expect(told).toMatchObject([[message], [message], []]);
  });

  test('hears nothing more of it once they have read it at the task', async () => {
    const { taskId, students } = await aTaskWith(number('5'), [['7']]);
    await fix(taskId, number('5'), number('7'));
    const [gainer] = students;
    if (!gainer) throw new Error('nobody gained');
    await aBrowser(app, gainer).call.tasks.keyFixSeen({ taskId });
    expect(await messagesFor(app, gainer.actor.id, 'grade', grade)).toEqual([null]);
  });

  test('sees it at the task until it is read', async () => {
    const { taskId, course, students } = await aTaskWith(number('5', 2), [['7'], ['5']]);
    await fix(taskId, number('5', 2), number('7', 2));
    const [gainer, other] = students.map((student) => aBrowser(app, student));
    const shown = async (browser = gainer) =>
      (await browser?.call.courses.topic({ course: course.slug, topic: 'topic-1' }))?.tasks[0]?.state.keyFixPoints;
    expect([await shown(), await shown(other)]).toEqual([2, null]);
    await other?.call.tasks.keyFixSeen({ taskId });
    expect(await shown()).toBe(2);
    await gainer?.call.tasks.keyFixSeen({ taskId });
    expect(await shown()).toBeNull();
  });
});

test('an unknown task has no preview', async () => {
  await expect(previewKeyFix(app, randomUUID(), number('7'))).rejects.toMatchObject({ code: 'TASKS_NOT_FOUND' });
});
