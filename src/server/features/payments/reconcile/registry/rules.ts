import type { BookedOperation, RegistryRow } from '../../../../platform/payments.ts';
import { type Finding, givenBack, type Ours } from '../books/rules.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A line of the file as the books of a provider would show it. Null: a fee, or what else a bank books. */
export function toOperation(row: RegistryRow, now: Date): BookedOperation | null {
  if (row.kind === 'other') return null;
  const at = row.at ?? now;
  // The file names payments only: what was claimed is told apart by the number under which the banks know it.
  const claim = row.kind === 'chargeback' ? `${row.providerPaymentId}:${row.rrn ?? at.toISOString().slice(0, 10)}` : null;
  return {
    kind: row.kind,
    providerPaymentId: claim ?? row.providerPaymentId,
    ofPaymentId: row.kind === 'payment' ? null : row.providerPaymentId,
    attemptId: row.orderId !== null && uuid.test(row.orderId) ? row.orderId : null,
    state: 'captured',
    amountMinor: row.amountMinor,
    currency: 'RUB',
    at,
    hasReceipt: null,
  };
}

/**
 * Refunds of one payment in the file beside ours. They have no ids there, so they are told apart by their sums; those of other days stand in other files, so
 * that ours may be more. Null: each of them is ours too.
 */
export function compareRefunds(inFile: readonly number[], ours: Ours): Finding | null {
  if (ours.held) return null;
  const known = ours.refunds.filter(({ state, cause }) => state === 'done' && cause !== 'chargeback').map(({ amountMinor }) => amountMinor);
  for (const amount of inFile) {
    const at = known.indexOf(amount);
    if (at < 0) {
      const { attemptId, providerPaymentId, currency } = ours;
      const foundMinor = inFile.reduce((sum, one) => sum + one, 0);
      return { kind: 'refund-differs', key: attemptId, attemptId, providerPaymentId, expectedMinor: givenBack(ours), foundMinor, currency };
    }
    known.splice(at, 1);
  }
  return null;
}
