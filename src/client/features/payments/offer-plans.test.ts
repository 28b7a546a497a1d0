import { expect, test } from 'vitest';
import type { OfferDto, SubscriptionDto } from '#shared/payments.ts';
import { isMonthDue, plansOf, replacesSubscription } from './offer-plans.ts';

const offer: OfferDto = {
  course: { slug: 'math-80', title: 'Математика 80+' },
  currency: 'RUB',
  once: 1_990_000,
  month: 290_000,
  providers: [],
  owned: null,
  subscription: null,
  email: 'ilya@example.ru',
  openOrder: null,
};
const subscription: SubscriptionDto = {
  id: 's',
  courseSlug: 'math-80',
  title: 'Математика 80+',
  amountMinor: 290_000,
  currency: 'RUB',
  state: 'active',
  mask: null,
  paidUntil: null,
  nextChargeAt: null,
  cancelledAt: null,
  openUntil: null,
  charging: false,
};
const month = { how: 'paid' as const, until: '2026-12-23T10:00:00Z' };

test.each([
  ['sold both ways', {}, ['once', 'month']],
  ['sold once', { month: null }, ['once']],
  ['sold by the month', { once: null }, ['month']],
  ['not sold', { once: null, month: null }, []],
  ['a free one', { owned: { how: 'free' as const, until: null } }, []],
  ['granted for a while', { owned: { how: 'granted' as const, until: month.until } }, []],
  ['bought for good', { owned: { how: 'paid' as const, until: null } }, []],
  ['of a subscriber', { owned: month, subscription }, ['once']],
  ['of a subscriber, sold by the month only', { once: null, owned: month, subscription }, []],
  ['of a subscriber who has cancelled', { owned: month, subscription: { ...subscription, cancelledAt: month.until } }, ['once']],
  [
    'whose subscription is over, to the end of the month',
    { owned: month, subscription: { ...subscription, state: 'ended' as const } },
    ['once', 'month'],
  ],
])('a course %s', (_, part, plans) => {
  expect(plansOf({ ...offer, ...part })).toEqual(plans);
});

test('only a subscription that runs is ended by buying the course for good', () => {
  expect(replacesSubscription({ ...offer, subscription }, 'once')).toBe(true);
  expect(replacesSubscription({ ...offer, subscription }, 'month')).toBe(false);
  expect(replacesSubscription({ ...offer, subscription: { ...subscription, state: 'ended' } }, 'once')).toBe(false);
  expect(replacesSubscription({ ...offer, subscription: { ...subscription, cancelledAt: month.until } }, 'once')).toBe(false);
  expect(replacesSubscription(offer, 'once')).toBe(false);
});

test('a month is due when it could not be charged, as long as the subscription goes on', () => {
  expect(isMonthDue({ subscription: { ...subscription, state: 'past_due' } })).toBe(true);
  expect(isMonthDue({ subscription: { ...subscription, state: 'past_due', cancelledAt: month.until } })).toBe(false);
  expect(isMonthDue({ subscription })).toBe(false);
  expect(isMonthDue(offer)).toBe(false);
});
