import { expect, test } from 'vitest';
import { issues as en } from '#shared/i18n/en/office/payments/issues.ts';
import { issues as words } from '#shared/i18n/ru/office/payments/issues.ts';
import { issueKinds } from '#shared/payments.ts';
import type { IssueDto } from '#shared/payments-office.ts';
import { detailText, issueWords, sumsText } from './issue-words.ts';

const about = (over: Partial<IssueDto> & Pick<IssueDto, 'kind'>, ofOrder = true) => ({
  detail: null,
  resolvedAt: null,
  foundMinor: null,
  ofOrder,
  ...over,
});

test.each<[IssueDto['kind'], string | null, boolean, keyof typeof words.variants]>([
  ['paid-not-granted', null, true, 'not-opened'],
  ['granted-not-paid', 'enrolment', false, 'no-order'],
  ['amount-differs', 'ledger', true, 'ledger'],
  ['unknown-payment', 'second', true, 'second'],
  ['unknown-payment', 'subscription sc_1 Active', false, 'foreign-subscription'],
  ['refund-differs', null, true, 'refund-unnamed'],
  ['unknown-outcome', 'refund', true, 'refund-in-doubt'],
  ['provider-trouble', 'keys 204', false, 'keys'],
  ['provider-trouble', '10', true, 'no-charge'],
  ['provider-trouble', 'secret', true, 'secret'],
])('%s because of %s says what is to be done about that', (kind, detail, ofOrder, variant) => {
  expect(issueWords(words, about({ kind, detail }, ofOrder))).toBe(words.variants[variant]);
  expect(issueWords(en, about({ kind, detail }, ofOrder))).toBe(en.variants[variant]);
});

test('what the server has mended is told as before; every other kind has words of its own', () => {
  const mended = about({ kind: 'paid-not-granted', resolvedAt: '2026-11-23T10:00:00Z' });
  expect(issueWords(words, mended)).toBe(words.words['paid-not-granted']);
  for (const kind of issueKinds) expect(issueWords(words, about({ kind }, false)).todo).toMatch(/\S/);
});

test('no word of a machine is shown to a teacher as it is', () => {
  const said = (kind: IssueDto['kind'], detail: string | null, ofOrder = true) => detailText(words, { kind, detail, ofOrder });
  expect(said('held', 'amount, customer')).toBe('Другая сумма, Другой плательщик');
  expect(said('provider-trouble', 'keys 204', false)).toBe('код 204');
  expect(said('provider-trouble', 'keys', false)).toBeNull();
  expect(said('provider-trouble', '10')).toBe('код 10');
  expect(said('unknown-payment', 'subscription sc_1 Active', false)).toBe('подписка sc_1');
  expect(said('unknown-payment', '5bac5e78-42ee-41e5-9b44-a24a7d5f2990', false)).toBe(
    'номер для банка 5bac5e78-42ee-41e5-9b44-a24a7d5f2990',
  );
  for (const [kind, detail] of [
    ['provider-trouble', 'secret'],
    ['granted-not-paid', 'enrolment'],
    ['unknown-payment', 'second'],
    ['amount-differs', 'ledger'],
  ] as const)
    expect(said(kind, detail)).toBeNull();
  // A sentence of the provider stays.
  expect(said('refund-failed', 'Недостаточно средств')).toBe('Недостаточно средств');
});

test('sums say whose they are', () => {
  const said = (kind: IssueDto['kind'], expectedMinor: number | null, foundMinor: number | null) =>
    sumsText(words, { kind, expectedMinor, foundMinor }, (minor) => `${minor / 100} ₽`);
  expect(said('held', 199_000, 100)).toBe('У школы 1990 ₽, в банке 1 ₽');
  expect(said('held', 199_000, 199_000)).toBe('Сумма 1990 ₽');
  expect(said('held', null, 100)).toBe('В банке 1 ₽');
  expect(said('refund-differs', 0, null)).toBe('У школы возвращено 0 ₽');
  expect(said('refund-differs', 0, 50_000)).toBe('Возвращено: у школы 0 ₽, в банке 500 ₽');
  expect(said('refund-failed', 50_000, null)).toBe('Сумма 500 ₽');
  expect(said('paid-not-granted', 0, 199_000)).toBe('В банке 1990 ₽');
  expect(said('provider-trouble', null, null)).toBeNull();
});
