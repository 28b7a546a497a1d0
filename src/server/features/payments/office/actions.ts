import { AppError } from '#shared/errors.ts';
import type { PaymentDetailsDto } from '#shared/payments-office.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { holdOrder, moneyTransaction, tellPayer } from '../hold.ts';
import { paymentsCheck } from '../job-kinds.ts';
import { takeCourse } from '../refunds/steps.ts';
import { getPayment } from './queries.ts';

/** An order has a few attempts; those of long ago are left alone. */
const mostAsked = 20;

/**
 * Has the provider asked now what became of an order’s payments, also of those that are over: what was given back in its cabinet is found so.
 * @throws AppError PAYMENTS_NOT_FOUND, AUTH_RATE_LIMITED
 */
export async function checkPayment(app: App, actor: PersonActor, id: string): Promise<PaymentDetailsDto> {
  await app.limits.take('payments.check', actor.id);
  const order = await app.db.paymentOrder.findUnique({
    where: { id },
    select: { attempts: { orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: mostAsked, select: { id: true } } },
  });
  if (!order) throw new AppError('PAYMENTS_NOT_FOUND');
  await app.db.$transaction(async (tx) => {
    for (const attempt of order.attempts) await app.jobs.enqueue(tx, paymentsCheck, { attemptId: attempt.id });
  });
  return getPayment(app, actor, id);
}

/**
 * Takes a course that was bought where none of its money is with the school any more: the payer’s bank took it back, it was given back and the course
 * left, or a promo code had covered all of the price. What still holds money is taken by a refund.
 * @throws AppError PAYMENTS_NOT_FOUND, PAYMENTS_STATE
 */
export async function closeAccess(
  app: App,
  actor: PersonActor,
  { id, reason }: { id: string; reason: string },
): Promise<PaymentDetailsDto> {
  await moneyTransaction(app, async (tx) => {
    if (!(await holdOrder(tx, id))) throw new AppError('PAYMENTS_NOT_FOUND');
    const { number, title, personId, attempts } = await tx.paymentOrder.findUniqueOrThrow({
      where: { id },
      select: { number: true, title: true, personId: true, attempts: { select: { capturedMinor: true, refundedMinor: true } } },
    });
    if (attempts.some(({ capturedMinor, refundedMinor }) => capturedMinor > refundedMinor)) throw new AppError('PAYMENTS_STATE');
    if (!(await takeCourse(app, tx, id))) throw new AppError('PAYMENTS_STATE');
    await tellPayer(app, tx, personId);
    await recordAudit(app, tx, actor, { action: 'payment.close-access', subject: id, label: `№ ${number}, ${title}`, after: { reason } });
  });
  return getPayment(app, actor, id);
}
