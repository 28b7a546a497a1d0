import { loadPaymentsCatalogue } from '#shared/i18n/payments-catalogue.ts';
import { lazyTexts } from './lazy-texts.ts';

/** Texts of paying. */
export const { useTexts: usePaymentsText, page: paymentsPage, piece: lazyPayments } = lazyTexts(loadPaymentsCatalogue);
