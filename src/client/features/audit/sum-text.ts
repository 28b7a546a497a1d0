import { money } from '#client/features/payments/office/money.ts';
import type { Format } from '#shared/i18n/format.ts';

/** A sum that the journal keeps in kopecks; without a sign where its currency is not known, because it did not change. */
export function sumText(format: Format, minor: number, currency: unknown): string {
  if (typeof currency === 'string' && /^[A-Z]{3}$/.test(currency)) return money(format, minor, currency);
  return new Intl.NumberFormat(format.locale, { minimumFractionDigits: minor % 100 === 0 ? 0 : 2 }).format(minor / 100);
}
