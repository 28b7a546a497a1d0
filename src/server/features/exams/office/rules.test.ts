import { describe, expect, test } from 'vitest';
import { exportCells, exportColumns, fromCursor, toCursor } from './results/rules.ts';
import { examProblem, examState, windowIsSound } from './rules.ts';
import { conditionsOf, numberPicks } from './tasks/rules.ts';

const at = (hour: number) => new Date(Date.UTC(2026, 10, 26, hour));
const now = at(12);

describe('the state of an exam', () => {
  test.each([
    ['never published', { publishedAt: null, opensAt: null, closesAt: null }, 'draft'],
    ['a draft whose window is over', { publishedAt: null, opensAt: at(8), closesAt: at(10) }, 'draft'],
    ['without a window', { publishedAt: at(1), opensAt: null, closesAt: null }, 'open'],
    ['before its window', { publishedAt: at(1), opensAt: at(13), closesAt: at(15) }, 'soon'],
    ['at the instant it opens', { publishedAt: at(1), opensAt: now, closesAt: at(15) }, 'open'],
    ['at the instant it closes', { publishedAt: at(1), opensAt: at(8), closesAt: now }, 'closed'],
    ['only an end, ahead', { publishedAt: at(1), opensAt: null, closesAt: at(13) }, 'open'],
  ] as const)('%s', (_, exam, state) => {
    expect(examState(exam, now)).toBe(state);
  });
});

describe('what keeps it from students', () => {
  test.each([
    ['no tasks, and a bad window', { tasks: 0, lost: 0, opensAt: at(2), closesAt: at(1) }, 'no-tasks'],
    ['a task that was taken away', { tasks: 3, lost: 1, opensAt: null, closesAt: null }, 'draft-tasks'],
    ['an end before the beginning', { tasks: 3, lost: 0, opensAt: at(2), closesAt: at(1) }, 'window'],
    ['an end at the beginning', { tasks: 3, lost: 0, opensAt: at(2), closesAt: at(2) }, 'window'],
    ['nothing', { tasks: 3, lost: 0, opensAt: at(1), closesAt: at(2) }, null],
  ] as const)('%s', (_, exam, problem) => {
    expect(examProblem(exam)).toBe(problem);
  });

  test('a window with one end is sound', () => {
    expect(windowIsSound({ opensAt: at(2), closesAt: null })).toBe(true);
    expect(windowIsSound({ opensAt: null, closesAt: at(2) })).toBe(true);
  });
});

test('every number up to the highest has a line, gaps too', () => {
  const pick = (number: number) => ({ number, task: null, choices: 2 });
  expect(numberPicks([pick(4), pick(1)])).toEqual([
    { number: 1, task: null, choices: 2 },
    { number: 2, task: null, choices: 0 },
    { number: 3, task: null, choices: 0 },
    { number: 4, task: null, choices: 2 },
  ]);
  expect(numberPicks([])).toEqual([]);
});

test('a search takes each word as it is, and no signs of patterns', () => {
  const values: unknown[] = [];
  const conditions = conditionsOf({ q: '  Ёлка 50%  a_b ', number: 7, free: true }, (value) => `$${values.push(value)}`);
  expect(values).toEqual(['%елка%', '%50\\%%', '%a\\_b%', 7]);
  expect(conditions).toHaveLength(5);
  expect(conditionsOf({}, () => '')).toEqual([]);
});

test('a cursor comes back as it went, and nothing else is one', () => {
  const place = ['2026-11-26T12:00:00.123Z', '6a1f0f6e-2a55-4c4e-9e0a-9b9d3f3c5b11'] as const;
  expect(fromCursor(toCursor(place))).toEqual(place);
  for (const wrong of ['', 'nonsense', Buffer.from('["x","y"]').toString('base64url'), Buffer.from('[]').toString('base64url')]) {
    expect(fromCursor(wrong)).toBeNull();
  }
});

describe('a row of the table', () => {
  const tasks = [
    { id: 'a', title: '=1+1', examNumber: null },
    { id: 'b', title: 'Графы', examNumber: 13 },
  ];
  const row = {
    firstName: 'Яна',
    lastName: '=cmd',
    email: 'a@example.ru',
    number: 2,
    startedAt: at(9),
    finishedAt: at(10),
    finishedBy: 'time' as const,
    answered: 1,
    tasks: 2,
    points: 1,
    maxPoints: 3,
    score: null,
    waiting: 1,
    extraMinutes: 15,
    pointsOf: { a: 1, b: null },
  };

  test('has a cell for each column', () => {
    const cells = exportCells(row, 1, tasks, (instant) => instant);
    expect(cells).toHaveLength(exportColumns(tasks).length);
    expect(cells).toEqual([1, '=cmd', 'Яна', 'a@example.ru', 2, at(9), at(10), 'Вышло время', 1, 2, 1, 3, null, 1, 15, 1, null]);
    expect(exportColumns(tasks).at(-1)?.header).toBe('13. Графы');
  });

  test('of a running attempt says nothing of points', () => {
    const cells = exportCells({ ...row, finishedAt: null, finishedBy: null }, 1, tasks, (instant) => instant);
    expect(cells.slice(6)).toEqual([null, 'Идёт', 1, 2, null, null, null, 1, 15, null, null]);
  });
});
