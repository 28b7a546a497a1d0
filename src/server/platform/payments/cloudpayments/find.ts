import type { PaymentSnapshot } from '../../payments.ts';
import { type Api, refused } from './api.ts';
import { transactionsOf } from './books.ts';
import {
  attemptIdOf,
  bookedAt,
  hasMoney,
  isPayment,
  isRefund,
  numberOf,
  type Refunds,
  readTransaction,
  type Transaction,
  toSnapshot,
} from './transaction.ts';

const hour = 60 * 60 * 1000;
/** A page lives for an hour; what is paid on it lies within this. */
const pageLife = 3 * hour;
/** Looking for refunds in the list: longer than this after a payment, only the last one is looked at. */
const refundsWithin = 60 * 24 * hour;

/** Null: there is none. A payment that did not succeed is told with `Success: false`, and is there all the same. */
async function lookUp(api: Api, method: string, body: Record<string, unknown>): Promise<Transaction | null> {
  const answer = await api.call(method, body);
  const found = readTransaction(answer.model);
  // Nothing but these words means that there is none: a charge may be made again on the strength of it.
  if (!found && !/not found/i.test(answer.message ?? '')) throw refused(method, answer);
  return found;
}

const getTransaction = (api: Api, id: string) => lookUp(api, 'payments/get', { TransactionId: numberOf(id) });

/**
 * How the payment of an attempt stands. On one page the payer may try again and again, each try is a transaction, and CloudPayments names the last one
 * only (which may be a refund, or one that was declined after another had succeeded): money is looked for behind it.
 */
export async function findPayment(
  api: Api,
  { attemptId, providerPaymentId }: { attemptId: string; providerPaymentId: string | null },
): Promise<PaymentSnapshot | null> {
  const known = providerPaymentId === null ? null : await getTransaction(api, providerPaymentId);
  const last = await lookUp(api, 'v2/payments/find', { InvoiceId: attemptId });
  const refunded = last && isRefund(last) ? last.OriginalTransactionId : null;
  const latest = refunded ? (refunded === known?.TransactionId ? known : await getTransaction(api, refunded)) : last;
  // A payout is somebody else's money.
  const shown = [latest, known].find((one) => one && isPayment(one));
  // What we know comes first: a second payment on the same page is another one, and the list will tell of it.
  const paid = [known, latest].find((one) => one && hasMoney(one));
  if (paid) return toSnapshot(paid, await refundsOf(api, paid, last));
  if (!shown) return null;
  const behind = shown.Status === 'Declined' || shown.Status === 'Cancelled' ? await moneyBefore(api, shown, attemptId) : null;
  return behind ? toSnapshot(behind, await refundsOf(api, behind, last)) : toSnapshot(shown);
}

/** A payment that succeeded on the same page before this try did not. */
async function moneyBefore(api: Api, declined: Transaction, attemptId: string): Promise<Transaction | null> {
  const at = bookedAt(declined);
  if (!at) return null;
  for await (const one of transactionsOf(api, new Date(at.getTime() - pageLife), new Date(at.getTime() + pageLife)))
    if (attemptIdOf(one.InvoiceId) === attemptId && hasMoney(one)) return one;
  return null;
}

/** What was given back. Null: something was, and how much in all cannot be told. */
async function refundsOf(api: Api, paid: Transaction, last: Transaction | null): Promise<Refunds> {
  const isOurs = (one: Transaction) => isRefund(one) && one.OriginalTransactionId === paid.TransactionId && one.Status === 'Completed';
  const newest = last && isOurs(last) ? last : null;
  if (!newest && !paid.Refunded) return [];
  if (newest && newest.Amount === paid.Amount) return [newest];
  const [since, until] = [bookedAt(paid), newest ? bookedAt(newest) : null];
  if (!since || (until && until.getTime() - since.getTime() > refundsWithin)) return null;
  const refunds: Transaction[] = [];
  for await (const one of transactionsOf(api, since, new Date((until?.getTime() ?? since.getTime() + refundsWithin) + hour)))
    if (isOurs(one)) refunds.push(one);
  return refunds.length > 0 ? refunds : null;
}
