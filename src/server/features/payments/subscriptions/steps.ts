import { AppError } from '#shared/errors.ts';
import type { ProviderId } from '#shared/payments.ts';
import type { App } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';
import { endLocked, type LockedSubscription, lockSubscription, tellSubscription } from './ending/steps.ts';
import { cardAwaitedMs, openUntil, type Period, periodFrom, retryAt } from './rules.ts';

/**
 * Begins a subscription whose first month is about to be paid: state pending, not seen by anybody before that.
 * @throws AppError PAYMENTS_OWNED where one goes on
 */
export async function beginSubscription(
  app: App,
  tx: Tx,
  of: { personId: string; courseId: string; provider: ProviderId; amountMinor: number; currency: string },
): Promise<{ subscriptionId: string }> {
  const { personId, courseId, provider, amountMinor, currency } = of;
  // Two windows at once begin one.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`subscription:${personId}:${courseId}`}, 0))`;
  const known = await tx.subscription.findFirst({
    where: { personId, courseId, state: { not: 'ended' } },
    orderBy: { state: 'desc' },
    select: { id: true, state: true },
  });
  const wanted = { provider, amountMinor, currency };
  if (!known) {
    const data = { personId, courseId, ...wanted, createdAt: app.clock.now() };
    return { subscriptionId: (await tx.subscription.create({ data, select: { id: true } })).id };
  }
  // Looked at once more under its lock: a page that was given up long ago may be paid at this moment, and what it goes on by is settled with that.
  const { count } = await tx.subscription.updateMany({ where: { id: known.id, state: 'pending' }, data: wanted });
  if (count === 0) throw new AppError('PAYMENTS_OWNED');
  return { subscriptionId: known.id };
}

/**
 * A month was paid: the first one, or the next. Inside the transaction that makes its order paid, under the order's lock; takes the lock of the
 * subscription. Writes the period into the order, state, anchor, paidUntil, next charge. `methodId`: the card it was paid with, where it may be charged again.
 */
export async function subscriptionPaid(
  app: App,
  tx: Tx,
  of: { subscriptionId: string; orderId: string; paidAt: Date; methodId: string | null; provider: ProviderId },
): Promise<{ from: Date; until: Date }> {
  const subscription = await lockSubscription(tx, of.subscriptionId);
  if (!subscription) throw new Error('a month was paid of no subscription');
  const order = await tx.paymentOrder.findUniqueOrThrow({ where: { id: of.orderId }, select: { listMinor: true, currency: true } });
  const zone = app.config.schoolTimeZone;
  const { state, anchorAt, paidUntil, cancelledAt } = subscription;
  // Paid after the course was closed: what is bought is a month from now, not days that went by without the course.
  const anew = state === 'ended' || !anchorAt || !paidUntil || openUntil(paidUntil) <= of.paidAt;
  const anchor = anew ? of.paidAt : anchorAt;
  const period = periodFrom(anchor, anew ? of.paidAt : paidUntil, zone);
  await tx.paymentOrder.update({
    where: { id: of.orderId },
    data: { periodStart: period.from, periodEnd: period.until },
    select: { id: true },
  });
  const first = state === 'pending';
  const methodId = of.methodId ?? subscription.methodId;
  await tx.subscription.update({
    where: { id: subscription.id },
    data: {
      ...(state === 'ended'
        ? {}
        : { state: 'active', tries: 0, nextChargeAt: cancelledAt ? null : nextChargeOf(period, methodId, of.paidAt) }),
      anchorAt: anchor,
      periods: { increment: 1 },
      paidUntil: period.until,
      // What the student agreed to pay every month, whatever the course costs others later, and whatever a promo code took off the first one.
      ...(first ? { amountMinor: order.listMinor, currency: order.currency } : {}),
      ...(first || of.methodId ? { provider: of.provider, methodId } : {}),
    },
    select: { id: true },
  });
  if (first) await endIfOwnedForGood(app, tx, { ...subscription, paidUntil: period.until });
  return period;
}

/** Without a card nothing can be charged: the sweep looks again when it can come no more. */
function nextChargeOf(period: Period, methodId: string | null, paidAt: Date): Date {
  return methodId ? period.until : new Date(paidAt.getTime() + cardAwaitedMs);
}

/** The course was bought, or given, for good while the page of the first month was open: a second month would be charged for nothing. */
async function endIfOwnedForGood(app: App, tx: Tx, subscription: LockedSubscription): Promise<void> {
  const { personId, courseId } = subscription;
  if (!personId || !courseId) return;
  const forGood = await tx.enrolment.count({ where: { personId, courseId, endsAt: null, how: { in: ['granted', 'paid'] } } });
  if (forGood > 0) await endLocked(app, tx, subscription, { reason: 'replaced', tell: false });
}

/** The card of a payment came by a later message than the money: the first month's, or that of the newest one, which the student paid by another card. */
export async function methodArrived(
  _app: App,
  tx: Tx,
  of: { subscriptionId: string; orderId: string; methodId: string; provider: ProviderId },
): Promise<void> {
  const subscription = await lockSubscription(tx, of.subscriptionId);
  if (subscription?.state !== 'active') return;
  const { id, methodId, cancelledAt, paidUntil } = subscription;
  const { periodEnd } = await tx.paymentOrder.findUniqueOrThrow({ where: { id: of.orderId }, select: { periodEnd: true } });
  if (methodId !== null && periodEnd?.getTime() !== paidUntil?.getTime()) return;
  // Without a card its next charge was the end of the waiting for one.
  const nextChargeAt = methodId === null ? { nextChargeAt: cancelledAt ? null : paidUntil } : {};
  await tx.subscription.update({
    where: { id },
    data: { methodId: of.methodId, provider: of.provider, ...nextChargeAt },
    select: { id: true },
  });
}

/** A charge of the month was declined, by a saved card. Next try, state, notice. Inside the transaction that makes the attempt failed. */
export async function subscriptionDeclined(
  app: App,
  tx: Tx,
  of: { subscriptionId: string; orderId: string; again: 'never' | 'later' },
): Promise<void> {
  const subscription = await lockSubscription(tx, of.subscriptionId);
  if (!subscription?.paidUntil || (subscription.state !== 'active' && subscription.state !== 'past_due')) return;
  const { id, personId, paidUntil, cancelledAt } = subscription;
  // It was on its way when the student cancelled: nothing follows, and the sweep ends what is over.
  if (cancelledAt) return;
  const tries = subscription.tries + 1;
  await tx.subscription.update({
    where: { id },
    data: { state: 'past_due', tries, nextChargeAt: retryAt({ tries, again: of.again, paidUntil }, app.clock.now()) },
    select: { id: true },
  });
  await tellSubscription(app, tx, { id, personId, event: 'charge-failed', at: paidUntil });
}

/** Ends whatever subscription pays for this course: it was bought for good, refunded with the access, or granted. No notice. */
export async function endSubscriptionsOf(
  app: App,
  tx: Tx,
  of: { personId: string; courseId: string; reason: 'replaced' | 'refunded' },
): Promise<void> {
  const live = await tx.subscription.findFirst({
    where: { personId: of.personId, courseId: of.courseId, state: { in: ['active', 'past_due'] } },
    select: { id: true },
  });
  const subscription = live && (await lockSubscription(tx, live.id));
  if (subscription && (subscription.state === 'active' || subscription.state === 'past_due'))
    await endLocked(app, tx, subscription, { reason: of.reason, tell: false });
}
