import { describe, expect, test } from 'vitest';
import { dayByKey, levelsOf, placeOf, summaryOf } from './view.ts';

const days = (entries: Record<string, number>) => Object.entries(entries).map(([on, solved]) => ({ on, solved }));

describe('steps of the heat-map', () => {
  test.each([
    ['a quiet student: four a day is full', { '2026-11-01': 1, '2026-11-02': 2 }, [0, 1, 2, 3, 4, 9], [0, 1, 2, 3, 4, 4]],
    [
      'one marathon among twenty days of eight',
      Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`2026-11-${10 + n}`, n === 3 ? 90 : 8])),
      [1, 3, 5, 8, 90],
      [1, 2, 3, 4, 4],
    ],
    ['nothing', {}, [0, 1], [0, 1]],
  ])('%s', (_, entries, solved, levels) => {
    expect(solved.map(levelsOf(days(entries)))).toEqual(levels);
  });
});

describe('what is worth saying of a year', () => {
  test.each([
    ['one day', { '2026-11-24': 3 }, ['2026-11-24', 3], ['2026-11-24', '2026-11-24', 1]],
    [
      'over the end of a month',
      { '2026-10-30': 1, '2026-10-31': 5, '2026-11-01': 1, '2026-11-03': 4 },
      ['2026-10-31', 5],
      ['2026-10-30', '2026-11-01', 3],
    ],
    ['over a leap day', { '2028-02-28': 1, '2028-02-29': 1, '2028-03-01': 1 }, ['2028-03-01', 1], ['2028-02-28', '2028-03-01', 3]],
    ['the later of two alike', { '2026-11-01': 2, '2026-11-03': 2 }, ['2026-11-03', 2], ['2026-11-03', '2026-11-03', 1]],
  ])('%s', (_, entries, [on, solved], [from, to, length]) => {
    expect(summaryOf(days(entries as Record<string, number>))).toEqual({ most: { on, solved }, run: { from, to, days: length } });
  });

  test('an empty year has nothing', () => {
    expect(summaryOf([])).toBeNull();
  });
});

test.each([
  ['ArrowUp', '2026-11-18', '2026-11-17'],
  ['ArrowDown', '2026-11-18', '2026-11-19'],
  ['ArrowLeft', '2026-11-18', '2026-11-11'],
  ['ArrowRight', '2026-11-11', '2026-11-18'],
  ['ArrowRight', '2026-11-18', '2026-11-18'],
  ['ArrowDown', '2026-11-24', '2026-11-24'],
  ['ArrowUp', '2025-11-24', '2025-11-24'],
  ['Home', '2026-11-18', '2025-11-24'],
  ['End', '2026-03-18', '2026-11-24'],
  ['a', '2026-03-18', null],
  ['Tab', '2026-03-18', null],
])('%s from %s leads to %s', (key, day, to) => {
  expect(dayByKey(key, day, { from: '2025-11-24', today: '2026-11-24' })).toBe(to);
});

test.each([
  ['2025-11-24', 0, 0],
  ['2025-11-30', 0, 6],
  ['2025-12-01', 1, 0],
  ['2026-11-24', 52, 1],
])('%s stands in column %i, row %i', (day, week, weekday) => {
  expect(placeOf(day, '2025-11-24')).toEqual({ week, weekday });
});
