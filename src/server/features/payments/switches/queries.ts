import type { ProviderId } from '#shared/payments.ts';
import type { Tx } from '../../../platform/db.ts';

/** Providers that a moderator has stopped: nothing new is begun with them. @param db the database, or the transaction in which something would be begun */
export async function stoppedProviders(db: Pick<Tx, 'paymentSwitch'>): Promise<Set<ProviderId>> {
  const rows = await db.paymentSwitch.findMany({ select: { provider: true } });
  // Written by `stopProvider` only, which takes no other words.
  return new Set(rows.map(({ provider }) => provider as ProviderId));
}
