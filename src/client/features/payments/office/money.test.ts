import { expect, test } from 'vitest';
import { createFormat } from '#shared/i18n/format.ts';
import { mostMinor } from '#shared/payments.ts';
import { asTyped, money, typedMinor } from './money.ts';

const format = createFormat('ru', { schoolZone: 'Europe/Moscow', personZone: 'Europe/Moscow' });
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

test.each([
  ['1490', 149_000],
  ['1 490,50', 149_050],
  ['1\u00a0490.5', 149_050],
  ['0,29', 29],
  ['19.99', 1999],
  ['2900.55', 290_055],
  ['0', 0],
  ['10000000', mostMinor],
  ['10000000,01', null],
  ['99999999', null],
  ['', null],
  ['-5', null],
  ['1e3', null],
  ['1,234', null],
  ['1.', null],
  ['сто', null],
  ['١٢', null],
])('«%s» is %s', (typed, minor) => {
  expect(typedMinor(typed)).toBe(minor);
});

test.each([
  [149_000, '1490'],
  [149_050, '1490,50'],
  [29, '0,29'],
  [5, '0,05'],
])('%i is typed «%s», and read back', (minor, typed) => {
  expect(asTyped(minor, 'ru')).toBe(typed);
  expect(typedMinor(asTyped(minor, 'en'))).toBe(minor);
});

test.each([
  [149_000, 'RUB', '1 490 ₽'],
  [149_050, 'RUB', '1 490,50 ₽'],
  [-20_000, 'RUB', '−200 ₽'],
  [0, 'KZT', '0 ₸'],
])('%i %s is shown as %s', (minor, currency, shown) => {
  expect(plain(money(format, minor, currency))).toBe(shown);
});
