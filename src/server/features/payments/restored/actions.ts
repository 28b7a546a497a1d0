import { paymentProviders } from '#shared/payments.ts';
import type { App } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { moneyTransaction } from '../hold.ts';

/** In the place of the moderator who stopped a provider: the restore did. */
const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * After a restore: between the backup and now cards may have been charged and money given back, and the school knows nothing of it. So every provider it
 * ever took money by is stopped until a moderator has compared the books and starts it again; and whatever waited to be sent counts as sent, so that the
 * provider is asked what became of it before anything is done once more.
 * @param backupAt the moment the rows are of
 * @returns subscriptions whose charge has fallen due
 */
export async function holdMoney(app: App, backupAt: Date): Promise<number> {
  const now = app.clock.now();
  return moneyTransaction(app, async (tx) => {
    const used = await tx.paymentAttempt.findMany({ distinct: ['provider'], select: { provider: true } });
    const known = new Set([...used.map(({ provider }) => provider), ...(app.payments?.all ?? []).map(({ id }) => id)]);
    for (const provider of paymentProviders.filter((id) => known.has(id))) {
      const { count } = await tx.paymentSwitch.createMany({ data: [{ provider, stoppedAt: now, byId: nobody }], skipDuplicates: true });
      if (count > 0) await recordAudit(app, tx, { kind: 'system' }, { action: 'payment.stop', subject: provider });
    }
    // A page that is open was sent, and its address is there.
    await tx.paymentAttempt.updateMany({
      where: { sentAt: null, OR: [{ state: 'created' }, { state: 'opened', kind: 'saved' }] },
      data: { sentAt: backupAt, nextCheckAt: now },
    });
    await tx.paymentRefund.updateMany({ where: { state: 'waiting' }, data: { state: 'sent', sentAt: backupAt, nextTryAt: now } });
    return tx.subscription.count({ where: { state: { in: ['active', 'past_due'] }, nextChargeAt: { lte: now } } });
  });
}
