import type { PaymentState, ProviderId } from '#shared/payments.ts';
import type { BookedOperation, PaymentSnapshot } from '../../../../platform/payments.ts';
import type { NewIssue } from '../../issues/steps.ts';

/** An attempt as our books have it. */
export interface Ours {
  attemptId: string;
  providerPaymentId: string | null;
  state: PaymentState;
  /** What came, once it did; before, what was asked for. */
  amountMinor: number;
  currency: string;
  /** A person has it in hand: nothing is compared. */
  held: boolean;
  refunds: {
    id: string;
    providerRefundId: string | null;
    amountMinor: number;
    state: 'waiting' | 'sent' | 'done' | 'failed';
    cause: string;
  }[];
}

export type Finding = Omit<NewIssue, 'provider'>;

export const isTaken = (state: PaymentState): boolean => state === 'captured' || state === 'partly_refunded' || state === 'refunded';

/** By our books, without what a payer's bank took: providers count that apart. */
export const givenBack = ({ refunds }: Ours): number =>
  refunds.reduce((sum, { state, cause, amountMinor }) => (state === 'done' && cause !== 'chargeback' ? sum + amountMinor : sum), 0);

const issueOf = (ours: Ours, kind: NewIssue['kind'], expectedMinor: number | null, foundMinor: number | null): Finding => ({
  kind,
  key: ours.attemptId,
  attemptId: ours.attemptId,
  providerPaymentId: ours.providerPaymentId,
  expectedMinor,
  foundMinor,
  currency: ours.currency,
});

/** Sums of two currencies do not stand side by side under the sign of one: theirs is told alone then. */
const amountDiffers = (ours: Ours, { amountMinor, currency }: { amountMinor: number; currency: string }): Finding =>
  currency === ours.currency
    ? issueOf(ours, 'amount-differs', ours.amountMinor, amountMinor)
    : { ...issueOf(ours, 'amount-differs', null, amountMinor), currency, detail: 'currency' };

const unknown = (provider: ProviderId, op: BookedOperation, paymentId: string, attemptId: string | null): Finding => ({
  kind: 'unknown-payment',
  key: `${provider}:${paymentId}`,
  attemptId,
  providerPaymentId: paymentId,
  foundMinor: op.amountMinor,
  currency: op.currency,
  detail: attemptId === null ? null : 'second',
});

/**
 * A line of the provider's books beside ours. `ask`: the provider has to be asked what is new before anything can be said; once it was (`asked`), what
 * still does not fit is a finding.
 */
export function compareOperation(provider: ProviderId, op: BookedOperation, ours: Ours | null, asked: boolean): 'fits' | 'ask' | Finding {
  if (ours?.held) return 'fits';
  return op.kind === 'refund' ? compareRefund(op, ours, asked) : comparePayment(provider, op, ours, asked);
}

function comparePayment(provider: ProviderId, op: BookedOperation, ours: Ours | null, asked: boolean): 'fits' | 'ask' | Finding {
  const taken = isTaken(op.state);
  if (!ours) return taken || op.state === 'authorized' ? unknown(provider, op, op.providerPaymentId, null) : 'fits';
  // On one page one may pay twice; the second payment is none that we asked for.
  if (ours.providerPaymentId !== null && ours.providerPaymentId !== op.providerPaymentId)
    return taken && (asked || isTaken(ours.state)) ? unknown(provider, op, op.providerPaymentId, ours.attemptId) : taken ? 'ask' : 'fits';
  if (taken && !isTaken(ours.state)) return asked ? issueOf(ours, 'paid-not-granted', 0, op.amountMinor) : 'ask';
  if (taken && (op.amountMinor !== ours.amountMinor || op.currency !== ours.currency)) return amountDiffers(ours, op);
  if (!taken && isTaken(ours.state)) return asked ? issueOf(ours, 'granted-not-paid', ours.amountMinor, 0) : 'ask';
  if (op.state === 'authorized' && ours.state !== 'authorized' && !asked) return 'ask';
  return 'fits';
}

function compareRefund(op: BookedOperation, ours: Ours | null, asked: boolean): 'fits' | 'ask' | Finding {
  // Of a payment that is not ours: that one is told of by its own line.
  if (!ours || !isTaken(op.state)) return 'fits';
  const known = ours.refunds.find(({ providerRefundId }) => providerRefundId === op.providerPaymentId);
  if (known && known.amountMinor !== op.amountMinor)
    return { ...issueOf(ours, 'refund-differs', known.amountMinor, op.amountMinor), refundId: known.id };
  if (known?.state === 'done') return 'fits';
  return asked ? issueOf(ours, 'refund-differs', givenBack(ours), op.amountMinor) : 'ask';
}

/** What was given back by the provider’s word; null: some of it. */
export const toldBack = ({ state, refundedMinor }: PaymentSnapshot, { amountMinor }: Ours): number | null =>
  state === 'refunded' ? amountMinor : refundedMinor;

/** What the provider says of one payment beside ours, once it was recorded. Null: it knows none. */
export function compareSnapshot(snapshot: PaymentSnapshot | null, ours: Ours): Finding[] {
  if (ours.held) return [];
  const paid = snapshot !== null && isTaken(snapshot.state);
  if (!paid) return isTaken(ours.state) ? [issueOf(ours, 'granted-not-paid', ours.amountMinor, 0)] : [];
  if (!isTaken(ours.state)) return [issueOf(ours, 'paid-not-granted', 0, snapshot.amountMinor)];
  if (ours.providerPaymentId !== snapshot.providerPaymentId) return [];
  const findings: Finding[] = [];
  // What is left, may T-Bank say once something was given back.
  if (snapshot.state === 'captured' && (snapshot.amountMinor !== ours.amountMinor || snapshot.currency !== ours.currency))
    findings.push(amountDiffers(ours, snapshot));
  const [theirs, back] = [toldBack(snapshot, ours), givenBack(ours)];
  if (theirs !== null ? theirs !== back : back === 0) findings.push(issueOf(ours, 'refund-differs', back, theirs));
  return findings;
}
