import { expect, test } from 'vitest';
import { growthOf } from './heap.ts';
import { slopeOf } from './slope.ts';

const wave = (n: number) => Math.sin(n * 2.4);

test('the line through points on a line is that line, without an error', () => {
  const { perStep, error } = slopeOf([1, 3, 5, 7].map((value, at) => ({ at, value })));
  expect(perStep).toBeCloseTo(2);
  expect(error).toBeCloseTo(0);
});

test.each<[string, (n: number) => number, boolean]>([
  ['goes up and down', (n) => 100 + 3 * wave(n), false],
  ['fills its caches first', (n) => 100 + Math.min(n, 12) * 4 + wave(n), false],
  ['shrinks', (n) => 100 - n / 5 + wave(n), false],
  ['loses a hundredth in an hour', (n) => 100 + n / 60, false],
  ['grows by half', (n) => 100 + n + 3 * wave(n), true],
  ['grows by a tenth', (n) => 100 + n / 5 + wave(n), true],
])('a heap that %s', (_, heap, grows) => {
  const { megabytes, allowed } = growthOf(Array.from({ length: 60 }, (_value, n) => heap(n)));
  expect(megabytes > allowed).toBe(grows);
});

test('too few measurements say nothing', () => {
  expect(() => growthOf([1, 2])).toThrow();
});
