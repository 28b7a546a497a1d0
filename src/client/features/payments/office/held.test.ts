import { expect, test } from 'vitest';
import type { AttemptDto } from '#shared/payments-office.ts';
import { decisionsOn, isUndecided, mayBeClosed } from './held.ts';

const held = (state: AttemptDto['state'], refund?: AttemptDto['refunds'][number]['state']) => ({
  heldReason: 'amount',
  state,
  refunds: refund ? [{ state: refund } as AttemptDto['refunds'][number]] : [],
});

test('a held payment waits for a decision until its money goes back, and again where the bank refused that', () => {
  expect(isUndecided(held('captured'))).toBe(true);
  expect(isUndecided(held('captured', 'waiting'))).toBe(false);
  expect(isUndecided(held('captured', 'sent'))).toBe(false);
  expect(isUndecided(held('captured', 'failed'))).toBe(true);
  expect(isUndecided(held('partly_refunded', 'done'))).toBe(true);
  expect(isUndecided(held('refunded', 'done'))).toBe(false);
  expect(isUndecided(held('voided'))).toBe(false);
  expect(isUndecided({ ...held('captured'), heldReason: null })).toBe(false);
});

test('what can be decided', () => {
  expect(decisionsOn({ heldReason: 'amount', capturedMinor: 100 })).toEqual(['accept', 'back']);
  expect(decisionsOn({ heldReason: 'test', capturedMinor: 0 })).toEqual(['refuse']);
  expect(decisionsOn({ heldReason: 'person-gone', capturedMinor: 100 })).toEqual(['back']);
  expect(decisionsOn({ heldReason: 'course-gone', capturedMinor: 100 })).toEqual(['back']);
});

test('a course is closed without a refund only where no money of it is left, and where it is open', () => {
  const open = { from: '2026-11-01T00:00:00Z', until: null, endedAt: null };
  const [left, gone] = [
    { capturedMinor: 100, refundedMinor: 99 },
    { capturedMinor: 100, refundedMinor: 100 },
  ];
  expect(mayBeClosed({ entitlement: open, attempts: [gone, left] })).toBe(false);
  expect(mayBeClosed({ entitlement: open, attempts: [gone] })).toBe(true);
  // A promo code covered all of it.
  expect(mayBeClosed({ entitlement: open, attempts: [] })).toBe(true);
  expect(mayBeClosed({ entitlement: null, attempts: [gone] })).toBe(false);
  expect(mayBeClosed({ entitlement: { ...open, endedAt: '2026-11-02T00:00:00Z' }, attempts: [gone] })).toBe(false);
  expect(mayBeClosed({ entitlement: { ...open, until: '2026-11-02T00:00:00Z' }, attempts: [gone] }, Date.parse('2026-11-03'))).toBe(false);
});
