import type { Format } from '#shared/i18n/format.ts';
import { mostMinor } from '#shared/payments.ts';

/** «1 490 ₽», «−200 ₽», «0 ₽»: unlike a price, a sum of nothing is no gift. */
export function money(format: Format, amountMinor: number, currency: string): string {
  const fractions = amountMinor % 100 === 0 ? 0 : 2;
  const options = { style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: fractions } as const;
  const sum = new Intl.NumberFormat(format.locale, { ...options, maximumFractionDigits: fractions }).format(Math.abs(amountMinor) / 100);
  return amountMinor < 0 ? `−${sum}` : sum;
}

/** Minor units of a typed sum: «1490», «1 490,50». Null: it is none, or more than there can be. */
export function typedMinor(typed: string): number | null {
  const found = /^(\d{1,8})(?:[.,](\d{1,2}))?$/.exec(typed.replaceAll(/\s/g, ''));
  if (!found) return null;
  const minor = Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
  return minor <= mostMinor ? minor : null;
}

/** A sum as it is typed: «1490», «1490,50». */
export function asTyped(amountMinor: number, locale: string): string {
  const whole = String(Math.floor(amountMinor / 100));
  const part = amountMinor % 100;
  return part === 0 ? whole : `${whole}${locale === 'ru' ? ',' : '.'}${String(part).padStart(2, '0')}`;
}
