import type { App } from '../../../../platform/app.ts';
import type { Tx } from '../../../../platform/db.ts';
import type { PaymentProvider } from '../../../../platform/payments.ts';
import { type HeldAttempt, type HeldOrder, heldOrder } from '../../hold.ts';
import { paymentsCharge } from '../../job-kinds.ts';
import { mayBePaid } from '../../orders/steps.ts';
import { findProvider } from '../../provider.ts';
import { stoppedProviders } from '../../switches/queries.ts';
import { type EndReason, type LockedSubscription, underWay } from '../ending/steps.ts';
import { lateNoticeMs, nextLookAt, openUntil } from '../rules.ts';

export interface Payer {
  id: string;
  email: string;
  locale: string;
  courseTitle: string;
}

/** Who pays for what; or why nobody is to be charged for it any more. A blocked person could not cancel, so they are not charged either. */
export async function payerOf(tx: Tx, { personId, courseId }: LockedSubscription): Promise<Payer | { never: EndReason }> {
  const person = personId
    ? await tx.person.findFirst({ where: { id: personId, blockedAt: null }, select: { id: true, email: true, locale: true } })
    : null;
  if (!person) return { never: 'person-gone' };
  const course = courseId
    ? await tx.course.findFirst({
        where: { id: courseId, deletedAt: null, publishedAt: { not: null } },
        select: { title: true, priceMinor: true, monthlyMinor: true },
      })
    : null;
  if (!course) return { never: 'course-gone' };
  // It is everybody's by now.
  if (course.priceMinor === 0 && course.monthlyMinor === 0) return { never: 'replaced' };
  return { ...person, courseTitle: course.title };
}

/** The acquirer of a subscription, where it may be charged by it now. */
export async function openProvider(app: App, tx: Tx, { provider: id, currency }: LockedSubscription): Promise<PaymentProvider | null> {
  const provider = findProvider(app, id);
  if (!provider?.currencies.includes(currency)) return null;
  return (await stoppedProviders(tx)).has(provider.id) ? null : provider;
}

/** The card, where it may be charged. */
export async function findCard(tx: Tx, methodId: string | null): Promise<{ id: string; token: string } | null> {
  if (!methodId) return null;
  return tx.paymentMethod.findFirst({ where: { id: methodId, forgottenAt: null, token: { not: '' } }, select: { id: true, token: true } });
}

/** A charge, or a page on which somebody may be paying at this moment. */
export function mayBringMoney(attempt: HeldAttempt): boolean {
  return underWay.some((state) => state === attempt.state) || mayBePaid(attempt);
}

/** The order of the month that is to be paid next, where one was written: its lock comes before that of the subscription. */
export async function holdDueOrder(tx: Tx, subscriptionId: string): Promise<{ held: HeldOrder; periodStart: Date | null } | null> {
  const subscription = await tx.subscription.findUnique({ where: { id: subscriptionId }, select: { paidUntil: true } });
  if (!subscription?.paidUntil) return null;
  const known = await tx.paymentOrder.findFirst({
    where: { subscriptionId, periodStart: subscription.paidUntil },
    select: { id: true, periodStart: true },
  });
  const held = known && (await heldOrder(tx, known.id));
  return held && { held, periodStart: known.periodStart };
}

/**
 * Writes down that the month which is due is to be charged, and has it done. Nothing happens where something of it is under way already: a charge, or a
 * page on which the student may be paying at this moment. Under the locks of order and subscription.
 */
export async function beginCharge(
  app: App,
  tx: Tx,
  of: { subscription: LockedSubscription; paidUntil: Date; periodEnd: Date; order: HeldOrder | null; payer: Payer; methodId: string },
): Promise<void> {
  const { subscription, order, payer, paidUntil } = of;
  const provider = await openProvider(app, tx, subscription);
  if (!provider || order?.state === 'paid') return;
  if (order?.attempts.some(mayBringMoney)) return;
  const now = app.clock.now();
  const { amountMinor, currency } = subscription;
  const expiresAt = new Date(Math.max(openUntil(paidUntil).getTime(), now.getTime() + lateNoticeMs));
  const orderId = order ? order.id : await writeOrder(tx, { ...of, expiresAt, now });
  if (order) {
    const data = { state: 'open', closedReason: null, expiresAt } as const;
    await tx.paymentOrder.update({ where: { id: orderId }, data, select: { id: true } });
  }
  const attempt = await tx.paymentAttempt.create({
    data: {
      orderId,
      provider: provider.id,
      kind: 'saved',
      amountMinor,
      currency,
      methodId: of.methodId,
      test: provider.test,
      createdAt: now,
      expiresAt,
      // The job comes at once; this is for one that got lost.
      nextCheckAt: nextLookAt(1, now),
    },
    select: { id: true },
  });
  await app.jobs.enqueue(tx, paymentsCharge, { attemptId: attempt.id });
  await app.bus.publish(tx, `person:${payer.id}`, { kind: 'payments', threadId: null });
}

async function writeOrder(
  tx: Tx,
  of: { subscription: LockedSubscription; paidUntil: Date; periodEnd: Date; payer: Payer; expiresAt: Date; now: Date },
): Promise<string> {
  const { subscription, payer } = of;
  const { id: subscriptionId, courseId, amountMinor, currency } = subscription;
  const { id } = await tx.paymentOrder.create({
    data: {
      personId: payer.id,
      courseId,
      clientId: crypto.randomUUID(),
      title: payer.courseTitle,
      plan: 'month',
      subscriptionId,
      periodStart: of.paidUntil,
      periodEnd: of.periodEnd,
      listMinor: amountMinor,
      amountMinor,
      currency,
      email: payer.email,
      locale: payer.locale,
      createdAt: of.now,
      expiresAt: of.expiresAt,
    },
    select: { id: true },
  });
  return id;
}
