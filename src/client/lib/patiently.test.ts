import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { patiently } from './patiently.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a piece comes after the page, and one that cannot be loaded is tried again, later each time, until it is there', async () => {
  const tries: number[] = [];
  const loaded = patiently(async () => {
    tries.push(Date.now());
    if (tries.length < 9) throw new TypeError('Failed to fetch');
    return 'there';
  });
  await vi.advanceTimersByTimeAsync(1499);
  expect(tries).toEqual([]);
  await vi.advanceTimersByTimeAsync(1 + 1000 + 2000 + 4000 + 8000 + 16_000 + 32_000 + 60_000 + 60_000);
  expect(await loaded).toBe('there');
  expect(tries.map((at, n) => at - (tries[n - 1] ?? at))).toEqual([0, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
});
