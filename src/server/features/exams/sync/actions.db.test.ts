/** Saving what is typed in an exam: from one tab, two tabs, another device, again and too late. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AnswerValue } from '#shared/answers/format.ts';
import { graceMs, type RunningAttemptDto, type SyncInput } from '#shared/exams.ts';
import type { App } from '../../../platform/app.ts';
import { aBrowser } from '../../../testing/browser.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { anExam, begin, finish, look } from '../../../testing/exam.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { openAttempt } from '../attempts/actions.ts';
import { syncAttempt } from './actions.ts';

let school: School;
let other: School;
let app: App;
let course: MadeCourse;
let student: Student;
let attempt: RunningAttemptDto;
let a: string;
let b: string;
beforeAll(async () => {
  school = await aSchool();
  other = await aSchool({ databaseUrl: school.databaseUrl, clock: school.clock });
  app = school.app;
  course = await aCourse(app, { topics: [{ tasks: [aNumber('1'), aNumber('2'), aNumber('3')] }] });
});
afterAll(async () => {
  await other.close();
  await school.close();
});
beforeEach(async () => {
  student = await aStudent(app);
  attempt = await begin(app, student.actor, await anExam(app, course));
  [a = '', b = ''] = attempt.tasks.map(({ id }) => id);
});

const sync = (changes: SyncInput['changes'], since = 0, at = app) =>
  syncAttempt(at, student.actor, { attemptId: attempt.id, since, changes });
const value = (taskId: string, text: AnswerValue | null, baseRev = 0) => ({ taskId, baseRev, value: text });
const outcomes = async (result: ReturnType<typeof sync>) => (await result).outcomes.map(({ outcome }) => outcome);
/** What stands there now, as another device is told that knows nothing. */
const stands = async () =>
  Object.fromEntries((await sync([])).changed.map(({ taskId, value: given }) => [taskId === a ? 'a' : taskId === b ? 'b' : 'c', given]));

test('what is typed is there, and each change counts', async () => {
  const first = await sync([value(a, '7'), { ...value(b, '8'), flagged: true }]);
  expect(first).toEqual({
    now: app.clock.now().toISOString(),
    running: true,
    deadlineAt: attempt.deadlineAt,
    rev: 1,
    outcomes: [a, b].map((taskId) => ({ taskId, outcome: 'saved' })),
    changed: [
      { taskId: a, rev: 1, value: '7', flagged: false, seen: false, files: 0 },
      { taskId: b, rev: 1, value: '8', flagged: true, seen: false, files: 0 },
    ],
  });
  expect(await sync([value(a, '9', 1)], 1)).toMatchObject({ rev: 2, changed: [{ taskId: a, rev: 2, value: '9' }] });
  expect(await sync([], 2)).toMatchObject({ rev: 2, changed: [], outcomes: [] });
  const again = await openAttempt(app, student.actor, { attemptId: attempt.id });
  expect(again).toMatchObject({ rev: 2, answers: [{ value: '9', rev: 2 }, { value: '8', flagged: true, rev: 1 }, { value: null }] });
});

test('a request whose answer was lost is sent again, and changes nothing', async () => {
  const change = [value(a, '7')];
  expect(await outcomes(sync(change))).toEqual(['saved']);
  const again = await sync(change);
  expect(again).toMatchObject({ rev: 1, outcomes: [{ outcome: 'saved' }], changed: [{ taskId: a, rev: 1, value: '7' }] });
});

test('what another tab changed is not overwritten, and is told', async () => {
  await sync([value(a, '7')]);
  const late = await sync([value(a, '8'), value(b, '9')]);
  expect(late.outcomes.map(({ outcome }) => outcome)).toEqual(['conflict', 'saved']);
  expect(late.changed).toEqual([
    expect.objectContaining({ taskId: a, value: '7', rev: 1 }),
    expect.objectContaining({ taskId: b, value: '9', rev: 2 }),
  ]);
  // Whoever has seen it may decide for their own.
  expect(await outcomes(sync([value(a, '8', late.rev)], late.rev))).toEqual(['saved']);
  expect(await stands()).toEqual({ a: '8', b: '9' });
});

test('a mark set in one tab is no conflict with what is typed in the other', async () => {
  await sync([{ taskId: a, baseRev: 0, flagged: true, seen: true }]);
  expect(await outcomes(sync([value(a, '7')]))).toEqual(['saved']);
  expect((await sync([])).changed).toEqual([{ taskId: a, rev: 2, value: '7', flagged: true, seen: true, files: 0 }]);
  await sync([{ taskId: a, baseRev: 0, flagged: false }]);
  expect((await sync([])).changed).toMatchObject([{ rev: 3, value: '7', flagged: false }]);
});

