import { expect, test } from 'vitest';
import type { NewsProgressDto } from '#shared/news.ts';
import { deliveredOf, leftOf, segmentsOf } from './progress.ts';

const numbers: NewsProgressDto = {
  state: 'sending',
  total: 10_412,
  telegram: 4788,
  email: 1273,
  instead: 164,
  siteOnly: 0,
  failed: 23,
  skipped: 0,
  waiting: 4164,
  later: 0,
  rate: 28,
  secondsLeft: 149,
};

test('what failed has not been delivered', () => {
  expect(deliveredOf(numbers)).toBe(6225);
});

test('the bar: its pieces and what is still to come are all of them', () => {
  const pieces = segmentsOf({ ...numbers, skipped: 100, waiting: 4064 });
  expect(pieces.map(({ name }) => name)).toEqual(['sent', 'instead', 'failed', 'skipped']);
  expect(pieces.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1 - 4064 / 10_412);
  expect(segmentsOf(numbers).map(({ name }) => name)).toEqual(['sent', 'instead', 'failed']);
  expect(segmentsOf({ ...numbers, total: 0, telegram: 0, email: 0, instead: 0, failed: 0, waiting: 0 })).toEqual([]);
});

test.each<[Partial<NewsProgressDto>, ReturnType<typeof leftOf>]>([
  [{}, { unit: 'minutes', n: 2 }],
  [{ secondsLeft: 59 }, { unit: 'soon', n: 0 }],
  [{ secondsLeft: 60 }, { unit: 'minutes', n: 1 }],
  [{ secondsLeft: 5 * 3600 }, { unit: 'hours', n: 5 }],
  [{ secondsLeft: null }, null],
  [{ state: 'paused' }, null],
])('time left: %j', (part, expected) => {
  expect(leftOf({ ...numbers, ...part })).toEqual(expected);
});
