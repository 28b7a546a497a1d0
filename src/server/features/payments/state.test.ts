import { describe, expect, test } from 'vitest';
import type { OrderView } from '#shared/payments.ts';
import { declineOf, isCaptured, isLive, orderView, rankOf, type ViewedAttempt, type ViewedOrder } from './state.ts';

const now = new Date('2026-11-24T12:00:00Z');
const later = new Date('2026-11-24T13:00:00Z');
const open: ViewedOrder = { state: 'open', closedReason: null, expiresAt: later };
const paid: ViewedOrder = { ...open, state: 'paid' };
const closed: ViewedOrder = { ...open, state: 'closed', closedReason: 'expired' };
const page: ViewedAttempt = {
  state: 'opened',
  kind: 'page',
  payUrl: 'https://bank.example/1',
  heldReason: null,
  sentAt: null,
  capturedMinor: 0,
  refundedMinor: 0,
  double: false,
};
const fresh: ViewedAttempt = { ...page, state: 'created', payUrl: null };
const failed: ViewedAttempt = { ...page, state: 'failed' };
const money: ViewedAttempt = { ...page, state: 'captured', payUrl: null, capturedMinor: 100 };
const part: ViewedAttempt = { ...money, state: 'partly_refunded', refundedMinor: 40 };
const back: ViewedAttempt = { ...money, state: 'refunded', refundedMinor: 100 };
const saved: ViewedAttempt = { ...fresh, kind: 'saved' };

describe('what an order looks like to its buyer', () => {
  const cases: [string, ViewedOrder, ViewedAttempt[], OrderView][] = [
    ['begun', open, [fresh], 'opening'],
    ['asked for, no answer yet', open, [{ ...fresh, sentAt: now }], 'opening'],
    ['with a page', open, [page], 'to-pay'],
    ['known to the provider, its address not here yet', open, [{ ...page, payUrl: null }], 'opening'],
    ['money is held', open, [{ ...page, state: 'authorized' }], 'checking'],
    ['money is held by an older page', open, [fresh, { ...page, state: 'authorized' }], 'checking'],
    ['money is held of an order that was given up', closed, [{ ...page, state: 'authorized' }], 'checking'],
    ['declined', open, [failed], 'declined'],
    ['declined and tried again', open, [page, failed], 'to-pay'],
    ['its page is over', open, [{ ...page, state: 'expired', payUrl: null }], 'closed'],
    ['its time is over', { ...open, expiresAt: now }, [page], 'closed'],
    ['its time is over, money is held', { ...open, expiresAt: now }, [{ ...page, state: 'authorized' }], 'checking'],
    ['paid', paid, [money], 'paid'],
    ['paid by a code for all of it', paid, [], 'paid'],
    ['paid, a part went back', paid, [part], 'paid'],
    ['paid, all of it went back', paid, [back], 'refunded'],
    ['paid twice, the second went back', paid, [{ ...back, double: true }, money], 'paid'],
    ['paid after a try that failed', paid, [money, failed], 'paid'],
    ['held', open, [{ ...money, heldReason: 'amount' }], 'held'],
    ['held by a test card', open, [{ ...page, heldReason: 'test' }], 'held'],
    ['held, and its time is over', closed, [{ ...money, heldReason: 'amount' }], 'held'],
    ['held, and all of it went back', open, [{ ...back, heldReason: 'amount' }], 'refunded'],
    ['given up, paid all the same and on its way back', closed, [{ ...money, double: true }], 'refunded'],
    ['given up', { ...closed, closedReason: 'cancelled' }, [page], 'closed'],
    ['too late', closed, [failed], 'closed'],
    ['a month that was declined for good', { ...closed, closedReason: 'declined' }, [{ ...failed, kind: 'saved' }], 'declined'],
    ['a month about to be charged', open, [saved], 'checking'],
    ['a month whose charge is at the bank', open, [{ ...saved, sentAt: now }], 'checking'],
    ['a month that is tried again tomorrow', open, [{ ...failed, kind: 'saved' }], 'declined'],
  ];
  test.each(cases)('%s', (_, order, attempts, view) => {
    expect(orderView(order, attempts, now)).toBe(view);
  });
});

test('an attempt only moves up', () => {
  expect(['created', 'opened', 'failed', 'authorized', 'voided', 'captured', 'partly_refunded', 'refunded'] as const).toSatisfy(
    (states: readonly Parameters<typeof rankOf>[0][]) =>
      states.every((state, at) => at === 0 || rankOf(state) > rankOf(states[at - 1] ?? state)),
  );
  expect(rankOf('expired')).toBe(rankOf('failed'));
});

test.each([
  ['voided', false],
  ['authorized', false],
  ['captured', true],
  ['partly_refunded', true],
  ['refunded', true],
] as const)('money was taken: %s %s', (state, taken) => {
  expect(isCaptured(state)).toBe(taken);
});

test.each([
  ['a page', page, true],
  ['one that is about to be', fresh, true],
  ['a declined page that is still open', failed, true],
  ['a declined page that was withdrawn', { ...failed, payUrl: null }, false],
  ['held money', { ...page, state: 'authorized' }, true],
  ['a page that is over', { ...page, state: 'expired', payUrl: null }, false],
  ['money', money, false],
] as const)('something may still come of %s: %s', (_, attempt, live) => {
  expect(isLive(attempt)).toBe(live);
});

test.each([
  ['declined', [{ state: 'failed', declineClass: 'funds' }], 'funds'],
  ['declined, nobody said why', [{ state: 'failed', declineClass: null }], 'other'],
  [
    'tried again since',
    [
      { state: 'opened', declineClass: null },
      { state: 'failed', declineClass: 'funds' },
    ],
    null,
  ],
  ['never tried', [], null],
] as const)('why: %s', (_, attempts, why) => {
  expect(declineOf(attempts)).toBe(why);
});