test('two tabs in two processes write the same task at the same moment: one is taken, the other is told', async () => {
  const results = await Promise.all([sync([value(a, 'x')]), sync([value(a, 'y')], 0, other.app)]);
  expect(results.map(({ outcomes: [first] }) => first?.outcome).toSorted()).toEqual(['conflict', 'saved']);
  const winner = results[0]?.outcomes[0]?.outcome === 'saved' ? 'x' : 'y';
  expect(await stands()).toEqual({ a: winner });
});

test('twenty at once, each another task or mark: all are there, and every one counts', async () => {
  const texts = Array.from({ length: 20 }, (_, index) => String(index));
  const results = await Promise.all(texts.map((text, index) => sync([value(index % 2 ? a : b, text)], 0, index % 3 ? app : other.app)));
  const saved = results.filter(({ outcomes: [first] }) => first?.outcome === 'saved');
  // The first at each task; whoever came later had not seen it.
  expect(saved).toHaveLength(2);
  expect((await sync([])).rev).toBe(2);
});

test('what cannot be an answer of the task is kept as typed, an empty one is one taken away', async () => {
  for (const typed of ['двенадцать', [['1', '2'], ['']], ['a', 'b'], '', null] as const) {
    const { rev } = await sync([]);
    const sent = Array.isArray(typed) ? typed.map((part) => (Array.isArray(part) ? [...part] : part)) : typed;
    expect(await outcomes(sync([value(a, sent as AnswerValue | null, rev)]))).toEqual(['saved']);
    expect(await stands()).toEqual({ a: typed });
  }
});

test('a task that the attempt does not have', async () => {
  const result = await sync([value(randomUUID(), '7'), value(a, '8')]);
  expect(result.outcomes.map(({ outcome }) => outcome)).toEqual(['unknown', 'saved']);
});

test('a stranger, also a moderator, hears that there is no such attempt', async () => {
  for (const { actor } of [await aStudent(app), await aModerator(app)]) {
    const input = { attemptId: attempt.id, since: 0, changes: [value(a, '1')] };
    await expect(syncAttempt(app, actor, input)).rejects.toMatchObject({ code: 'EXAMS_NOT_FOUND' });
  }
  expect(await stands()).toEqual({});
});

describe('the time', () => {
  const deadline = () => Date.parse(attempt.deadlineAt ?? '');

  test('in the grace after the deadline is still taken; then nothing is, and the attempt is graded', async () => {
    school.clock.set(new Date(deadline() + graceMs - 1));
    expect(await outcomes(sync([value(a, '1')]))).toEqual(['saved']);
    school.clock.set(new Date(deadline() + graceMs));
    const late = await sync([value(b, '2')], 1);
    expect(late).toMatchObject({ running: false, outcomes: [{ taskId: b, outcome: 'over' }], changed: [] });
    const result = await look(app, student.actor, attempt.id);
    expect(result).toMatchObject({ finishedBy: 'time', finishedAt: attempt.deadlineAt, score: { points: 1 }, answered: 1 });
    expect(await outcomes(sync([value(b, '2')]))).toEqual(['over']);
  });

  test('is the server’s: whatever clock a browser has, it sends none', async () => {
    const input = { attemptId: attempt.id, since: 0, changes: [value(a, '1')], now: '2020-01-01T00:00:00Z' };
    const call = aBrowser(app, student).call.exams.sync(input);
    await expect(call).rejects.toThrow();
    expect(await stands()).toEqual({});
  });

  test('after the student has handed in nothing is taken', async () => {
    await sync([value(a, '1')]);
    await finish(app, student.actor, attempt.id);
    const late = await sync([value(a, '2', 1), value(b, '2')], 1);
    expect(late).toMatchObject({ running: false, outcomes: [{ outcome: 'over' }, { outcome: 'over' }] });
    expect(await look(app, student.actor, attempt.id)).toMatchObject({ answered: 1, score: { points: 1 } });
  });
});

test('a page that saves faster than anybody types is slowed down', async () => {
  const requests = Array.from({ length: 240 }, () => sync([]));
  await Promise.all(requests);
  await expect(sync([])).rejects.toMatchObject({ code: 'AUTH_RATE_LIMITED' });
});
