import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { allHints, createHints } from './hints.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the first hint is told at once, the rest of a burst together', async () => {
  const told: string[][] = [];
  const hints = createHints((kinds) => told.push([...kinds]), 400);
  hints.note(['unread']);
  hints.note(['inbox']);
  hints.note(['inbox']);
  hints.note(['rooms']);
  expect(told).toEqual([['unread']]);
  await vi.advanceTimersByTimeAsync(400);
  expect(told).toEqual([['unread'], ['inbox', 'rooms']]);
  await vi.advanceTimersByTimeAsync(400);
  hints.note(allHints);
  expect(told.at(-1)).toEqual(allHints);
});

test('stopped, it tells nothing more', async () => {
  const told: string[][] = [];
  const hints = createHints((kinds) => told.push([...kinds]), 400);
  hints.note(['unread']);
  hints.note(['inbox']);
  hints.stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(told).toEqual([['unread']]);
});
