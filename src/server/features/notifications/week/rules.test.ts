import { expect, test } from 'vitest';
import { mondayDue } from './rules.ts';

test.each<[string, number, string | null, string]>([
  ['2026-11-22', 1439, null, 'Sunday night'],
  ['2026-11-23', 599, null, 'Monday, a minute before ten'],
  ['2026-11-23', 600, '2026-11-23', 'Monday, ten'],
  ['2026-11-23', 1439, '2026-11-23', 'Monday night'],
  ['2026-11-24', 0, '2026-11-23', 'Tuesday: the school was down'],
  ['2026-11-24', 1439, '2026-11-23', 'Tuesday night'],
  ['2026-11-25', 0, null, 'Wednesday: too late'],
  ['2027-03-01', 600, '2027-03-01', 'a Monday that begins a month'],
])('%s, minute %i → %s (%s)', (day, minute, monday) => {
  expect(mondayDue(day, minute)).toBe(monday);
});
