import * as z from 'zod';
import { type BookedOperation, ProviderError } from '../../payments.ts';
import { toMinor } from '../amounts.ts';
import { isObject, type Json } from '../json.ts';
import { type Api, refused } from './api.ts';
import { attemptIdOf, bookedAt, instantOf, isPayment, isRefund, readTransaction, stateOf, type Transaction } from './transaction.ts';

/** A list that never ends is broken: so many pages are a million operations. */
const mostPages = 10_000;

/** All pages of a list, in the order of creation. */
async function* pagesOf(api: Api, method: string, from: Date, to: Date): AsyncGenerator<Json[]> {
  for (let page = 1; page <= mostPages; page += 1) {
    const answer = await api.call(method, {
      CreatedDateGte: from.toISOString(),
      CreatedDateLte: to.toISOString(),
      PageNumber: page,
      ...(method === 'v2/payments/list' ? { TimeZone: 'UTC' } : {}),
    });
    if (!answer.success || !Array.isArray(answer.model)) throw refused(method, answer);
    if (answer.model.length === 0) return;
    yield answer.model;
  }
}

/** Every transaction of a time. What is created meanwhile may move pages, so one may stand on two: it is told once. */
export async function* transactionsOf(api: Api, from: Date, to: Date): AsyncGenerator<Transaction> {
  const seen = new Set<string>();
  for await (const page of pagesOf(api, 'v2/payments/list', from, to)) {
    const known = seen.size;
    for (const model of page) {
      const one = readTransaction(model);
      if (!one || seen.has(one.TransactionId)) continue;
      seen.add(one.TransactionId);
      yield one;
    }
    // The same page again: whoever answers knows no pages.
    if (seen.size === known) return;
  }
}

/** A claim of the payer's bank; sisters of CloudPayments name it by `Id` and date it in ISO. */
const chargebackSchema = z.object({
  ChargeBackId: z.string().optional(),
  Id: z.union([z.int(), z.string()]).optional(),
  TransactionId: z.union([z.int(), z.string()]).transform(String),
  Amount: z
    .union([z.number(), z.string()])
    .transform((amount) => toMinor(String(amount)))
    .pipe(z.int()),
  Currency: z.string(),
  /** «/Date(1745960400000)/» */
  Date: z.string().optional(),
  CreatedDateIso: z.string().optional(),
});

/** Null: not a claim. `Representment` is one that was withdrawn, and a `Fee` goes with a claim that is listed by itself. */
function readChargeback(model: Json) {
  if (!isObject(model) || model.Operation === 'Representment' || model.Type === 'Fee') return null;
  const { data } = chargebackSchema.safeParse(model);
  const id = data?.ChargeBackId ?? data?.Id;
  const [, ms] = /^\/Date\((\d{10,14})\)\/$/.exec(data?.Date ?? '') ?? [];
  const at = ms === undefined ? instantOf(data?.CreatedDateIso) : new Date(Number(ms));
  if (!data || id === undefined || !at) throw new ProviderError('unknown', 'CloudPayments: a chargeback is not understood');
  return { id: String(id), of: data.TransactionId, amountMinor: data.Amount, currency: data.Currency, at };
}

export async function* operationsOf(api: Api, from: Date, to: Date): AsyncGenerator<BookedOperation> {
  for await (const one of transactionsOf(api, from, to)) {
    if (!isPayment(one) && !isRefund(one)) continue;
    yield {
      kind: isRefund(one) ? 'refund' : 'payment',
      providerPaymentId: one.TransactionId,
      ofPaymentId: isRefund(one) ? (one.OriginalTransactionId ?? null) : null,
      attemptId: attemptIdOf(one.InvoiceId),
      state: stateOf(one.Status),
      amountMinor: one.Amount,
      currency: one.Currency,
      at: bookedAt(one) ?? from,
      hasReceipt: null,
    };
  }
  for await (const page of pagesOf(api, 'chargebacks/list', from, to)) {
    for (const model of page) {
      const claim = readChargeback(model);
      if (!claim) continue;
      yield {
        kind: 'chargeback',
        providerPaymentId: claim.id,
        ofPaymentId: claim.of,
        attemptId: null,
        state: 'captured',
        amountMinor: claim.amountMinor,
        currency: claim.currency,
        at: claim.at,
        hasReceipt: null,
      };
    }
  }
}
