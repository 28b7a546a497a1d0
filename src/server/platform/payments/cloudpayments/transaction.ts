import * as z from 'zod';
import { type PaymentSnapshot, ProviderError, type SavedMethod } from '../../payments.ts';
import { toMinor } from '../amounts.ts';
import type { Json } from '../json.ts';
import { declineOf, needsThreeDs } from './declines.ts';

const id = z.union([z.int().nonnegative(), z.string().regex(/^\d{1,20}$/)]).transform(String);
const amount = z.union([z.number(), z.string()]).transform((value, context) => {
  const minor = toMinor(String(value));
  if (minor !== null) return minor;
  context.addIssue('no amount');
  return z.NEVER;
});
const text = z.string().nullish();

/** A transaction as every method tells it. Only what is read here; new fields come without a word. */
const transactionSchema = z.object({
  TransactionId: id,
  Amount: amount,
  Currency: z.string(),
  Status: z.string(),
  /** 0 payment, 1 refund, 2 payout. */
  Type: z.int().nullish(),
  OriginalTransactionId: id.nullish(),
  InvoiceId: text,
  AccountId: text,
  TestMode: z.union([z.boolean(), z.int()]).nullish(),
  ReasonCode: z.int().nullish(),
  Token: text,
  CardLastFour: text,
  CardExpDate: text,
  PaymentMethod: text,
  Refunded: z.boolean().nullish(),
  CreatedDateIso: text,
  AuthDateIso: text,
  ConfirmDateIso: text,
});
export type Transaction = z.output<typeof transactionSchema>;

/** Null: it is no transaction. @throws ProviderError when it is one that cannot be read: what became of the money is not known then */
export function readTransaction(model: Json | undefined): Transaction | null {
  if (typeof model !== 'object' || model === null || Array.isArray(model) || model.TransactionId === undefined) return null;
  const { data, error } = transactionSchema.safeParse(model);
  if (data) return data;
  throw new ProviderError('unknown', `CloudPayments: a transaction is not understood (${error.issues[0]?.path.join('.')})`);
}

export const isPayment = ({ Type }: Transaction) => (Type ?? 0) === 0;
export const isRefund = ({ Type }: Transaction) => Type === 1;
/** Held or taken. */
export const hasMoney = (one: Transaction) => isPayment(one) && (one.Status === 'Completed' || one.Status === 'Authorized');

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Our own ids are UUIDs; whatever else stands there was not written by us. */
export const attemptIdOf = (invoiceId: string | null | undefined): string | null => {
  const id = invoiceId?.toLowerCase();
  return id !== undefined && uuid.test(id) ? id : null;
};

/** As a request names a transaction: a number, as long as one can hold it. */
export const numberOf = (transactionId: string): number | string =>
  Number.isSafeInteger(Number(transactionId)) ? Number(transactionId) : transactionId;

const states: Record<string, PaymentSnapshot['state']> = {
  AwaitingAuthentication: 'opened',
  Authorized: 'authorized',
  Completed: 'captured',
  Cancelled: 'voided',
  Declined: 'failed',
};
/** A status that we do not know is no money, and nothing final. */
export const stateOf = (status: string): PaymentSnapshot['state'] => states[status] ?? 'opened';

const ways: Record<string, string> = {
  Sbp: 'СБП',
  TinkoffPay: 'T-Pay',
  'T-Pay': 'T-Pay',
  MirPay: 'Mir Pay',
  SberPay: 'SberPay',
};
export function paidWithOf(lastFour: string | null | undefined, way: string | null | undefined): string | null {
  if (lastFour && /^\d{4}$/.test(lastFour)) return `•• ${lastFour}`;
  return (way && ways[way]) || null;
}

export function methodOf(card: {
  Token?: string | null;
  CardLastFour?: string | null;
  CardExpDate?: string | null;
  PaymentMethod?: string | null;
}): SavedMethod | null {
  if (!card.Token) return null;
  const [, month, year] = /^(\d{2})\/(?:20)?(\d{2})$/.exec(card.CardExpDate ?? '') ?? [];
  return {
    token: card.Token,
    providerRef: null,
    mask: paidWithOf(card.CardLastFour, card.PaymentMethod) ?? '••',
    expires: month && year ? `${month}${year}` : null,
  };
}

/** Times are in UTC and do not say so. */
export function instantOf(iso: string | null | undefined): Date | null {
  if (!iso) return null;
  const at = new Date(`${iso.replace(' ', 'T').replace(/Z$/, '')}Z`);
  return Number.isNaN(at.getTime()) ? null : at;
}

export const bookedAt = (one: Transaction) => instantOf(one.ConfirmDateIso ?? one.AuthDateIso ?? one.CreatedDateIso);

/** What was given back of a payment: all refunds, or null where they could not be looked up. */
export type Refunds = readonly Transaction[] | null;

export function toSnapshot(one: Transaction, refunds: Refunds = []): PaymentSnapshot {
  const taken = stateOf(one.Status);
  const given =
    refunds?.map((refund) => ({ providerRefundId: refund.TransactionId, amountMinor: refund.Amount, at: bookedAt(refund) })) ?? [];
  const refundedMinor = refunds === null ? null : given.reduce((sum, refund) => sum + refund.amountMinor, 0);
  return {
    provider: 'cloudpayments',
    attemptId: attemptIdOf(one.InvoiceId),
    providerPaymentId: one.TransactionId,
    state: taken === 'captured' ? afterRefunds(one.Amount, refundedMinor) : taken,
    amountMinor: one.Amount,
    currency: one.Currency,
    refundedMinor,
    refunds: given,
    customerId: one.AccountId ?? null,
    test: one.TestMode === true || one.TestMode === 1,
    paidWith: paidWithOf(one.CardLastFour, one.PaymentMethod),
    method: hasMoney(one) ? methodOf(one) : null,
    decline: taken === 'failed' ? declineOf(one.ReasonCode ?? null) : null,
    receiptUrl: null,
    at: bookedAt(one),
  };
}

const afterRefunds = (amountMinor: number, refundedMinor: number | null): PaymentSnapshot['state'] =>
  refundedMinor === null || refundedMinor === 0 ? 'captured' : refundedMinor < amountMinor ? 'partly_refunded' : 'refunded';

/** A charge that stopped at the question of 3-D Secure. */
export function unconfirmed(
  providerPaymentId: string,
  charge: { attemptId: string; amountMinor: number; currency: string; customerId: string },
  test: boolean,
): PaymentSnapshot {
  return {
    provider: 'cloudpayments',
    attemptId: charge.attemptId,
    providerPaymentId,
    state: 'failed',
    amountMinor: charge.amountMinor,
    currency: charge.currency,
    refundedMinor: 0,
    refunds: [],
    customerId: charge.customerId,
    test,
    paidWith: null,
    method: null,
    decline: needsThreeDs,
    receiptUrl: null,
    at: null,
  };
}
