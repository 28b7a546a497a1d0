import { expect, test } from 'vitest';
import { paymentsCatalogue } from '#shared/i18n/ru/payments/all.ts';
import { titleOf } from './order-title.ts';

const { order: words } = paymentsCatalogue;
const here = { leaving: false, cameBack: false };

test.each([
  ['paid', 290_000, here, words.paid.title],
  ['paid', 0, here, words.paid.free],
  ['to-pay', 290_000, here, words.toPay.title],
  ['to-pay', 290_000, { ...here, leaving: true }, words.opening.title],
  ['to-pay', 290_000, { ...here, cameBack: true }, words.checking.title],
  ['declined', 290_000, { ...here, cameBack: true }, words.declined.title],
] as const)('an order that is %s, of %i, is called so', (view, amountMinor, trip, title) => {
  expect(titleOf({ view, amountMinor }, trip, words)).toBe(title);
});
