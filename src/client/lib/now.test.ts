import { afterEach, expect, test } from 'vitest';
import { noteServerDate, serverNow } from './now.ts';

const ahead = () => Math.round((serverNow() - Date.now()) / 1000);
const answer = (serverAhead: number, tookMs = 100) => {
  const received = Date.now();
  noteServerDate(new Date(received + serverAhead).toUTCString(), received - tookMs, received);
};

afterEach(() => answer(0));

test('a device whose clock is minutes off counts by the server’s', () => {
  answer(5 * 60_000);
  expect(ahead()).toBeGreaterThan(297);
  expect(ahead()).toBeLessThan(303);
  answer(0);
  expect(ahead()).toBe(0);
});

test('a difference that a whole second and the way back explain is none', () => {
  answer(800);
  expect(ahead()).toBe(0);
});

test('a slow answer and a missing date prove nothing', () => {
  answer(5 * 60_000, 9000);
  noteServerDate(null, 0, 0);
  expect(ahead()).toBe(0);
});
