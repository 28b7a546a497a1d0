import type { ProviderId } from '#shared/payments.ts';
import type { App } from '../../../../platform/app.ts';

const mostAtOnce = 1000;

/** Attempts about which the provider is to be asked now, the longest due first. Saved cards whose charge is under way are left to the job that charges them. */
export async function listDue(app: App, provider: ProviderId): Promise<string[]> {
  const rows = await app.db.paymentAttempt.findMany({
    where: { provider, nextCheckAt: { lte: app.clock.now() }, NOT: { kind: 'saved', state: { in: ['created', 'opened'] } } },
    orderBy: { nextCheckAt: 'asc' },
    take: mostAtOnce,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
