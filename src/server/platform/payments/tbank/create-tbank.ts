import { randomUUID } from 'node:crypto';
import type { TbankConfig } from '../../config.ts';
import { type BookedOperation, type PaymentProvider, ProviderError, type ProviderTerms } from '../../payments.ts';
import { isPageAddress } from '../page-address.ts';
import { createTbankApi, refusal } from './api.ts';
import { chargeSaved } from './charge.ts';
import { troubleOf } from './declines.ts';
import { findPayment } from './find.ts';
import { dueDate, initPayment } from './init.ts';
import { refundPayment } from './refund.ts';
import { readRegistryFile } from './registry-file.ts';
import { snapshotOf } from './snapshot.ts';
import { isOver, isUntouched } from './statuses.ts';
import { readTbankWebhook, webhookPath } from './webhook.ts';

/** T-Bank's internet acquiring, API v2: payments in one stage, on the bank's own page or by a saved card. */
export function createTbank(config: TbankConfig, terms: ProviderTerms): PaymentProvider {
  const api = createTbankApi(config, terms.timeoutMs);
  return {
    id: 'tbank',
    currencies: ['RUB'],
    ways: ['card', 'sbp', 'tpay', 'sberpay', 'mirpay'],
    test: config.test,
    lists: false,
    webhooks: [{ name: 'T-Bank', path: webhookPath }],
    readWebhook: (request) => readTbankWebhook(config, terms.checkNetworks, request),

    async createPage(page) {
      // CustomerKey alone would keep the card too, of somebody who was not asked.
      const saving = { Recurrent: 'Y', CustomerKey: page.customerId, DATA: { OperationInitiatorType: '1' } };
      const { paymentId, payUrl } = await initPayment(api, terms.receipts, page, {
        SuccessURL: page.returnUrl,
        FailURL: page.returnUrl,
        RedirectDueDate: dueDate(page.expiresAt),
        ...(page.saveMethod && saving),
      });
      if (payUrl === null || !isPageAddress(payUrl, config.apiRoot))
        throw new ProviderError('refused', 'T-Bank gave no address of a page', 'no-page');
      return { payUrl, providerPaymentId: paymentId, providerPageId: null };
    },

    async cancelPage(page) {
      const payment = await findPayment(api, page);
      if (payment === null || isOver(payment.status)) return true;
      if (!isUntouched(payment.status)) return false;
      const answer = await api.ask('Cancel', { PaymentId: payment.paymentId });
      // Refused: the payer was faster. The same when it is not cancelled but given back: `find` has the rest of the story.
      if (!answer.success && troubleOf(answer.code) !== 'refused') throw refusal('Cancel', answer);
      return answer.success && answer.body.Status === 'CANCELED';
    },

    chargeSaved: (charge, onPaymentId) => chargeSaved(api, config, terms.receipts, charge, onPaymentId),
    refund: (refund) => refundPayment(api, terms.receipts, refund),

    async find(of) {
      const payment = await findPayment(api, of);
      return payment && snapshotOf(payment, config);
    },

    list: listsNothing,
    readRegistry: readRegistryFile,

    async forgetMethod({ customerId, providerRef }) {
      if (providerRef === null) return;
      const answer = await api.ask('RemoveCard', { CustomerKey: customerId, CardId: providerRef });
      // Refused: it is not there any more, which is what was wanted.
      if (!answer.success && troubleOf(answer.code) !== 'refused') throw refusal('RemoveCard', answer);
    },

    async ping() {
      const answer = await api.ask('CheckOrder', { OrderId: randomUUID() });
      // There is no such order, and to say so T-Bank has read the signature.
      if (!answer.success && troubleOf(answer.code) !== 'refused') throw refusal('CheckOrder', answer);
    },
  };
}

/** Its books are a file (`readRegistry`). */
async function* listsNothing(): AsyncGenerator<BookedOperation> {}
