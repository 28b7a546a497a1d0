import { expect, test } from 'vitest';
import type { SubscriptionDto } from '#shared/payments.ts';
import { isResumable, openUntil, standingOf } from './subscription-state.ts';

const running: SubscriptionDto = {
  id: 's',
  courseSlug: 'math-80',
  title: 'Математика 80+',
  amountMinor: 290_000,
  currency: 'RUB',
  state: 'active',
  mask: '•• 4242',
  paidUntil: '2026-12-23T10:00:00Z',
  nextChargeAt: '2026-12-23T10:00:00Z',
  cancelledAt: null,
  openUntil: null,
  charging: false,
};
const cancelled = { cancelledAt: '2026-11-25T10:00:00Z', nextChargeAt: null };

test.each([
  ['goes on', {}, 'running'],
  ['is being charged', { charging: true }, 'charging'],
  ['was cancelled', cancelled, 'cancelled'],
  ['was cancelled while a charge is at the bank', { ...cancelled, charging: true }, 'cancelled'],
  ['could not be charged', { state: 'past_due' }, 'due'],
  ['could not be charged, and another try is at the bank', { state: 'past_due', charging: true }, 'charging'],
  ['could not be charged and was cancelled', { ...cancelled, state: 'past_due' }, 'cancelled'],
  ['has ended', { ...cancelled, state: 'ended' }, 'over'],
] as const)('a subscription that %s', (_, part, standing) => {
  expect(standingOf({ ...running, ...part })).toBe(standing);
});

test.each([
  ['while it is paid', {}, '2026-12-01T10:00:00Z', '2026-12-23T10:00:00Z'],
  ['past due, four days more', { openUntil: '2026-12-27T10:00:00Z' }, '2026-12-24T10:00:00Z', '2026-12-27T10:00:00Z'],
  ['when that is over', {}, '2026-12-23T10:00:00Z', null],
  ['when nothing was paid', { paidUntil: null }, '2026-12-01T10:00:00Z', null],
  [
    'ended, and the month is still theirs',
    { state: 'ended', openUntil: '2026-12-23T10:00:00Z' },
    '2026-12-01T10:00:00Z',
    '2026-12-23T10:00:00Z',
  ],
  ['ended, and its money went back', { state: 'ended' }, '2026-12-01T10:00:00Z', null],
] as const)('the course is open %s', (_, part, now, until) => {
  expect(openUntil({ ...running, ...part }, Date.parse(now))).toBe(until);
});

test.each([
  ['cancelled, within the month', cancelled, '2026-12-01T10:00:00Z', true],
  ['cancelled, and the month is over', cancelled, '2026-12-23T10:00:00Z', false],
  ['cancelled, and its card was removed', { ...cancelled, mask: null }, '2026-12-01T10:00:00Z', false],
  ['cancelled when a charge had failed', { ...cancelled, state: 'past_due' as const }, '2026-12-01T10:00:00Z', false],
  ['over', { ...cancelled, state: 'ended' as const }, '2026-12-01T10:00:00Z', false],
  ['running', {}, '2026-12-01T10:00:00Z', false],
])('a subscription that is %s can be taken back or not', (_, part, now, resumable) => {
  expect(isResumable({ ...running, ...part }, Date.parse(now))).toBe(resumable);
});
