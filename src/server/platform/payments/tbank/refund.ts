import type { ReceiptConfig } from '../../config.ts';
import { type NewRefund, ProviderError, type RefundTaken } from '../../payments.ts';
import { minorOf, refusal, type TbankApi } from './api.ts';
import { findOutcome } from './find.ts';
import { receiptOf } from './receipt.ts';
import { sourceIn } from './snapshot.ts';
import { isGivingBack } from './statuses.ts';

const done = new Set(['REFUNDED', 'PARTIAL_REFUNDED', 'REVERSED', 'PARTIAL_REVERSED', 'CANCELED']);

/**
 * Gives money back. T-Bank keeps ExternalRequestId: asked again with the same one, it answers how things stand, except for SBP. What was asked for
 * before without an answer is therefore looked at first.
 * @throws ProviderError
 */
export async function refundPayment(api: TbankApi, receipts: ReceiptConfig | null, refund: NewRefund): Promise<RefundTaken> {
  const { amountMinor, capturedMinor } = refund;
  if (refund.currency !== 'RUB') throw new ProviderError('refused', 'T-Bank takes roubles only', 'currency');
  if (!Number.isSafeInteger(amountMinor) || amountMinor < 1 || amountMinor > capturedMinor)
    throw new ProviderError('refused', 'T-Bank: this is no amount', 'amount');
  const earlier = refund.again ? await takenEarlier(api, refund) : null;
  if (earlier) return earlier;
  const receipt = receipts && !refund.whole ? { Receipt: receiptOf(refund.items, amountMinor, refund.email, receipts) } : {};
  const answer = await api.ask('Cancel', {
    PaymentId: refund.providerPaymentId,
    Amount: amountMinor,
    ExternalRequestId: refund.refundId,
    ...receipt,
  });
  if (!answer.success) throw refusal('Cancel', answer);
  const { Status: status, NewAmount: left } = answer.body;
  if (typeof status !== 'string' || !(done.has(status) || isGivingBack(status)))
    throw new ProviderError('unknown', 'T-Bank: Cancel did not say that money goes back');
  if (isGivingBack(status)) return { state: 'pending', providerRefundId: null, refundedMinor: null };
  return { state: 'done', providerRefundId: null, refundedMinor: givenBack(capturedMinor, minorOf(left)) };
}

/** NewAmount is what is left of the payment. */
function givenBack(capturedMinor: number, left: number | null): number | null {
  return left === null || left > capturedMinor ? null : capturedMinor - left;
}

/** Null: ask (again), it is safe. */
async function takenEarlier(api: TbankApi, refund: NewRefund): Promise<RefundTaken | null> {
  const payment = await findOutcome(api, refund);
  if (payment === null) throw new ProviderError('unknown', 'T-Bank does not know this payment any more', 'no-payment');
  if (payment.status === 'REFUNDED') return { state: 'done', providerRefundId: null, refundedMinor: refund.capturedMinor };
  if (isGivingBack(payment.status)) return { state: 'pending', providerRefundId: null, refundedMinor: null };
  // CONFIRMED: nothing has gone back. A part has, by SBP: ours or an earlier one, nobody can tell, so a person has to look into the cabinet.
  const source = sourceIn(payment.body);
  if (payment.status === 'PARTIAL_REFUNDED' && (source === null || source === 'qrsbp'))
    throw new ProviderError('unknown', 'T-Bank: a part was given back, and by SBP it cannot be told which', 'sbp');
  return null;
}
