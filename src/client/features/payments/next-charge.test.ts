import { expect, test } from 'vitest';
import { nextChargeDay } from './next-charge.ts';

test.each([
  ['2026-11-23T10:00:00Z', 'Europe/Moscow', '2026-12-23'],
  ['2026-01-31T10:00:00Z', 'Europe/Moscow', '2026-02-28'],
  ['2028-01-31T10:00:00Z', 'Europe/Moscow', '2028-02-29'],
  ['2026-03-31T10:00:00Z', 'Europe/Moscow', '2026-04-30'],
  ['2026-12-31T10:00:00Z', 'Europe/Moscow', '2027-01-31'],
  // Already the next day at the school.
  ['2026-11-23T22:00:00Z', 'Europe/Moscow', '2026-12-24'],
  ['2026-12-31T20:00:00Z', 'Asia/Vladivostok', '2027-02-01'],
])('a month after %s in %s comes %s', (now, zone, day) => {
  expect(nextChargeDay(Date.parse(now), zone)).toBe(day);
});
