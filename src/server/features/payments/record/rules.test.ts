import { describe, expect, test } from 'vitest';
import type { PaymentState } from '#shared/payments.ts';
import type { PaymentSnapshot } from '../../../platform/payments.ts';
import { type Asked, type Misfit, misfitsOf, nextCheckAt, paidAtOf } from './rules.ts';

const asked: Asked = { amountMinor: 199_000, currency: 'RUB', test: false, personId: 'anna' };
const told: PaymentSnapshot = {
  provider: 'tbank',
  attemptId: 'a',
  providerPaymentId: '1',
  state: 'captured',
  amountMinor: 199_000,
  currency: 'RUB',
  refundedMinor: null,
  refunds: [],
  customerId: 'anna',
  test: false,
  paidWith: null,
  method: null,
  decline: null,
  receiptUrl: null,
  at: null,
};

describe('what was paid against what was asked', () => {
  const cases: [string, Partial<Asked>, Partial<PaymentSnapshot>, Misfit[]][] = [
    ['the same', {}, {}, []],
    ['nobody said whose', {}, { customerId: null }, []],
    ['the account is gone', { personId: null }, { customerId: 'anna' }, []],
    ['somebody else’s', {}, { customerId: 'boris' }, ['customer']],
    ['less', {}, { amountMinor: 1 }, ['amount']],
    ['more', {}, { amountMinor: 199_001 }, ['amount']],
    ['what is left after a refund', {}, { state: 'partly_refunded', amountMinor: 100_000 }, []],
    ['nothing left', {}, { state: 'refunded', amountMinor: 0 }, []],
    ['more, given back since', {}, { state: 'refunded', amountMinor: 200_000 }, ['amount']],
    ['another currency', {}, { currency: 'KZT' }, ['currency']],
    ['a test card', {}, { test: true }, ['test']],
    ['a test card on a test terminal', { test: true }, { test: true }, []],
    ['a real card on a test terminal', { test: true }, {}, []],
    [
      'all of it at once',
      {},
      { test: true, currency: 'USD', amountMinor: 1, customerId: 'boris' },
      ['test', 'currency', 'amount', 'customer'],
    ],
  ];
  test.each(cases)('%s', (_, ofAsked, ofTold, expected) => {
    expect(misfitsOf({ ...asked, ...ofAsked }, { ...told, ...ofTold })).toEqual(expected);
  });
});

const at = (time: string) => new Date(`2026-11-24T${time}Z`);
const attempt = { createdAt: at('12:00:00'), expiresAt: at('13:00:00'), inDoubt: false, checks: 0 };

describe('when a provider is asked next', () => {
  const cases: [string, { state: PaymentState } & Partial<typeof attempt>, Date, Date | null][] = [
    ['at once', { state: 'opened' }, at('12:00:00'), at('12:03:00')],
    ['the second time', { state: 'opened', checks: 1 }, at('12:03:00'), at('12:08:00')],
    ['later on', { state: 'opened', checks: 7 }, at('12:50:00'), at('13:20:00')],
    ['shortly before the last time', { state: 'opened', checks: 9 }, at('13:50:00'), at('14:00:00')],
    ['when an hour is gone since the end of its page', { state: 'opened', checks: 9 }, at('14:00:00'), null],
    ['declined: the page may be paid all the same', { state: 'failed' }, at('12:10:00'), at('12:13:00')],
    ['held money, long after', { state: 'authorized', checks: 6 }, at('20:00:00'), at('20:30:00')],
    ['held money, days after', { state: 'authorized', checks: 30 }, at('20:00:00'), at('23:00:00')],
    ['a charge nobody knows the end of', { state: 'created', inDoubt: true, checks: 6 }, at('20:00:00'), at('20:30:00')],
    ['held for more than a week', { state: 'authorized', checks: 90 }, new Date('2026-12-02T12:00:00Z'), null],
    ['paid', { state: 'captured' }, at('12:10:00'), null],
    ['given back', { state: 'refunded' }, at('12:10:00'), null],
    ['withdrawn', { state: 'voided' }, at('12:10:00'), null],
    ['over', { state: 'expired' }, at('12:10:00'), null],
  ];
  test.each(cases)('%s', (_, of, now, next) => {
    expect(nextCheckAt({ ...attempt, ...of }, now)).toEqual(next);
  });
});

test.each([
  ['as the provider says', at('12:10:00'), at('12:10:00')],
  ['now, where it does not say', null, at('12:30:00')],
  ['now, where its clock is ahead', at('12:31:00'), at('12:30:00')],
  ['not before it was begun', at('11:00:00'), at('12:00:00')],
])('case 52: paid when: %s', (_, said, when) => {
  expect(paidAtOf(attempt, { at: said }, at('12:30:00'))).toEqual(when);
});
