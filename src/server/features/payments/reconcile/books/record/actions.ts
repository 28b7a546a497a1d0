import type { App } from '../../../../../platform/app.ts';
import type { BookedOperation } from '../../../../../platform/payments.ts';
import { holdOrder, moneyTransaction } from '../../../hold.ts';
import { settleIssue } from '../../../issues/steps.ts';
import { addDoneRefund } from '../../../refunds/steps.ts';
import { type Look, report } from '../../looks/actions.ts';
import { settledByLooks } from '../queries.ts';
import type { Ours } from '../rules.ts';

/**
 * What the payer's bank took back is written down as it happened. It ends no access by itself: whether the student keeps the course, and whether the claim is
 * disputed, a person decides. Read again, it is the same one.
 */
export async function recordChargeback(app: App, look: Look, op: BookedOperation, ours: Ours): Promise<void> {
  const providerRefundId = `chargeback:${op.providerPaymentId}`;
  const left = await moneyTransaction(app, async (tx) => {
    const { orderId } = await tx.paymentAttempt.findUniqueOrThrow({ where: { id: ours.attemptId }, select: { orderId: true } });
    await holdOrder(tx, orderId);
    const attempt = await tx.paymentAttempt.findUniqueOrThrow({
      where: { id: ours.attemptId },
      select: { capturedMinor: true, refundedMinor: true, currency: true, refunds: { where: { providerRefundId }, select: { id: true } } },
    });
    if (attempt.refunds.length > 0) return null;
    const refund = { attemptId: ours.attemptId, amountMinor: op.amountMinor, providerRefundId, cause: 'chargeback' as const, reason: '' };
    const written = op.currency === attempt.currency && (await addDoneRefund(app, tx, { ...refund, endsAccess: false, at: op.at }));
    // More than is left was claimed: nothing is written down, and a person has to sort it out.
    return written ? null : attempt.capturedMinor - attempt.refundedMinor;
  });
  await report(app, look, {
    kind: 'chargeback',
    key: `${look.provider}:${op.providerPaymentId}`,
    attemptId: ours.attemptId,
    providerPaymentId: ours.providerPaymentId,
    expectedMinor: left,
    foundMinor: op.amountMinor,
    currency: op.currency,
  });
}

/** What stood open about an attempt is settled: both books say the same now. */
export async function settleDispute(app: App, attemptId: string): Promise<void> {
  await app.db.$transaction(async (tx) => {
    for (const kind of settledByLooks) await settleIssue(app, tx, kind, attemptId);
  });
}
