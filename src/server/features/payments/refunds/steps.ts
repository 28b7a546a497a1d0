import { Prisma } from '#prisma/generated/client.ts';
import { paymentProviders } from '#shared/payments.ts';
import type { App } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';
import type { PaymentSnapshot } from '../../../platform/payments.ts';
import { addNotice } from '../../notifications/enqueue.ts';
import { endEntitlement, followEntitlements } from '../entitlements/steps.ts';
import { tellPayer } from '../hold.ts';
import { raiseIssue, settleIssue } from '../issues/steps.ts';
import { paymentsRefund } from '../job-kinds.ts';
import { known } from '../state.ts';
import { endSubscriptionsOf } from '../subscriptions/steps.ts';
import { nextTryAt, readRefunds } from './rules.ts';

export interface AskedRefund {
  attemptId: string;
  clientId: string | null;
  amountMinor: number;
  cause: 'moderator' | 'double';
  reason: string;
  byId: string | null;
  endsAccess: boolean;
}

/** Writes a refund down and has it sent. Under the lock of its attempt. */
export async function writeRefund(app: App, tx: Tx, refund: AskedRefund): Promise<{ refundId: string }> {
  const now = app.clock.now();
  const { id } = await tx.paymentRefund.create({
    // The job comes at once; the sweep finds one that got lost.
    data: { ...refund, createdAt: now, nextTryAt: nextTryAt(1, now) },
    select: { id: true },
  });
  await app.jobs.enqueue(tx, paymentsRefund, { refundId: id });
  return { refundId: id };
}

/** Has a whole payment given back by itself (cause `double`). Inside the transaction that found it out. */
export async function refundDouble(app: App, tx: Tx, attempt: { id: string; amountMinor: number }): Promise<void> {
  const asked = await tx.paymentRefund.count({ where: { attemptId: attempt.id, cause: 'double' } });
  if (asked > 0 || attempt.amountMinor === 0) return;
  const { id: attemptId, amountMinor } = attempt;
  await writeRefund(app, tx, { attemptId, clientId: null, amountMinor, cause: 'double', reason: '', byId: null, endsAccess: false });
}

/** A refund that was made without us: in the provider's cabinet, or by the payer's bank. */
export interface ForeignRefund {
  attemptId: string;
  amountMinor: number;
  cause: 'provider' | 'chargeback';
  reason: string;
  clientId?: string | null;
  byId?: string | null;
  providerRefundId: string | null;
  endsAccess: boolean;
  at: Date | null;
}

/** Writes such a refund down as done, with all that follows from it. Under the lock of its order. False: more than there is, so nothing was written. */
export async function addDoneRefund(app: App, tx: Tx, { at, ...refund }: ForeignRefund): Promise<boolean> {
  const attempt = await readAttempt(tx, refund.attemptId);
  if (attempt.refundedMinor + refund.amountMinor > attempt.capturedMinor) return false;
  const now = app.clock.now();
  const { id } = await tx.paymentRefund.create({
    data: { ...refund, createdAt: now, state: 'sent', sentAt: at ?? now },
    select: { id: true },
  });
  await completeRefund(app, tx, id, { providerRefundId: refund.providerRefundId, at });
  return true;
}

/**
 * A refund is done, by the provider's word: ledger, sums, state of the payment, the access where it goes with it, and the student is told. Under the lock
 * of its order. Twice is once.
 */
export async function completeRefund(
  app: App,
  tx: Tx,
  refundId: string,
  { providerRefundId, at }: { providerRefundId: string | null; at: Date | null },
): Promise<boolean> {
  const refund = await tx.paymentRefund.findUniqueOrThrow({ where: { id: refundId }, select: refundColumns });
  if (refund.state === 'done') return false;
  const { attemptId, amountMinor, cause } = refund;
  const attempt = await readAttempt(tx, attemptId);
  const doneAt = at ?? app.clock.now();
  const refundedMinor = attempt.refundedMinor + amountMinor;
  const all = refundedMinor === attempt.capturedMinor;
  if (refundedMinor > attempt.capturedMinor) {
    // What was given back besides was counted under other names. The books never show more going out than came in; a person looks.
    await tx.paymentRefund.update({
      where: { id: refundId },
      data: { state: 'failed', nextTryAt: null, error: 'more than was paid' },
      select: { id: true },
    });
    await raiseAboutRefund(app, tx, 'refund-differs', refundId, 'more than was paid');
    return true;
  }
  await tx.paymentRefund.update({
    where: { id: refundId },
    data: { state: 'done', doneAt, nextTryAt: null, error: null, providerRefundId: providerRefundId ?? refund.providerRefundId },
    select: { id: true },
  });
  await tx.paymentAttempt.update({
    where: { id: attemptId },
    data: { refundedMinor, state: all ? 'refunded' : 'partly_refunded' },
    select: { id: true },
  });
  const kind = cause === 'chargeback' ? 'chargeback' : 'refund';
  await tx.ledgerEntry.create({
    data: { at: doneAt, attemptId, refundId, kind, amountMinor: -amountMinor, currency: attempt.currency },
  });
  // All of it taken back in the cabinet: there nobody can say that the course stays.
  if (refund.endsAccess || (all && cause === 'provider')) await endAccess(app, tx, attempt.orderId, attemptId, refund.endsAccess);
  await settleIssue(app, tx, 'refund-failed', refundId);
  await settleIssue(app, tx, 'unknown-outcome', refundId);
  // Nothing is left to be taken for the order.
  if (all) await settleIssue(app, tx, 'held', attemptId);
  const { personId } = attempt.order;
  if (personId && cause !== 'chargeback') {
    const notice = { kind: 'payment', about: `refund:${refundId}`, data: { refund: { id: refundId } } } as const;
    await addNotice(app, tx, notice, Prisma.sql`SELECT ${personId}::uuid AS person_id`);
  }
  await tellPayer(app, tx, personId);
  return true;
}

