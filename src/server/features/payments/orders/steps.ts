import { AppError } from '#shared/errors.ts';
import type { ProviderId } from '#shared/payments.ts';
import type { App } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';
import { type HeldAttempt, type HeldOrder, tellPayer } from '../hold.ts';
import { paymentsOpen, paymentsSweep, paymentsWithdraw } from '../job-kinds.ts';
import { providerOf } from '../provider.ts';
import { stoppedProviders } from '../switches/queries.ts';
import { firstCheckMs, orderLifeMs } from './rules.ts';

/**
 * Another try to pay an order on the page of a provider: the row, and the job that asks for the page. The order can be paid for an hour from now.
 * Under the lock of the order.
 */
export async function addPageAttempt(
  app: App,
  tx: Tx,
  order: { id: string; amountMinor: number; currency: string },
  of: { provider: ProviderId; saveMethod: boolean },
): Promise<{ attemptId: string }> {
  const now = app.clock.now();
  const expiresAt = new Date(now.getTime() + orderLifeMs);
  const { test } = providerOf(app, of.provider);
  const { _max: last } = await tx.paymentAttempt.aggregate({ where: { orderId: order.id }, _max: { createdAt: true } });
  // Behind the one before, also within a millisecond: the newest is what the order is looked at by.
  const createdAt = new Date(Math.max(now.getTime(), (last.createdAt?.getTime() ?? 0) + 1));
  const { id } = await tx.paymentAttempt.create({
    data: {
      ...of,
      orderId: order.id,
      kind: 'page',
      amountMinor: order.amountMinor,
      currency: order.currency,
      test,
      createdAt,
      expiresAt,
      nextCheckAt: new Date(now.getTime() + firstCheckMs),
    },
    select: { id: true },
  });
  await tx.paymentOrder.update({ where: { id: order.id }, data: { expiresAt }, select: { id: true } });
  await app.jobs.enqueue(tx, paymentsOpen, { attemptId: id });
  await app.jobs.enqueue(tx, paymentsSweep, {}, { startAfter: expiresAt });
  return { attemptId: id };
}

/** @throws AppError PAYMENTS_STOPPED */
export async function refuseStopped(app: App, tx: Tx, provider: ProviderId): Promise<void> {
  providerOf(app, provider);
  if ((await stoppedProviders(tx)).has(provider)) throw new AppError('PAYMENTS_STOPPED');
}

/** Money of this order is held, or a charge of it is at the bank: nothing else may be begun before its end is known. */
export function isUnderWay({ attempts }: HeldOrder): boolean {
  return attempts.some(({ state, kind, sentAt }) => state === 'authorized' || (kind === 'saved' && sentAt !== null));
}

/** Gives an order up. Pages where it could be paid are withdrawn. */
export async function closeOrder(app: App, tx: Tx, order: HeldOrder, reason: 'expired' | 'cancelled' | 'declined'): Promise<void> {
  await tx.paymentOrder.update({ where: { id: order.id }, data: { state: 'closed', closedReason: reason }, select: { id: true } });
  for (const attempt of order.attempts) if (mayBePaid(attempt)) await app.jobs.enqueue(tx, paymentsWithdraw, { attemptId: attempt.id });
  await tellPayer(app, tx, order.personId);
}

/** There is, or may be, a page where somebody pays this. */
export function mayBePaid({ kind, state, payUrl, sentAt }: HeldAttempt): boolean {
  return kind === 'page' && (payUrl !== null || state === 'created' || sentAt !== null) && state !== 'voided' && state !== 'expired';
}
