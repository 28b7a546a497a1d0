import { Prisma } from '#prisma/generated/client.ts';
import type { App } from '../../../../platform/app.ts';
import type { Tx } from '../../../../platform/db.ts';
import { addNotice } from '../../../notifications/enqueue.ts';
import { followEntitlements } from '../../entitlements/steps.ts';

const lockedColumns = {
  id: true,
  personId: true,
  courseId: true,
  provider: true,
  methodId: true,
  amountMinor: true,
  currency: true,
  state: true,
  anchorAt: true,
  periods: true,
  paidUntil: true,
  nextChargeAt: true,
  announced: true,
  tries: true,
  cancelledAt: true,
} satisfies Prisma.SubscriptionSelect;
export type LockedSubscription = Prisma.SubscriptionGetPayload<{ select: typeof lockedColumns }>;

/** Reads a subscription under its lock, which comes after those of its order and attempts. Null: there is none. */
export async function lockSubscription(tx: Tx, id: string): Promise<LockedSubscription | null> {
  await tx.$queryRaw`SELECT id FROM subscription WHERE id = ${id}::uuid FOR UPDATE`;
  return tx.subscription.findUnique({ where: { id }, select: lockedColumns });
}

/** States of an attempt whose end is not known. */
export const underWay = ['created', 'opened', 'authorized'] as const;

export type EndReason = 'cancelled' | 'unpaid' | 'refunded' | 'replaced' | 'course-gone' | 'person-gone' | 'no-card';

/** Ends a subscription that is locked. The enrolment loses its grace; `tell`: the student hears of it. */
export async function endLocked(
  app: App,
  tx: Tx,
  { id, personId, courseId, paidUntil }: LockedSubscription,
  { reason, tell }: { reason: EndReason; tell: boolean },
): Promise<void> {
  const now = app.clock.now();
  await tx.subscription.update({
    where: { id },
    data: { state: 'ended', endedAt: now, endReason: reason, nextChargeAt: null },
    select: { id: true },
  });
  if (tell) await tellSubscription(app, tx, { id, personId, event: 'ended', at: paidUntil ?? now });
  await subscriptionChanged(app, tx, { personId, courseId });
}

/** What the student sees follows from the subscription: the end of the enrolment, and the pages that are open. */
export async function subscriptionChanged(
  app: App,
  tx: Tx,
  { personId, courseId }: { personId: string | null; courseId: string | null },
): Promise<void> {
  if (personId && courseId) await followEntitlements(app, tx, personId, courseId);
  if (personId) await app.bus.publish(tx, `person:${personId}`, { kind: 'payments', threadId: null });
}

/** @param of.at the month it is about: told once of each */
export async function tellSubscription(
  app: App,
  tx: Tx,
  of: { id: string; personId: string | null; event: 'charge-soon' | 'charge-failed' | 'ended'; at: Date },
): Promise<void> {
  if (!of.personId) return;
  const subscription = { id: of.id, event: of.event, at: of.at.toISOString() };
  const about = `subscription:${of.id}:${of.event}:${subscription.at}`;
  await addNotice(app, tx, { kind: 'payment', about, data: { subscription } }, Prisma.sql`SELECT ${of.personId}::uuid AS person_id`);
}

/** A charge that may be at the bank: what becomes of the subscription depends on it. */
export async function isCharging(tx: Tx, subscriptionId: string): Promise<boolean> {
  const where = { order: { subscriptionId }, kind: 'saved', state: { in: [...underWay] }, sentAt: { not: null } };
  return (await tx.paymentAttempt.count({ where, take: 1 })) > 0;
}
