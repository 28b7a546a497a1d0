import { expect, test } from 'vitest';
import { type SendTime, sendAtOf } from './send-time.ts';

const now = Date.parse('2026-11-24T16:00:00Z');

test.each<[SendTime, ReturnType<typeof sendAtOf>]>([
  [{ later: false, on: '2026-11-01', time: '10:00' }, { at: null }],
  [{ later: true, on: '2026-11-24', time: '19:01' }, { at: '2026-11-24T16:01:00.000Z' }],
  [{ later: true, on: '2026-11-24', time: '19:00' }, { problem: 'past' }],
  [{ later: true, on: '2025-11-25', time: '19:00' }, { problem: 'past' }],
  [{ later: true, on: '', time: '19:00' }, { problem: 'wrong' }],
  [{ later: true, on: '2026-11-25', time: '' }, { problem: 'wrong' }],
  [{ later: true, on: '2026-02-30', time: '10:00' }, { problem: 'wrong' }],
])('by the clocks of Moscow: %j', (typed, expected) => {
  expect(sendAtOf(typed, 'Europe/Moscow', now)).toEqual(expected);
});