/** `asked`: by a person. What another payment of the same order still pays for stays otherwise. */
async function endAccess(app: App, tx: Tx, orderId: string, attemptId: string, asked: boolean): Promise<void> {
  if (!asked) {
    const others = await tx.paymentAttempt.count({
      where: { orderId, id: { not: attemptId }, state: { in: ['captured', 'partly_refunded'] }, heldReason: null },
    });
    if (others > 0) return;
  }
  await takeCourse(app, tx, orderId);
}

/** Takes the course that an order bought, and the subscription with it. Under the lock of the order. False: there was nothing to take any more. */
export async function takeCourse(app: App, tx: Tx, orderId: string): Promise<boolean> {
  const ended = await endEntitlement(app, tx, orderId);
  if (!ended) return false;
  const order = await tx.paymentOrder.findUniqueOrThrow({ where: { id: orderId }, select: { plan: true } });
  if (order.plan === 'month') await endSubscriptionsOf(app, tx, { ...ended, reason: 'refunded' });
  await followEntitlements(app, tx, ended.personId, ended.courseId);
  return true;
}

/**
 * Brings the refunds of an attempt to what the provider says, inside the transaction of `recordSnapshot`, under its locks: those we asked for are done,
 * others were made in the provider's cabinet. Writes ledger, sums and state of the attempt, ends the access where that was asked, tells the student.
 * What cannot be told apart raises `refund-differs`. True: something changed.
 */
export async function recordRefunds(
  app: App,
  tx: Tx,
  { id: attemptId }: { id: string; orderId: string },
  snapshot: PaymentSnapshot,
): Promise<boolean> {
  const attempt = await readAttempt(tx, attemptId);
  const own = await tx.paymentRefund.findMany({
    where: { attemptId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, amountMinor: true, state: true, providerRefundId: true, cause: true },
  });
  const totalMinor = snapshot.state === 'refunded' ? attempt.capturedMinor : snapshot.refundedMinor;
  const told = { partly: snapshot.state === 'partly_refunded', totalMinor, each: snapshot.refunds };
  const ours = own.map(({ cause, ...refund }) => ({ ...refund, double: cause === 'double' }));
  const news = readRefunds(ours, attempt.refundedMinor, told);
  for (const { id, ...as } of news.done) await completeRefund(app, tx, id, as);
  let unclear = news.unclear;
  for (const refund of news.foreign) {
    const added = await addDoneRefund(app, tx, { ...refund, attemptId, cause: 'provider', reason: '', endsAccess: false });
    unclear ||= !added;
  }
  if (unclear) await raiseUnclear(app, tx, attemptId, snapshot);
  return news.done.length + news.foreign.length > 0 || unclear;
}

async function raiseUnclear(
  app: App,
  tx: Tx,
  attemptId: string,
  { provider, providerPaymentId, refundedMinor }: PaymentSnapshot,
): Promise<void> {
  const { refundedMinor: expectedMinor, currency } = await readAttempt(tx, attemptId);
  const about = { key: attemptId, attemptId, provider, providerPaymentId };
  await raiseIssue(app, tx, { ...about, kind: 'refund-differs', expectedMinor, foundMinor: refundedMinor, currency });
}

/** The provider said no. A person has to look. Under the lock of the order. */
export async function refuseRefund(app: App, tx: Tx, refundId: string, said: string): Promise<void> {
  const { attempt } = await tx.paymentRefund.findUniqueOrThrow({
    where: { id: refundId },
    select: { attempt: { select: { order: { select: { personId: true } } } } },
  });
  await tx.paymentRefund.update({
    where: { id: refundId },
    data: { state: 'failed', nextTryAt: null, error: said.slice(0, 300) },
    select: { id: true },
  });
  await raiseAboutRefund(app, tx, 'refund-failed', refundId, said.slice(0, 300));
  await tellPayer(app, tx, attempt.order.personId);
}

async function raiseAboutRefund(
  app: App,
  tx: Tx,
  kind: 'refund-failed' | 'refund-differs',
  refundId: string,
  detail: string,
): Promise<void> {
  const { attemptId, amountMinor } = await tx.paymentRefund.findUniqueOrThrow({ where: { id: refundId }, select: refundColumns });
  const { provider: word, providerPaymentId, currency } = await readAttempt(tx, attemptId);
  const provider = known(paymentProviders, word);
  const about = { key: refundId, provider, attemptId, refundId, providerPaymentId };
  await raiseIssue(app, tx, { ...about, kind, expectedMinor: amountMinor, currency, detail });
}

const refundColumns = { attemptId: true, amountMinor: true, cause: true, endsAccess: true, state: true, providerRefundId: true } as const;

const readAttempt = (tx: Tx, id: string) =>
  tx.paymentAttempt.findUniqueOrThrow({
    where: { id },
    select: {
      orderId: true,
      provider: true,
      providerPaymentId: true,
      state: true,
      currency: true,
      capturedMinor: true,
      refundedMinor: true,
      heldReason: true,
      order: { select: { personId: true } },
    },
  });
