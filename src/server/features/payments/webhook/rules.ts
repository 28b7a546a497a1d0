import * as z from 'zod';
import { declineClasses, type PaymentState, paymentProviders, paymentStates } from '#shared/payments.ts';
import type { CheckCode, PaymentSnapshot, WebhookNews } from '../../../platform/payments.ts';

const at = z.coerce.date().nullable();
const refund = z.object({ providerRefundId: z.string(), amountMinor: z.int(), at });
const snapshotSchema = z.object({
  provider: z.enum(paymentProviders),
  attemptId: z.string().nullable(),
  providerPaymentId: z.string(),
  state: z.enum(paymentStates),
  amountMinor: z.int(),
  currency: z.string(),
  refundedMinor: z.int().nullable(),
  refunds: z.array(refund),
  customerId: z.string().nullable(),
  test: z.boolean(),
  paidWith: z.string().nullable(),
  method: z.object({ token: z.string(), providerRef: z.string().nullable(), mask: z.string(), expires: z.string().nullable() }).nullable(),
  decline: z.object({ code: z.string(), class: z.enum(declineClasses), again: z.enum(['never', 'later']) }).nullable(),
  receiptUrl: z.string().nullable(),
  at,
});

/** What a message told when it was judged, as it is kept: what was signed by a header cannot be judged again. */
export const keptNews: z.ZodType<WebhookNews> = z.discriminatedUnion('t', [
  z.object({ t: z.literal('payment'), snapshot: snapshotSchema, sure: z.boolean() }),
  z.object({ t: z.literal('refund'), providerRefundId: z.string().nullable(), amountMinor: z.int(), currency: z.string().nullable(), at }),
  z.object({ t: z.literal('receipt'), url: z.string().nullable() }),
  z.object({ t: z.literal('check'), amountMinor: z.int(), currency: z.string(), customerId: z.string().nullable(), test: z.boolean() }),
  z.object({ t: z.literal('subscription'), status: z.string(), id: z.string() }),
  z.object({ t: z.literal('nothing') }),
]);

/** Held or taken, whatever became of it since. */
export const hasMoney = (state: PaymentState): boolean =>
  state === 'authorized' || state === 'captured' || state === 'partly_refunded' || state === 'refunded';

/** An attempt as the question whether it may be paid looks at it. */
export interface Payable {
  kind: 'page' | 'saved';
  state: PaymentState;
  amountMinor: number;
  currency: string;
  test: boolean;
  expiresAt: Date;
  personId: string | null;
  orderState: 'open' | 'paid' | 'closed';
  closedReason: string | null;
  /** By another attempt the order is paid, or is being charged at this moment; or the course is theirs for good already. */
  paidOtherwise: boolean;
  /** A moderator has stopped the provider, or deleted the course. */
  stopped: boolean;
}

/** May this be paid? The first «no» is the answer. One that failed may be tried again on the same page, as long as its order is open. */
export function checkCode(attempt: Payable | null, told: Extract<WebhookNews, { t: 'check' }>, now: Date): CheckCode {
  if (!attempt) return 10;
  if (told.customerId !== null && told.customerId !== attempt.personId) return 11;
  if (told.amountMinor !== attempt.amountMinor || told.currency !== attempt.currency) return 12;
  if (told.test && !attempt.test) return 13;
  if (attempt.state === 'expired' || (attempt.orderState === 'closed' && attempt.closedReason === 'expired')) return 20;
  if (attempt.orderState !== 'open' || attempt.state === 'voided' || hasMoney(attempt.state)) return 13;
  if (attempt.paidOtherwise || attempt.stopped) return 13;
  // A card that is kept is charged when its day has come, by us.
  return attempt.kind === 'page' && attempt.expiresAt <= now ? 20 : 0;
}

/** What the provider answered, with what only its message told. */
export function withMessage(found: PaymentSnapshot, told: PaymentSnapshot): PaymentSnapshot {
  if (found.providerPaymentId !== told.providerPaymentId) return found;
  return {
    ...found,
    attemptId: found.attemptId ?? told.attemptId,
    customerId: found.customerId ?? told.customerId,
    paidWith: found.paidWith ?? told.paidWith,
    method: found.method ?? told.method,
    decline: found.state === 'failed' ? (found.decline ?? told.decline) : found.decline,
    receiptUrl: found.receiptUrl ?? told.receiptUrl,
  };
}

/** What the provider answered, with a refund of which its message is sure, and its lists know nothing yet. */
export function withRefund(found: PaymentSnapshot, told: Extract<WebhookNews, { t: 'refund' }>): PaymentSnapshot {
  const { providerRefundId, amountMinor } = told;
  if (providerRefundId === null || found.refunds.some((one) => one.providerRefundId === providerRefundId)) return found;
  if (!hasMoney(found.state) || (told.currency !== null && told.currency !== found.currency)) return found;
  const refundedMinor = found.refundedMinor === null ? null : Math.min(found.refundedMinor + amountMinor, found.amountMinor);
  return {
    ...found,
    state: found.state === 'refunded' || refundedMinor === found.amountMinor ? 'refunded' : 'partly_refunded',
    refundedMinor,
    refunds: [...found.refunds, { providerRefundId, amountMinor, at: told.at }],
  };
}
