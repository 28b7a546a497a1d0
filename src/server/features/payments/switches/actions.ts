import { AppError } from '#shared/errors.ts';
import type { ProviderId } from '#shared/payments.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { paymentsOf } from '../provider.ts';

/** No new payments and charges by this provider; what is under way goes on. Asked twice, it is once. @throws AppError PAYMENTS_NOT_FOUND */
export async function stopProvider(app: App, actor: PersonActor, provider: ProviderId): Promise<void> {
  needProvider(app, provider);
  await app.db.$transaction(async (tx) => {
    const row = { provider, stoppedAt: app.clock.now(), byId: actor.id };
    const { count } = await tx.paymentSwitch.createMany({ data: [row], skipDuplicates: true });
    if (count > 0) await recordAudit(app, tx, actor, { action: 'payment.stop', subject: provider });
  });
}

/** And again. @throws AppError PAYMENTS_NOT_FOUND */
export async function startProvider(app: App, actor: PersonActor, provider: ProviderId): Promise<void> {
  needProvider(app, provider);
  await app.db.$transaction(async (tx) => {
    const { count } = await tx.paymentSwitch.deleteMany({ where: { provider } });
    if (count > 0) await recordAudit(app, tx, actor, { action: 'payment.start', subject: provider });
  });
}

function needProvider(app: App, provider: ProviderId): void {
  if (!paymentsOf(app).provider(provider)) throw new AppError('PAYMENTS_NOT_FOUND');
}
