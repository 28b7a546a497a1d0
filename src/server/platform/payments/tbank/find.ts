import { ProviderError } from '../../payments.ts';
import { isObject } from '../json.ts';
import { refusal, type TbankAnswer, type TbankApi, type TbankMethod, textOf } from './api.ts';
import { isNotFound } from './declines.ts';
import { paymentIn, type TbankPayment } from './snapshot.ts';
import { stateOf } from './statuses.ts';

/**
 * How a payment stands by T-Bank's own word: by its PaymentId, and otherwise by our OrderId, which is all there is when Init was never answered.
 * Null: T-Bank knows none.
 * @throws ProviderError
 */
export async function findPayment(
  api: TbankApi,
  of: { attemptId: string; providerPaymentId: string | null },
): Promise<TbankPayment | null> {
  const found = of.providerPaymentId === null ? null : await getState(api, of.providerPaymentId);
  return found ?? (await checkOrder(api, of.attemptId));
}

/**
 * The same about what may have moved money already: that the question was refused, or came to nobody, says nothing about what was asked for before.
 * @throws ProviderError `unknown`
 */
export async function findOutcome(
  api: TbankApi,
  of: { attemptId: string; providerPaymentId: string | null },
): Promise<TbankPayment | null> {
  try {
    return await findPayment(api, of);
  } catch (error) {
    if (error instanceof ProviderError) throw new ProviderError('unknown', error.message, error.code);
    throw error;
  }
}

/** A payment that was refused is answered without success, and is an answer all the same. */
async function getState(api: TbankApi, paymentId: string): Promise<TbankPayment | null> {
  const answer = await api.ask('GetState', { PaymentId: paymentId });
  const payment = paymentIn(answer.body);
  if (payment?.paymentId === paymentId) return payment;
  if (!answer.success && isNotFound(answer.code)) return null;
  throw puzzling('GetState', answer);
}

async function checkOrder(api: TbankApi, orderId: string): Promise<TbankPayment | null> {
  const answer = await api.ask('CheckOrder', { OrderId: orderId });
  if (!answer.success && isNotFound(answer.code)) return null;
  const { Payments: payments, OrderId: named } = answer.body;
  if (!answer.success || !Array.isArray(payments) || (textOf(named) ?? orderId) !== orderId) throw puzzling('CheckOrder', answer);
  return payments.reduce<TbankPayment | null>((best, entry) => {
    const payment = isObject(entry) ? paymentIn(entry, orderId) : null;
    if (payment === null) return best;
    return best === null || weightOf(payment) >= weightOf(best) ? payment : best;
  }, null);
}

/** Of several payments of an order the one with money counts, else the last. */
function weightOf({ status }: TbankPayment): number {
  const state = stateOf(status);
  if (state === 'captured' || state === 'partly_refunded' || state === 'refunded') return 2;
  return state === 'authorized' ? 1 : 0;
}

/** Answered with something else, so nothing is known by it. */
const puzzling = (method: TbankMethod, answer: TbankAnswer): ProviderError =>
  answer.success ? new ProviderError('unknown', `T-Bank: ${method} did not say how the payment stands`) : refusal(method, answer);
