import type { CloudPaymentsConfig } from '../../config.ts';
import { type NewPage, type NewRefund, type PaymentProvider, ProviderError, type ProviderTerms, type SavedCharge } from '../../payments.ts';
import { isObject } from '../json.ts';
import { isPageAddress } from '../page-address.ts';
import { type Api, createApi, refused } from './api.ts';
import { operationsOf } from './books.ts';
import { findPayment } from './find.ts';
import { decimal, receiptData } from './receipt.ts';
import { numberOf, readTransaction, toSnapshot, unconfirmed } from './transaction.ts';
import { createWebhookReader, webhooks } from './webhook.ts';

/** CloudPayments, or a sister that speaks the same API at another address (TipTop Pay in Kazakhstan). */
export function createCloudPayments(config: CloudPaymentsConfig, terms: ProviderTerms): PaymentProvider {
  const api = createApi(config, terms.timeoutMs);
  return {
    id: 'cloudpayments',
    currencies: config.currencies,
    ways: config.currencies.includes('RUB') ? ['card', 'sbp', 'tpay', 'sberpay', 'mirpay'] : ['card'],
    test: config.test,
    lists: true,
    createPage: (page) => createPage(api, config, terms, page),
    cancelPage: (page) => cancelPage(api, page),
    chargeSaved: (charge) => chargeSaved(api, config, terms, charge),
    refund: (refund) => giveBack(api, terms, refund),
    find: (of) => findPayment(api, of),
    list: (from, to) => operationsOf(api, from, to),
    // Cards cannot be removed there; who loses the token cannot charge them.
    forgetMethod: async () => {},
    async ping() {
      const answer = await api.call('test', {});
      if (!answer.success) throw refused('test', answer);
    },
    webhooks,
    readWebhook: createWebhookReader(config, terms),
  };
}

async function createPage(api: Api, { apiRoot }: CloudPaymentsConfig, terms: ProviderTerms, page: NewPage) {
  const method = 'orders/create';
  const receipt = receiptData(terms.receipts, page.items, page.amountMinor, page.email);
  const answer = await api.call(
    method,
    {
      Amount: decimal(page.amountMinor),
      Currency: page.currency,
      Description: page.description,
      Email: page.email,
      RequireConfirmation: false,
      SendEmail: false,
      InvoiceId: page.attemptId,
      // With it the card is kept, where the cabinet says that cards are: «Сохранение токена карты».
      AccountId: page.customerId,
      CultureName: page.locale === 'en' ? 'en-US' : 'ru-RU',
      SuccessRedirectUrl: page.returnUrl,
      FailRedirectUrl: page.returnUrl,
      ...(receipt && { JsonData: receipt }),
    },
    page.attemptId,
  );
  if (!answer.success) throw refused(method, answer);
  const { Id: id, Url: url } = isObject(answer.model) ? answer.model : {};
  if (typeof id !== 'string' || typeof url !== 'string' || !isPageAddress(url, apiRoot))
    throw new ProviderError('unknown', `CloudPayments: ${method}: no page`);
  return { payUrl: url, providerPaymentId: null, providerPageId: id };
}

async function cancelPage(api: Api, page: { attemptId: string; providerPaymentId: string | null; providerPageId: string | null }) {
  if (page.providerPageId === null) return false;
  const { success } = await api.call('orders/cancel', { Id: page.providerPageId });
  // Somebody may be paying at this moment, on a page that was opened before.
  const payment = await findPayment(api, page);
  return success && (payment === null || payment.state === 'failed' || payment.state === 'voided');
}

async function chargeSaved(api: Api, config: CloudPaymentsConfig, terms: ProviderTerms, charge: SavedCharge) {
  const method = 'payments/tokens/charge';
  const receipt = receiptData(terms.receipts, charge.items, charge.amountMinor, charge.email);
  // X-Request-ID is remembered for an hour only, and whether this is the first call for the attempt is not known here: what was charged once is found.
  const before = await findCharge(api, charge);
  if (before) return before;
  const answer = await api.call(
    method,
    {
      Amount: decimal(charge.amountMinor),
      Currency: charge.currency,
      InvoiceId: charge.attemptId,
      Description: charge.description,
      AccountId: charge.customerId,
      Email: charge.email,
      Token: charge.token,
      TrInitiatorCode: 0,
      PaymentScheduled: 1,
      ...(receipt && { JsonData: receipt }),
    },
    charge.attemptId,
  );
  const { model } = answer;
  if (isObject(model) && model.Status === undefined && typeof model.AcsUrl === 'string' && model.TransactionId)
    return unconfirmed(String(model.TransactionId), charge, config.test);
  const made = readTransaction(model);
  if (made) return toSnapshot(made);
  if (answer.success) throw new ProviderError('unknown', `CloudPayments: ${method}: no transaction`);
  throw refused(method, answer);
}

/** That the question was refused says nothing about the charge: it may have been made before. @throws ProviderError */
async function findCharge(api: Api, charge: SavedCharge) {
  try {
    return await findPayment(api, charge);
  } catch (error) {
    if (error instanceof ProviderError && error.trouble === 'refused') throw new ProviderError('unknown', error.message, error.code);
    throw error;
  }
}

async function giveBack(api: Api, terms: ProviderTerms, refund: NewRefund) {
  const method = 'payments/refund';
  const receipt = receiptData(terms.receipts, refund.items, refund.amountMinor, refund.email);
  const answer = await api.call(
    method,
    {
      TransactionId: numberOf(refund.providerPaymentId),
      Amount: decimal(refund.amountMinor),
      ...(receipt && { JsonData: receipt }),
    },
    refund.refundId,
  );
  if (!answer.success) throw refused(method, answer);
  const id = isObject(answer.model) ? answer.model.TransactionId : undefined;
  return {
    state: 'done' as const,
    providerRefundId: typeof id === 'number' || typeof id === 'string' ? String(id) : null,
    refundedMinor: null,
  };
}
