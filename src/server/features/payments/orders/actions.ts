import { AppError } from '#shared/errors.ts';
import type { CheckoutInput, ProviderId } from '#shared/payments.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';
import { type HeldOrder, heldOrder, moneyTransaction, tellPayer } from '../hold.ts';
import { paymentsCheck } from '../job-kinds.ts';
import { isLive } from '../state.ts';
import { beginOrder } from './checkout/steps.ts';
import { orderRetriedMs } from './rules.ts';
import { addPageAttempt, closeOrder, isUnderWay, refuseStopped } from './steps.ts';

/**
 * Begins an order: one transaction that fixes what is bought and for how much, and a job that asks for the page. An order of this person for this course
 * that is still to be paid is gone on with where it is the same, and otherwise given up first: two pages for one course never stand open by our doing.
 * @throws AppError PAYMENTS_OWNED, PAYMENTS_NOT_FOR_SALE, PAYMENTS_PRICE_CHANGED, PAYMENTS_STOPPED, PAYMENTS_PROMO, PAYMENTS_UNDER_WAY; COURSES_NOT_FOUND;
 *   INPUT_INVALID without the consent that a subscription needs
 */
export async function checkout(app: App, actor: PersonActor, input: CheckoutInput): Promise<{ orderId: string }> {
  if (input.plan === 'month' && !input.agreesToCharges) throw AppError.invalid({ field: 'agreesToCharges', code: 'required' });
  await app.limits.take('payments.checkout', actor.id);
  return moneyTransaction(app, (tx) => beginOrder(app, tx, actor, input));
}

/**
 * Another try to pay the same order: for the same price, whatever the course costs by now. A page of this provider that is open stays the one to pay; any
 * other is withdrawn before the new one opens.
 * @throws AppError PAYMENTS_NOT_FOUND, PAYMENTS_STATE, PAYMENTS_UNDER_WAY, PAYMENTS_STOPPED
 */
export async function retryOrder(app: App, actor: PersonActor, input: { id: string; provider: ProviderId }): Promise<{ orderId: string }> {
  await app.limits.take('payments.checkout', actor.id);
  return moneyTransaction(app, async (tx) => {
    const order = await ownOrder(tx, actor, input.id);
    const now = app.clock.now();
    if (isUnderWay(order)) throw new AppError('PAYMENTS_UNDER_WAY');
    const late = order.expiresAt <= now || order.createdAt.getTime() + orderRetriedMs <= now.getTime();
    const held = order.attempts.some(({ heldReason }) => heldReason !== null);
    if (order.state !== 'open' || late || held) throw new AppError('PAYMENTS_STATE');
    const [latest] = order.attempts;
    const open = latest?.state === 'created' || (latest?.state === 'opened' && latest.payUrl !== null);
    if (open && latest?.provider === input.provider) return { orderId: order.id };
    await refuseStopped(app, tx, input.provider);
    await addPageAttempt(app, tx, order, { provider: input.provider, saveMethod: order.plan === 'month' });
    await tellPayer(app, tx, order.personId);
    return { orderId: order.id };
  });
}

/** Gives an order up that is not paid; twice is once. The months of a subscription are given up by cancelling it. @throws AppError PAYMENTS_NOT_FOUND, PAYMENTS_STATE, PAYMENTS_UNDER_WAY */
export async function cancelOrder(app: App, actor: PersonActor, id: string): Promise<void> {
  await moneyTransaction(app, async (tx) => {
    const order = await ownOrder(tx, actor, id);
    if (order.state === 'closed') return;
    if (isUnderWay(order)) throw new AppError('PAYMENTS_UNDER_WAY');
    if (order.state === 'paid' || order.attempts.some(({ kind }) => kind === 'saved')) throw new AppError('PAYMENTS_STATE');
    await closeOrder(app, tx, order, 'cancelled');
  });
}

/** Has the provider asked what became of it. @throws AppError PAYMENTS_NOT_FOUND, AUTH_RATE_LIMITED */
export async function checkOrder(app: App, actor: PersonActor, id: string): Promise<void> {
  await app.limits.take('payments.check', actor.id);
  const order = await app.db.paymentOrder.findUnique({
    where: { id, personId: actor.id },
    select: { attempts: { select: { id: true, state: true, payUrl: true, sentAt: true, heldReason: true } } },
  });
  if (!order) throw new AppError('PAYMENTS_NOT_FOUND');
  const live = order.attempts.filter((attempt) => isLive(attempt) && attempt.heldReason === null);
  if (live.length === 0) return;
  await app.db.$transaction(async (tx) => {
    for (const attempt of live) await app.jobs.enqueue(tx, paymentsCheck, { attemptId: attempt.id });
  });
}

async function ownOrder(tx: Tx, actor: PersonActor, id: string): Promise<HeldOrder> {
  const mine = await tx.paymentOrder.findUnique({ where: { id, personId: actor.id }, select: { id: true } });
  const order = mine && (await heldOrder(tx, id));
  if (!order) throw new AppError('PAYMENTS_NOT_FOUND');
  return order;
}
