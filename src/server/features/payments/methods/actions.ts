import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { moneyTransaction, tellPayer } from '../hold.ts';
import { paymentsForgetMethod } from '../job-kinds.ts';
import { underWay } from '../subscriptions/ending/steps.ts';

/** Forgets a saved card here and, by a job, at the provider. @throws AppError PAYMENTS_NOT_FOUND, PAYMENTS_METHOD_IN_USE */
export async function forgetMethod(app: App, actor: PersonActor, id: string): Promise<void> {
  await moneyTransaction(app, async (tx) => {
    // Before the card, as everywhere: a subscription that is resumed at this moment needs it.
    await tx.$queryRaw`SELECT 1 FROM subscription WHERE method_id = ${id}::uuid AND person_id = ${actor.id}::uuid ORDER BY id FOR UPDATE`;
    const [method] = await tx.$queryRaw<{ forgotten: boolean }[]>`
      SELECT forgotten_at IS NOT NULL AS forgotten FROM payment_method WHERE id = ${id}::uuid AND person_id = ${actor.id}::uuid FOR UPDATE`;
    if (!method) throw new AppError('PAYMENTS_NOT_FOUND');
    if (method.forgotten) return;
    const inUse = await tx.subscription.count({ where: { methodId: id, state: { in: ['active', 'past_due'] }, cancelledAt: null } });
    const charging = await tx.paymentAttempt.count({ where: { methodId: id, kind: 'saved', state: { in: [...underWay] } } });
    if (inUse + charging > 0) throw new AppError('PAYMENTS_METHOD_IN_USE');
    await tx.paymentMethod.update({ where: { id }, data: { token: '', forgottenAt: app.clock.now() }, select: { id: true } });
    await app.jobs.enqueue(tx, paymentsForgetMethod, { methodId: id });
    await tellPayer(app, tx, actor.id);
  });
}
