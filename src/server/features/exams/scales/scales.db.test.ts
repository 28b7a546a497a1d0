import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App, PersonActor } from '../../../platform/app.ts';
import { aCourse, aNumber } from '../../../testing/course.ts';
import { anExam } from '../../../testing/exam.ts';
import { aModerator, aSchool, aStudent, type School } from '../../../testing/world.ts';
import { removeScale, restoreScale, saveScale } from './actions.ts';
import { listScales } from './queries.ts';

let school: School;
let app: App;
let teacher: PersonActor;
let subjectId: string;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  teacher = (await aModerator(app)).actor;
});
beforeEach(async () => {
  subjectId = randomUUID();
  const slug = `s-${subjectId}`;
  await app.db.subject.create({ data: { id: subjectId, slug, title: 'Физика', about: 'Экзамен', maxPrimary: 4, position: 0 } });
});
afterAll(() => school.close());

const points = [10, 40, 40, 100];
const others = [20, 40, 60, 100];
const input = (changes: object = {}) => ({ subjectId, year: 2025, points, maxPrimary: 4, former: null, ...changes });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: { code?: string; data?: unknown }) => ({ code: error.code, ...(error.data as object) }),
  );
const mine = async () => (await listScales(app, teacher)).find(({ id }) => id === subjectId)?.scales;
const audit = () =>
  app.db.auditEntry.findMany({
    where: { subject: subjectId },
    orderBy: { id: 'asc' },
    select: { action: true, label: true, before: true, after: true },
  });

test('a scale is made, changed, removed and put back, each with a line of the journal', async () => {
  expect(await saveScale(app, teacher, input())).toEqual({ outcome: 'saved' });
  expect(await saveScale(app, teacher, input({ year: 2024, points: others }))).toEqual({ outcome: 'saved' });
  // Newest first.
  expect(await mine()).toEqual([
    { year: 2025, points, exams: 0 },
    { year: 2024, points: others, exams: 0 },
  ]);
  expect(await saveScale(app, teacher, input({ points: others, former: points }))).toEqual({ outcome: 'saved' });
  expect(await removeScale(app, teacher, { subjectId, year: 2025 })).toEqual({ points: others });
  expect((await mine())?.map(({ year }) => year)).toEqual([2024]);
  expect(await restoreScale(app, teacher, { subjectId, year: 2025, points: others })).toEqual({ outcome: 'saved' });
  expect((await mine())?.[0]).toEqual({ year: 2025, points: others, exams: 0 });
  expect(await audit()).toEqual([
    { action: 'scale.save', label: 'Физика, 2025', before: null, after: { points: '10 40 40 100' } },
    { action: 'scale.save', label: 'Физика, 2024', before: null, after: { points: '20 40 60 100' } },
    { action: 'scale.save', label: 'Физика, 2025', before: { points: '10 40 40 100' }, after: { points: '20 40 60 100' } },
    { action: 'scale.remove', label: 'Физика, 2025', before: { points: '20 40 60 100' }, after: null },
    { action: 'scale.save', label: 'Физика, 2025', before: null, after: { points: '20 40 60 100' } },
  ]);
});

test('the exam of another year may have had other points than the subject now', async () => {
  expect(await saveScale(app, teacher, input({ points: [50, 100], maxPrimary: 2 }))).toEqual({ outcome: 'saved' });
});

test.each([
  ['too short', { points: [10, 40, 100] }, { reason: 'length', expected: 4, at: 4 }],
  ['too long', { points: [10, 40, 60, 80, 100] }, { reason: 'length', expected: 4, at: 5 }],
  ['falling', { points: [10, 40, 39, 100] }, { reason: 'order', expected: 40, at: 3 }],
  ['not up to 100', { points: [10, 40, 60, 99] }, { reason: 'last', expected: 100, at: 4 }],
])('%s: refused with its place, nothing is written', async (_, changes, data) => {
  expect(await codeOf(saveScale(app, teacher, input(changes)))).toEqual({ code: 'SCALES_INVALID', ...data });
  expect(await mine()).toEqual([]);
});

describe('two teachers', () => {
  test('at one table: the second is told what stands there now', async () => {
    await saveScale(app, teacher, input());
    const second = (await aModerator(app)).actor;
    await saveScale(app, second, input({ points: others, former: points }));
    const late = input({ points: [1, 2, 3, 100], former: points });
    expect(await saveScale(app, teacher, late)).toEqual({ outcome: 'conflict', points: others });
    expect((await mine())?.[0]?.points).toEqual(others);
    // Having seen it, they may write over it.
    expect(await saveScale(app, teacher, { ...late, former: others })).toEqual({ outcome: 'saved' });
  });

  test('at the same moment: one wins, whoever it is', async () => {
    const outcomes = await Promise.all([saveScale(app, teacher, input()), saveScale(app, teacher, input({ points: others }))]);
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['conflict', 'saved']);
    expect(await audit()).toHaveLength(1);
  });

  test('one removes what the other edits', async () => {
    await saveScale(app, teacher, input());
    await removeScale(app, teacher, { subjectId, year: 2025 });
    expect(await saveScale(app, teacher, input({ points: others, former: points }))).toEqual({ outcome: 'conflict', points: null });
    expect(await mine()).toEqual([]);
  });

  test('a removal is not taken back over a table that was written since', async () => {
    await saveScale(app, teacher, input());
    const removed = await removeScale(app, teacher, { subjectId, year: 2025 });
    await saveScale(app, teacher, input({ points: others }));
    expect(await restoreScale(app, teacher, { subjectId, year: 2025, ...removed })).toEqual({ outcome: 'conflict', points: others });
    expect((await mine())?.[0]?.points).toEqual(others);
  });
});

test('saved twice, as after a lost reply, it is one change', async () => {
  expect(await saveScale(app, teacher, input())).toEqual({ outcome: 'saved' });
  expect(await saveScale(app, teacher, input())).toEqual({ outcome: 'saved' });
  expect(await audit()).toHaveLength(1);
});

test('a scale that exams name stays until they name another', async () => {
  const course = await aCourse(app, { topics: [{ tasks: [aNumber('1')] }] });
  await app.db.course.update({ where: { id: course.id }, data: { subjectId } });
  await saveScale(app, teacher, input());
  const exam = await anExam(app, course, { scaleYear: 2025 });
  await anExam(app, course, { scaleYear: 2024 });
  expect((await mine())?.[0]?.exams).toBe(1);
  expect(await codeOf(removeScale(app, teacher, { subjectId, year: 2025 }))).toEqual({ code: 'SCALES_IN_USE', exams: 1 });
  // What was put away is not in the way.
  await app.db.exam.update({ where: { id: exam.id }, data: { deletedAt: app.clock.now() } });
  expect(await removeScale(app, teacher, { subjectId, year: 2025 })).toEqual({ points });
});

test('what is not there cannot be removed', async () => {
  expect(await codeOf(removeScale(app, teacher, { subjectId, year: 1999 }))).toEqual({ code: 'SCALES_NOT_FOUND' });
  expect(await codeOf(saveScale(app, teacher, input({ subjectId: randomUUID() })))).toEqual({ code: 'SUBJECTS_NOT_FOUND' });
});

test('students neither see nor change scales', async () => {
  const { actor } = await aStudent(app);
  const works = [
    () => listScales(app, actor),
    () => saveScale(app, actor, input()),
    () => removeScale(app, actor, input()),
    () => restoreScale(app, actor, input()),
  ];
  for (const work of works) expect(await codeOf(work())).toEqual({ code: 'AUTH_FORBIDDEN' });
});
