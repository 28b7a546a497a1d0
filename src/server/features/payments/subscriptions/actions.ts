import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import type { payPeriodInput, SubscriptionDto } from '#shared/payments.ts';
import type { endSubscriptionInput } from '#shared/payments-office.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/db.ts';
import { moneyTransaction, tellPayer } from '../hold.ts';
import { addPageAttempt, isUnderWay, refuseStopped } from '../orders/steps.ts';
import { providerOf } from '../provider.ts';
import { holdDueOrder, mayBringMoney } from './charging/steps.ts';
import { endLocked, isCharging, type LockedSubscription, lockSubscription, subscriptionChanged } from './ending/steps.ts';
import { subscriptionSelect, toSubscriptionDto } from './queries.ts';
import { chargeAt, openUntil } from './rules.ts';

/** No more charges; the course stays to the end of what is paid. Twice is once. @throws AppError PAYMENTS_NOT_FOUND */
export async function cancelSubscription(app: App, actor: PersonActor, id: string): Promise<SubscriptionDto> {
  return moneyTransaction(app, async (tx) => {
    const subscription = await lockOwn(tx, actor, id);
    await cancelLocked(app, tx, subscription);
    return read(tx, id);
  });
}

/** Whatever the student pays for by the month: their account is closed. */
export async function cancelAllOf(app: App, personId: string): Promise<void> {
  const going = await app.db.subscription.findMany({
    where: { personId, state: { in: ['active', 'past_due'] }, cancelledAt: null },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  for (const { id } of going) {
    await moneyTransaction(app, async (tx) => {
      const subscription = await lockSubscription(tx, id);
      if (subscription) await cancelLocked(app, tx, subscription);
    });
  }
}

/** The account is erased: nothing of it goes on, in whatever state it is. Twice is once. */
export async function endAllOf(app: App, personId: string): Promise<void> {
  const going = await app.db.subscription.findMany({
    where: { personId, state: { not: 'ended' } },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  for (const { id } of going) {
    await moneyTransaction(app, async (tx) => {
      const subscription = await lockSubscription(tx, id);
      if (subscription && subscription.state !== 'ended') await endLocked(app, tx, subscription, { reason: 'person-gone', tell: false });
    });
  }
}

/** Takes the cancelling back while the course is still open. @throws AppError PAYMENTS_NOT_FOUND, PAYMENTS_STATE */
export async function resumeSubscription(app: App, actor: PersonActor, id: string): Promise<SubscriptionDto> {
  return moneyTransaction(app, async (tx) => {
    const subscription = await lockOwn(tx, actor, id);
    const { state, paidUntil, methodId, cancelledAt } = subscription;
    if (state === 'active' && !cancelledAt) return read(tx, id);
    if (state !== 'active' || !paidUntil || paidUntil <= app.clock.now() || !(await holdCard(tx, methodId)))
      throw new AppError('PAYMENTS_STATE');
    // Who takes it up in the last hours may have been told of the charge in the last hours too: a day is between, as always.
    const nextChargeAt = chargeAt(paidUntil, app.clock.now());
    await tx.subscription.update({ where: { id }, data: { cancelledAt: null, nextChargeAt }, select: { id: true } });
    await subscriptionChanged(app, tx, subscription);
    return read(tx, id);
  });
}

/**
 * The month that could not be charged, on the page of a provider and with a card that is kept for the following ones. A page of this provider that is open
 * stays the one to pay.
 * @throws AppError PAYMENTS_NOT_FOUND, PAYMENTS_STATE, PAYMENTS_UNDER_WAY, PAYMENTS_STOPPED, PAYMENTS_NOT_FOR_SALE in another currency than it takes
 */
export async function payPeriod(app: App, actor: PersonActor, input: z.output<typeof payPeriodInput>): Promise<{ orderId: string }> {
  await app.limits.take('payments.checkout', actor.id);
  return moneyTransaction(app, async (tx) => {
    const due = await holdDueOrder(tx, input.id);
    const { state, paidUntil, cancelledAt, currency } = await lockOwn(tx, actor, input.id);
    const order = due?.periodStart?.getTime() === paidUntil?.getTime() ? due?.held : undefined;
    const isDue = state === 'past_due' && !cancelledAt && paidUntil !== null && openUntil(paidUntil) > app.clock.now();
    if (!isDue || !order || order.state === 'paid' || order.attempts.some(({ heldReason }) => heldReason !== null))
      throw new AppError('PAYMENTS_STATE');
    if (isUnderWay(order) || order.attempts.some((one) => one.kind === 'saved' && mayBringMoney(one)))
      throw new AppError('PAYMENTS_UNDER_WAY');
    const open = order.attempts.find(mayBringMoney);
    if (open?.provider === input.provider && open.expiresAt > app.clock.now()) return { orderId: order.id };
    await refuseStopped(app, tx, input.provider);
    if (!providerOf(app, input.provider).currencies.includes(currency)) throw new AppError('PAYMENTS_NOT_FOR_SALE');
    const data = { state: 'open', closedReason: null, locale: input.locale } as const;
    await tx.paymentOrder.update({ where: { id: order.id }, data, select: { id: true } });
    await addPageAttempt(app, tx, order, { provider: input.provider, saveMethod: true });
    await tellPayer(app, tx, actor.id);
    return { orderId: order.id };
  });
}

/** By a moderator, with a reason: no more charges; the course stays to the end of what is paid. @throws AppError PAYMENTS_NOT_FOUND */
export async function endSubscription(app: App, actor: PersonActor, input: z.output<typeof endSubscriptionInput>): Promise<void> {
  await moneyTransaction(app, async (tx) => {
    const subscription = await lockSubscription(tx, input.id);
    if (!subscription || subscription.state === 'pending') throw new AppError('PAYMENTS_NOT_FOUND');
    if (!(await cancelLocked(app, tx, subscription))) return;
    const { title } = await read(tx, input.id);
    await recordAudit(app, tx, actor, { action: 'subscription.end', subject: input.id, label: title, after: { reason: input.reason } });
  });
}

/** @throws AppError PAYMENTS_NOT_FOUND, also for one of somebody else, and for one that was never paid */
async function lockOwn(tx: Tx, actor: PersonActor, id: string): Promise<LockedSubscription> {
  const subscription = await lockSubscription(tx, id);
  if (subscription?.personId !== actor.id || subscription.state === 'pending') throw new AppError('PAYMENTS_NOT_FOUND');
  return subscription;
}

/** False: it was cancelled before, or is over. A charge that is at the bank may still bring a month; then that month is paid, and none follows. */
async function cancelLocked(app: App, tx: Tx, subscription: LockedSubscription): Promise<boolean> {
  const { id, state, paidUntil, cancelledAt } = subscription;
  if (cancelledAt || state === 'ended') return false;
  const now = app.clock.now();
  await tx.subscription.update({ where: { id }, data: { cancelledAt: now, nextChargeAt: null }, select: { id: true } });
  if ((!paidUntil || paidUntil <= now) && !(await isCharging(tx, id)))
    await endLocked(app, tx, subscription, { reason: 'cancelled', tell: false });
  else await subscriptionChanged(app, tx, subscription);
  return true;
}

/** Is the card still there? It cannot be forgotten before this transaction ends. */
async function holdCard(tx: Tx, methodId: string | null): Promise<boolean> {
  if (!methodId) return false;
  const rows = await tx.$queryRaw<unknown[]>`SELECT 1 FROM payment_method WHERE id = ${methodId}::uuid AND forgotten_at IS NULL FOR UPDATE`;
  return rows.length > 0;
}

async function read(tx: Tx, id: string): Promise<SubscriptionDto> {
  return toSubscriptionDto(await tx.subscription.findUniqueOrThrow({ where: { id }, select: subscriptionSelect }));
}
