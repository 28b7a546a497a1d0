import type { ReceiptConfig } from '../../config.ts';
import { type NewPage, ProviderError, type SavedCharge } from '../../payments.ts';
import { shortened } from '../shortened.ts';
import { minorOf, refusal, type TbankApi, textOf } from './api.ts';
import { isUsedOrderId } from './declines.ts';
import { receiptOf } from './receipt.ts';

/** Ten digits. */
const mostMinor = 9_999_999_999;
const longestDescription = 140;

/** What a page and a charge of a saved card have in common: both begin with Init. */
type Order = Pick<
  NewPage & SavedCharge,
  'attemptId' | 'amountMinor' | 'currency' | 'description' | 'email' | 'items' | 'notificationUrl' | 'locale'
>;

/**
 * Creates the payment. Nothing moves by it.
 * @throws ProviderError; `unknown` also when T-Bank has this order already: then an earlier call has made it, and `find` knows it
 */
export async function initPayment(
  api: TbankApi,
  receipts: ReceiptConfig | null,
  order: Order,
  more: Record<string, unknown>,
): Promise<{ paymentId: string; payUrl: string | null }> {
  const { attemptId, amountMinor } = order;
  if (order.currency !== 'RUB') throw new ProviderError('refused', 'T-Bank takes roubles only', 'currency');
  if (!Number.isSafeInteger(amountMinor) || amountMinor < 1 || amountMinor > mostMinor)
    throw new ProviderError('refused', 'T-Bank: this is no amount', 'amount');
  const answer = await api.ask('Init', {
    Amount: amountMinor,
    OrderId: attemptId,
    Description: shortened(order.description, longestDescription),
    PayType: 'O',
    Language: order.locale,
    NotificationURL: order.notificationUrl,
    ...more,
    ...(receipts && { Receipt: receiptOf(order.items, amountMinor, order.email, receipts) }),
  });
  if (isUsedOrderId(answer.code)) throw new ProviderError('unknown', 'T-Bank has this order already', answer.code);
  if (!answer.success) throw refusal('Init', answer);
  const { body } = answer;
  const paymentId = textOf(body.PaymentId);
  if (paymentId === null || textOf(body.OrderId) !== attemptId || minorOf(body.Amount) !== amountMinor)
    throw new ProviderError('unknown', 'T-Bank: Init was answered with another payment');
  return { paymentId, payUrl: typeof body.PaymentURL === 'string' ? body.PaymentURL : null };
}

/** T-Bank reads a date with its distance to UTC; Moscow has no summer time. */
export function dueDate(at: Date): string {
  const moscow = new Date(at.getTime() + 3 * 3_600_000);
  return `${moscow.toISOString().slice(0, 19)}+03:00`;
}
