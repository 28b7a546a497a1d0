import { expect, test } from 'vitest';
import { createFormat } from '#shared/i18n/format.ts';
import { sumText } from './sum-text.ts';

test('sums of the journal are read as money, not as kopecks', () => {
  const format = createFormat('ru', { schoolZone: 'Europe/Moscow', personZone: 'Europe/Moscow' });
  const said = (minor: number, currency: unknown) => sumText(format, minor, currency).replaceAll(/\s/g, ' ');
  expect(said(50_050, 'RUB')).toBe('500,50 ₽');
  expect(said(499_000, 'KZT')).toBe('4 990 ₸');
  expect(said(499_000, null)).toBe('4 990');
  expect(said(50_050, undefined)).toBe('500,50');
  expect(said(0, 'not a currency')).toBe('0');
});
