import { expect, test } from 'vitest';
import { waitedFor } from './use-waited.ts';

const minute = 60_000;

test.each([
  [-5000, { unit: 'soon', n: 0 }],
  [59_999, { unit: 'soon', n: 0 }],
  [minute, { unit: 'minutes', n: 1 }],
  [59 * minute, { unit: 'minutes', n: 59 }],
  [60 * minute, { unit: 'hours', n: 1 }],
  [47 * 60 * minute, { unit: 'hours', n: 47 }],
  [48 * 60 * minute, { unit: 'days', n: 2 }],
])('%i ms', (ms, expected) => {
  expect(waitedFor(ms)).toEqual(expected);
});
