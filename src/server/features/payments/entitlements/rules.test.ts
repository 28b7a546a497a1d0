import { expect, test } from 'vitest';
import { enrolledUntilBy, type LiveSubscription } from './rules.ts';

const now = new Date('2026-11-24T12:00:00Z');
const day = (on: string) => new Date(`${on}T12:00:00Z`);
const goesOn = (paidUntil: Date | null): LiveSubscription => ({ paidUntil, cancelledAt: null });
const cancelled = (paidUntil: Date): LiveSubscription => ({ paidUntil, cancelledAt: now });

const cases: [string, (Date | null)[], LiveSubscription | null, Date | null | undefined][] = [
  ['nothing was paid', [], null, undefined],
  ['for good', [null], null, null],
  ['for good, and by the month', [day('2026-12-24'), null], goesOn(day('2026-12-24')), null],
  ['a month', [day('2026-12-24')], null, day('2026-12-24')],
  ['two months', [day('2026-12-24'), day('2027-01-24')], null, day('2027-01-24')],
  ['a month of a subscription that goes on: the grace behind it', [day('2026-12-24')], goesOn(day('2026-12-24')), day('2026-12-28')],
  ['a month of one that was cancelled', [day('2026-12-24')], cancelled(day('2026-12-24')), day('2026-12-24')],
  ['the month is over, the charge is tried again', [day('2026-11-23')], goesOn(day('2026-11-23')), day('2026-11-27')],
  ['and the grace is over too', [day('2026-11-20')], goesOn(day('2026-11-20')), undefined],
  ['ends at this very instant', [now], null, undefined],
  ['its money went back, whatever the subscription says', [], goesOn(day('2026-12-24')), undefined],
  ['not paid for yet', [day('2026-12-24')], goesOn(null), day('2026-12-24')],
];
test.each(cases)('%s', (_, untils, subscription, until) => {
  expect(enrolledUntilBy(untils, subscription, now)).toEqual(until);
});
