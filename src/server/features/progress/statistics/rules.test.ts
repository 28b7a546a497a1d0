import { describe, expect, test } from 'vitest';
import { activeWithin, activityOf, type SolvedDay, solvedWithin, weeksOf, yearFrom } from './rules.ts';

/** A Tuesday. */
const today = '2026-11-24';
const days = (entries: Record<string, number>): SolvedDay[] => Object.entries(entries).map(([on, solved]) => ({ on, solved }));

describe('the year begins with the Monday 52 weeks before this week', () => {
  test.each([
    ['a Monday', '2026-11-23', '2025-11-24'],
    ['a Tuesday', today, '2025-11-24'],
    ['a Sunday', '2026-11-29', '2025-11-24'],
    ['over a leap day', '2028-03-01', '2027-03-01'],
    ['from a year into the next but one', '2027-01-01', '2025-12-29'],
  ])('%s', (_, day, from) => {
    expect(yearFrom(day)).toBe(from);
  });
});

test('activity is what was solved from the first day to today, in order, and no day ahead', () => {
  const solved = days({ '2026-11-24': 2, '2025-11-24': 1, '2025-11-23': 9, '2026-11-25': 4, '2026-02-28': 0, '2026-01-31': 3 });
  expect(activityOf(solved, today)).toEqual({
    today,
    from: '2025-11-24',
    days: [
      { on: '2025-11-24', solved: 1 },
      { on: '2026-01-31', solved: 3 },
      { on: '2026-11-24', solved: 2 },
    ],
    solved: 6,
  });
  expect(activityOf([], today)).toEqual({ today, from: '2025-11-24', days: [], solved: 0 });
});

describe('weeks', () => {
  test('are twelve from Monday to Sunday, the current one last', () => {
    const weeks = weeksOf(
      days({ '2026-11-22': 5, '2026-11-23': 1, '2026-11-24': 2, '2026-11-25': 7, '2026-09-07': 3, '2026-09-06': 8 }),
      today,
    );
    expect(weeks).toHaveLength(12);
    expect(weeks[0]).toEqual({ from: '2026-09-07', solved: 3, current: false });
    expect(weeks.slice(-2)).toEqual([
      { from: '2026-11-16', solved: 5, current: false },
      { from: '2026-11-23', solved: 3, current: true },
    ]);
    expect(weeks.filter(({ current }) => current)).toHaveLength(1);
  });

  test('run over the end of a year', () => {
    const weeks = weeksOf(days({ '2026-12-31': 1, '2027-01-01': 2, '2027-01-03': 3, '2027-01-04': 4 }), '2027-01-05');
    expect(weeks.slice(-2).map(({ from, solved }) => [from, solved])).toEqual([
      ['2026-12-28', 6],
      ['2027-01-04', 4],
    ]);
  });
});

describe('the last days, today among them', () => {
  const solved = days({
    '2026-11-24': 2,
    '2026-11-18': 3,
    '2026-11-17': 5,
    '2026-10-26': 1,
    '2026-10-25': 1,
    '2026-11-25': 9,
    '2026-11-20': 0,
  });
  test.each([
    [1, 2, 1],
    [7, 5, 2],
    [8, 10, 3],
    [30, 11, 4],
    [31, 12, 5],
  ])('%i of them: %i tasks on %i days', (span, tasks, active) => {
    expect([solvedWithin(solved, today, span), activeWithin(solved, today, span)]).toEqual([tasks, active]);
  });
});
