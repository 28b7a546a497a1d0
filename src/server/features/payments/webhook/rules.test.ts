import { describe, expect, test } from 'vitest';
import type { PaymentSnapshot, WebhookNews } from '../../../platform/payments.ts';
import { checkCode, keptNews, type Payable, withMessage, withRefund } from './rules.ts';

const now = new Date('2026-11-24T12:00:00Z');
const payable: Payable = {
  kind: 'page',
  state: 'opened',
  amountMinor: 199_000,
  currency: 'RUB',
  test: false,
  expiresAt: new Date('2026-11-24T12:30:00Z'),
  personId: 'anna',
  orderState: 'open',
  closedReason: null,
  paidOtherwise: false,
  stopped: false,
};
const question = { t: 'check' as const, amountMinor: 199_000, currency: 'RUB', customerId: 'anna', test: false };

describe('may this be paid?', () => {
  test.each<[string, number, Partial<Payable> | null, Partial<typeof question>?]>([
    ['what was asked for', 0, {}],
    ['before our own page is known to us (case 22)', 0, { state: 'created' }],
    ['again on the same page, after a try that failed (case 20)', 0, { state: 'failed' }],
    ['the provider does not say for whom', 0, {}, { customerId: undefined }],
    ['nothing of ours', 10, null],
    ['another payer', 11, {}, { customerId: 'boris' }],
    ['an account that is gone', 11, { personId: null }],
    ['case 33: an amount that was edited in the browser', 12, {}, { amountMinor: 100 }],
    ['more than was asked for', 12, {}, { amountMinor: 199_001 }],
    ['another currency', 12, {}, { currency: 'KZT' }],
    ['case 34: a test card on a school that sells', 13, {}, { test: true }],
    ['a test card on a school that tries it out', 0, { test: true }, { test: true }],
    ['a page whose time is over', 20, { expiresAt: now }],
    ['an attempt that has expired', 20, { state: 'expired' }],
    ['an order that has expired', 20, { orderState: 'closed', closedReason: 'expired' }],
    ['an order that was given up', 13, { orderState: 'closed', closedReason: 'cancelled' }],
    ['an order that is paid', 13, { orderState: 'paid' }],
    ['money that is held already', 13, { state: 'authorized' }],
    ['money that was taken already', 13, { state: 'captured' }],
    ['a page that was withdrawn', 13, { state: 'voided' }],
    ['paid by another card meanwhile', 13, { paidOtherwise: true }],
    ['a provider that was stopped', 13, { stopped: true }],
    ['a saved card, when its day has come', 0, { kind: 'saved', expiresAt: now }],
    ['a saved card of a provider that was stopped', 13, { kind: 'saved', stopped: true }],
  ])('%s: %i', (_, code, over, told = {}) => {
    const asked = { ...question, ...told, customerId: 'customerId' in told ? (told.customerId ?? null) : question.customerId };
    expect(checkCode(over && { ...payable, ...over }, asked, now)).toBe(code);
  });
});

const snapshot: PaymentSnapshot = {
  provider: 'tbank',
  attemptId: 'a',
  providerPaymentId: '7',
  state: 'captured',
  amountMinor: 1000,
  currency: 'RUB',
  refundedMinor: 0,
  refunds: [],
  customerId: null,
  test: false,
  paidWith: null,
  method: null,
  decline: null,
  receiptUrl: null,
  at: null,
};
const method = { token: 't', providerRef: null, mask: '•• 4242', expires: '1230' };

test('only what the provider left out is taken from its message', () => {
  const told: PaymentSnapshot = {
    ...snapshot,
    state: 'refunded',
    amountMinor: 1,
    currency: 'KZT',
    method,
    paidWith: '•• 4242',
    customerId: 'anna',
  };
  expect(withMessage(snapshot, told)).toEqual({ ...snapshot, method, paidWith: '•• 4242', customerId: 'anna' });
  expect(withMessage({ ...snapshot, paidWith: 'СБП' }, told).paidWith).toBe('СБП');
  const decline = { code: '1051', class: 'funds' as const, again: 'later' as const };
  expect(withMessage(snapshot, { ...told, decline }).decline).toBeNull();
  expect(withMessage({ ...snapshot, state: 'failed' }, { ...told, decline }).decline).toEqual(decline);
  // About another payment of the same attempt it says nothing.
  expect(withMessage(snapshot, { ...told, providerPaymentId: '8' })).toEqual(snapshot);
});

describe('a refund that its message knows and the lists do not', () => {
  const told = { t: 'refund' as const, providerRefundId: 'r2', amountMinor: 300, currency: null, at: now };
  const one = { providerRefundId: 'r1', amountMinor: 100, at: null };
  const two = { providerRefundId: 'r2', amountMinor: 300, at: now };
  const partly = { state: 'partly_refunded' as const, refundedMinor: 100, refunds: [one] };
  test.each<[string, Partial<PaymentSnapshot>, Partial<typeof told>, Partial<PaymentSnapshot>]>([
    ['is added', partly, {}, { state: 'partly_refunded', refundedMinor: 400, refunds: [one, two] }],
    ['the first one', {}, {}, { state: 'partly_refunded', refundedMinor: 300, refunds: [two] }],
    ['the rest', { ...partly, refundedMinor: 700 }, {}, { state: 'refunded', refundedMinor: 1000, refunds: [one, two] }],
    [
      'where the sum is not known',
      { ...partly, refundedMinor: null },
      {},
      { state: 'partly_refunded', refundedMinor: null, refunds: [one, two] },
    ],
  ])('%s', (_, found, over, expected) => {
    expect(withRefund({ ...snapshot, ...found }, { ...told, ...over })).toEqual({ ...snapshot, ...expected });
  });

  test.each<[string, Partial<PaymentSnapshot>, object]>([
    ['is known', { ...partly, refunds: [{ ...one, providerRefundId: 'r2' }] }, {}],
    ['has no id', partly, { providerRefundId: null }],
    ['is in another currency', partly, { currency: 'KZT' }],
    ['is of a payment that brought nothing', { state: 'failed' }, {}],
  ])('is not, where it %s', (_, found, over) => {
    const state = { ...snapshot, ...found };
    expect(withRefund(state, { ...told, ...over })).toEqual(state);
  });
});

test.each<WebhookNews>([
  { t: 'payment', sure: true, snapshot: { ...snapshot, method, at: now, refunds: [{ providerRefundId: 'r', amountMinor: 5, at: now }] } },
  { t: 'refund', providerRefundId: null, amountMinor: 5, currency: 'RUB', at: null },
  { t: 'receipt', url: 'https://ofd.example/1' },
  question,
  { t: 'subscription', status: 'Cancelled', id: 'sc_1' },
  { t: 'nothing' },
])('what is kept is what was told: $t', (news) => {
  expect(keptNews.parse(JSON.parse(JSON.stringify(news)))).toEqual(news);
});
