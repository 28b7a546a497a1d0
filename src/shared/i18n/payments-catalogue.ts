import type { Locale } from '../auth.ts';
import type { paymentsCatalogue } from './ru/payments/all.ts';

/** The texts of paying: no part of the first load. */
export type PaymentsCatalogue = typeof paymentsCatalogue;

export async function loadPaymentsCatalogue(locale: Locale): Promise<PaymentsCatalogue> {
  switch (locale) {
    case 'ru':
      return (await import('./ru/payments/all.ts')).paymentsCatalogue;
    case 'en':
      return (await import('./en/payments/all.ts')).paymentsCatalogue;
  }
}
