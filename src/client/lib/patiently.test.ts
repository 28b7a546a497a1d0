import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { patiently } from './patiently.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a piece that cannot be loaded is tried again, later each time, until it is there', async () => {
  const tries: number[] = [];
  const loaded = patiently(async () => {
    tries.push(Date.now());
    if (tries.length < 9) throw new TypeError('Failed to fetch');
    return 'there';
  });
  await vi.advanceTimersByTimeAsync(1000 + 2000 + 4000 + 8000 + 16_000 + 32_000 + 60_000 + 60_000);
  expect(await loaded).toBe('there');
  expect(tries.map((at, n) => at - (tries[n - 1] ?? at))).toEqual([0, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
});

test('one that nobody waits for lets the page go first', async () => {
  const load = vi.fn(async () => 'there');
  const loaded = patiently(load, 1500);
  await vi.advanceTimersByTimeAsync(1499);
  expect(load).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(await loaded).toBe('there');
});
