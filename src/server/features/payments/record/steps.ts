import { Prisma } from '#prisma/generated/client.ts';
import type { ProviderId } from '#shared/payments.ts';
import type { App } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';
import type { SavedMethod } from '../../../platform/payments.ts';
import { addNotice } from '../../notifications/enqueue.ts';
import { entitle, followEntitlements } from '../entitlements/steps.ts';
import type { HeldAttempt, HeldOrder } from '../hold.ts';
import { keepMethod } from '../methods/steps.ts';
import { endSubscriptionsOf, subscriptionPaid } from '../subscriptions/steps.ts';

/**
 * Purchases of one course by one person, one after the other: two orders that are paid at the same moment would each find the course not bought yet. Behind
 * the locks of the order, before that of the subscription.
 */
export async function holdPurchase(tx: Tx, { personId, courseId }: Pick<HeldOrder, 'personId' | 'courseId'>): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`purchase ${personId} ${courseId}`}, 7316500009))`;
}

/**
 * Gives what an order bought: it is paid, and with it come the right, the enrolment, the subscription's month and the notice. Under the lock of the order
 * (`heldOrder`). Also what a moderator does with a held payment that is taken all the same. `attempt` null: it cost nothing.
 */
export async function giveOrder(
  app: App,
  tx: Tx,
  order: HeldOrder,
  attempt: { id: string; provider: ProviderId; methodId: string | null } | null,
  paidAt: Date,
): Promise<void> {
  const { id: orderId, personId, courseId, subscriptionId } = order;
  await holdPurchase(tx, order);
  await tx.paymentOrder.update({ where: { id: orderId }, data: { state: 'paid', paidAt, closedReason: null }, select: { id: true } });
  if (!personId) return;
  if (order.plan === 'month' && subscriptionId && attempt) {
    const { methodId, provider } = attempt;
    const { from, until } = await subscriptionPaid(app, tx, { subscriptionId, orderId, paidAt, methodId, provider });
    await entitle(app, tx, { orderId, personId, courseId, from, until });
  } else {
    await entitle(app, tx, { orderId, personId, courseId, from: paidAt, until: null });
    if (courseId) await endSubscriptionsOf(app, tx, { personId, courseId, reason: 'replaced' });
  }
  if (courseId) await followEntitlements(app, tx, personId, courseId);
  await addNotice(
    app,
    tx,
    { kind: 'payment', about: `paid:${orderId}`, data: { order: { id: orderId, event: 'paid' } } },
    Prisma.sql`SELECT ${personId}::uuid AS person_id`,
  );
}

/**
 * Is the course theirs already by another payment: for good, or, by the month, by another subscription that goes on? Then this money buys nothing and goes
 * back, though the order as such was never paid: a page that was given up and paid all the same.
 */
export async function isPaidElsewhere(tx: Tx, order: HeldOrder): Promise<boolean> {
  const { personId, courseId, subscriptionId } = order;
  if (!personId || !courseId) return false;
  await holdPurchase(tx, order);
  const forGood = await tx.entitlement.findFirst({
    where: { personId, courseId, endedAt: null, untilAt: null, orderId: { not: order.id } },
    select: { id: true },
  });
  if (forGood) return true;
  if (order.plan !== 'month' || !subscriptionId) return false;
  // A first month, and another order has begun this subscription, or one of the same course.
  const begun = await tx.subscription.findFirst({
    where: {
      OR: [
        { id: { not: subscriptionId }, personId, courseId, state: { in: ['active', 'past_due'] } },
        ...(order.periodStart === null ? [{ id: subscriptionId, state: { not: 'pending' as const } }] : []),
      ],
    },
    select: { id: true },
  });
  return begun !== null;
}

/** Keeps the card that came with a payment, where the student agreed to that: once, a card that was forgotten since does not come back. The id of it, or null. */
export async function keepCard(
  app: App,
  tx: Tx,
  order: HeldOrder,
  attempt: Pick<HeldAttempt, 'saveMethod' | 'methodId'> & { provider: ProviderId },
  method: SavedMethod | null,
): Promise<string | null> {
  if (attempt.methodId || !attempt.saveMethod || !method || !order.personId) return attempt.methodId;
  return (await keepMethod(app, tx, { personId: order.personId, provider: attempt.provider, method })).methodId;
}
