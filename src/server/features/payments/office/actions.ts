import { AppError } from '#shared/errors.ts';
import type { PaymentDetailsDto } from '#shared/payments.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { paymentsCheck } from '../job-kinds.ts';
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
