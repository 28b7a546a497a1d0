import { expect, test } from 'vitest';
import { clockOf, isWorthResuming, positionToKeep } from './video-position.ts';

test.each([
  ['in the middle', 760.9, 1800, 760],
  ['before anything is known of its length', 25, Number.NaN, 25],
  ['of a stream without an end', 25, Number.POSITIVE_INFINITY, 25],
  ['just before the last seconds', 1789, 1800, 1789],
  ['in the last seconds', 1791, 1800, 0],
  ['at the very end', 1800, 1800, 0],
  ['of a very short video', 8, 12, 8],
  ['at the end of a very short video', 11.5, 12, 0],
  ['of nonsense', Number.NaN, 1800, 0],
])('the place %s', (_where, seconds, duration, kept) => {
  expect(positionToKeep(seconds, duration)).toBe(kept);
});

test('a few seconds are no place to go on from', () => {
  expect([0, 14, 15, 760].map(isWorthResuming)).toEqual([false, false, true, true]);
});

test.each([
  [0, '0:00'],
  [59.9, '0:59'],
  [760, '12:40'],
  [3725, '1:02:05'],
])('%d seconds are %s', (seconds, shown) => {
  expect(clockOf(seconds)).toBe(shown);
});
