import type { ProviderId } from '#shared/payments.ts';
import type { App } from '../../../../platform/app.ts';
import type { Tx } from '../../../../platform/db.ts';
import type { PaymentSnapshot } from '../../../../platform/payments.ts';
import { type HeldAttempt, type HeldOrder, tellPayer } from '../../hold.ts';
import { raiseIssue, settleIssue } from '../../issues/steps.ts';
import { recordRefunds, refundDouble } from '../../refunds/steps.ts';
import { methodArrived } from '../../subscriptions/steps.ts';
import { type Misfit, misfitsOf, paidAtOf } from '../rules.ts';
import { giveOrder, isPaidElsewhere, keepCard } from '../steps.ts';

export type Captured = 'applied' | 'held' | 'nothing-new';

/** Money came. */
export async function capture(app: App, tx: Tx, order: HeldOrder, attempt: HeldAttempt, snapshot: PaymentSnapshot): Promise<Captured> {
  const { provider, providerPaymentId, currency } = snapshot;
  const misfits = misfitsOf({ ...attempt, personId: order.personId }, snapshot);
  // A test card on a school that sells: there is no money to be written down.
  // One that was let go stays so: no book would ever settle it.
  if (misfits.includes('test') && attempt.state === 'voided') return 'nothing-new';
  if (misfits.includes('test')) return hold(app, tx, order, attempt, snapshot, misfits);
  if (order.personId === null) misfits.push('person-gone');
  else if (order.courseId === null || order.course?.deletedAt) misfits.push('course-gone');

  const capturedMinor = misfits.includes('amount') ? snapshot.amountMinor : attempt.amountMinor;
  const at = paidAtOf(attempt, snapshot, app.clock.now());
  const methodId = await cardOf(app, tx, order, attempt, snapshot);
  await tx.paymentAttempt.update({
    where: { id: attempt.id },
    data: {
      state: 'captured',
      providerPaymentId,
      capturedMinor,
      // In which it came: what goes back of it is counted in the same.
      currency,
      capturedAt: at,
      methodId,
      paidWith: snapshot.paidWith ?? attempt.paidWith,
      receiptUrl: snapshot.receiptUrl ?? attempt.receiptUrl,
      declineCode: null,
      declineClass: null,
      heldReason: null,
      payUrl: null,
      sentAt: null,
      nextCheckAt: null,
    },
    select: { id: true },
  });
  if (capturedMinor > 0)
    await tx.ledgerEntry.create({ data: { at, attemptId: attempt.id, kind: 'payment', amountMinor: capturedMinor, currency } });
  if (attempt.heldReason) await settleIssue(app, tx, 'held', attempt.id);

  const outcome = await settle(app, tx, order, { ...attempt, provider, methodId, capturedMinor }, snapshot, misfits, at);
  await followRefunds(app, tx, order, attempt, snapshot);
  return outcome;
}

type Paid = Omit<HeldAttempt, 'provider'> & { provider: ProviderId };

/** What the money is for: the order, nothing (it goes back), or what a person says. */
async function settle(
  app: App,
  tx: Tx,
  order: HeldOrder,
  attempt: Paid,
  snapshot: PaymentSnapshot,
  misfits: Misfit[],
  at: Date,
): Promise<Captured> {
  const { id: attemptId, provider, capturedMinor } = attempt;
  const { providerPaymentId, currency } = snapshot;
  const issue = { key: attemptId, provider, attemptId, providerPaymentId, foundMinor: capturedMinor, currency };
  if (order.state === 'paid' || (await isPaidElsewhere(tx, order))) {
    await raiseIssue(app, tx, { ...issue, kind: 'double', mended: true });
    await refundDouble(app, tx, { id: attemptId, amountMinor: capturedMinor });
    return 'applied';
  }
  if (misfits.length > 0) return hold(app, tx, order, attempt, snapshot, misfits);
  if (order.state === 'closed' || attempt.state === 'expired' || attempt.state === 'voided')
    await raiseIssue(app, tx, { ...issue, kind: 'late' });
  await giveOrder(app, tx, order, attempt, at);
  return 'applied';
}

async function hold(
  app: App,
  tx: Tx,
  order: HeldOrder,
  attempt: HeldAttempt,
  snapshot: PaymentSnapshot,
  misfits: Misfit[],
): Promise<Captured> {
  const { id: attemptId } = attempt;
  const { provider, providerPaymentId, amountMinor: foundMinor, currency } = snapshot;
  // An issue names one currency: that of what came. What was asked in another one stands in the order.
  const expectedMinor = misfits.includes('currency') ? null : attempt.amountMinor;
  await tx.paymentAttempt.update({
    where: { id: attemptId },
    data: { heldReason: misfits[0] ?? null, sentAt: null, nextCheckAt: null },
    select: { id: true },
  });
  const about = { key: attemptId, attemptId, provider, providerPaymentId, expectedMinor, foundMinor, currency };
  await raiseIssue(app, tx, { ...about, kind: 'held', detail: misfits.join(', ') });
  await tellPayer(app, tx, order.personId);
  return 'held';
}

/** The money is known: what is told of it later, and what was given back since. */
export async function addKnown(app: App, tx: Tx, order: HeldOrder, attempt: HeldAttempt, snapshot: PaymentSnapshot): Promise<Captured> {
  // Of another try on the same page, before the one that was paid.
  if (attempt.providerPaymentId !== snapshot.providerPaymentId) return 'nothing-new';
  const methodId = await cardOf(app, tx, order, attempt, snapshot);
  const [paidWith, receiptUrl] = [attempt.paidWith ?? snapshot.paidWith, attempt.receiptUrl ?? snapshot.receiptUrl];
  const more = methodId !== attempt.methodId || paidWith !== attempt.paidWith || receiptUrl !== attempt.receiptUrl;
  if (more) await tx.paymentAttempt.update({ where: { id: attempt.id }, data: { methodId, paidWith, receiptUrl }, select: { id: true } });
  if (methodId && methodId !== attempt.methodId && order.subscriptionId && order.state === 'paid')
    await methodArrived(app, tx, { subscriptionId: order.subscriptionId, orderId: order.id, methodId, provider: snapshot.provider });
  const refunded = await followRefunds(app, tx, order, attempt, snapshot);
  return more || refunded ? 'applied' : 'nothing-new';
}

async function followRefunds(app: App, tx: Tx, order: HeldOrder, { id }: HeldAttempt, snapshot: PaymentSnapshot): Promise<boolean> {
  const { state, refunds, refundedMinor } = snapshot;
  if (state === 'captured' && refunds.length === 0 && (refundedMinor ?? 0) === 0) return false;
  return recordRefunds(app, tx, { id, orderId: order.id }, snapshot);
}

/** The card that came with a payment. One of a payment that the provider says is somebody else's is nobody's here. */
export function cardOf(app: App, tx: Tx, order: HeldOrder, attempt: HeldAttempt, snapshot: PaymentSnapshot): Promise<string | null> {
  const { provider, method, customerId } = snapshot;
  return keepCard(app, tx, order, { ...attempt, provider }, customerId === null || customerId === order.personId ? method : null);
}
