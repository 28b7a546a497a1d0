import type { App } from '../../../../platform/app.ts';
import type { Tx } from '../../../../platform/db.ts';
import { moneyTransaction } from '../../hold.ts';
import { paymentsCharge } from '../../job-kinds.ts';
import { beginCharge, findCard, holdDueOrder, payerOf } from '../charging/steps.ts';
import { endLocked, isCharging, type LockedSubscription, lockSubscription, tellSubscription } from '../ending/steps.ts';
import { announceMs, chargeAt, dueOf, graceMs, periodFrom } from '../rules.ts';

const pageSize = 500;

/** Does with every subscription what is due: announces a month, begins its charge, ends what is over. One that fails does not hold up the others. */
export async function sweepSubscriptions(app: App): Promise<void> {
  let failed: unknown;
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const ids = await listDue(app, after);
    for (const id of ids) {
      try {
        await advanceSubscription(app, id);
      } catch (error) {
        failed ??= error;
        app.log.error({ err: error, subscriptionId: id }, 'a subscription could not be advanced');
      }
    }
    const last = ids.at(-1);
    if (!last || ids.length < pageSize) break;
    after = last;
  }
  if (failed) throw failed;
}

// Two ranges of one index, so that ten thousand subscriptions of which none is due cost a look.
async function listDue(app: App, after: string): Promise<string[]> {
  const now = app.clock.now();
  const { rows } = await app.pool.query<{ id: string }>({
    name: 'subscriptions-due',
    text: `SELECT id FROM (
        SELECT id FROM subscription WHERE state IN ('active', 'past_due') AND next_charge_at <= $2
          AND (next_charge_at <= $1 OR paid_until <= $3 OR (state = 'active' AND announced IS DISTINCT FROM paid_until))
        UNION ALL
        SELECT id FROM subscription WHERE state IN ('active', 'past_due') AND next_charge_at IS NULL
          AND paid_until <= CASE WHEN cancelled_at IS NULL THEN $3 ELSE $1 END
      ) due WHERE id > $4 ORDER BY id LIMIT ${pageSize}`,
    values: [now, new Date(now.getTime() + announceMs), new Date(now.getTime() - graceMs), after],
  });
  return rows.map(({ id }) => id);
}

/** One step of one subscription, in one transaction: what is due is decided under its lock. */
async function advanceSubscription(app: App, id: string): Promise<void> {
  await moneyTransaction(app, async (tx) => {
    const order = await holdDueOrder(tx, id);
    const subscription = await lockSubscription(tx, id);
    if (!subscription?.paidUntil || !subscription.anchorAt) return;
    const { paidUntil, anchorAt } = subscription;
    // Paid while its lock was waited for: the order is of another month.
    if (order && order.periodStart?.getTime() !== paidUntil.getTime()) return;
    const card = await findCard(tx, subscription.methodId);
    const due = dueOf({ ...subscription, hasCard: card !== null }, app.clock.now());
    if (due === null) return;
    if (due === 'announce' || due === 'charge' || due === 'end-without-card') {
      const payer = await payerOf(tx, subscription);
      if ('never' in payer) return endLocked(app, tx, subscription, { reason: payer.never, tell: true });
      if (due === 'announce') return announce(app, tx, subscription, paidUntil);
      if (due === 'end-without-card') return endLocked(app, tx, subscription, { reason: 'no-card', tell: true });
      // Written by another process while the lock was waited for: what becomes of it is seen the next time.
      if (!card || (!order && (await tx.paymentOrder.count({ where: { subscriptionId: id, periodStart: paidUntil } })) > 0)) return;
      const { until: periodEnd } = periodFrom(anchorAt, paidUntil, app.config.schoolTimeZone);
      return beginCharge(app, tx, { subscription, paidUntil, periodEnd, order: order?.held ?? null, payer, methodId: card.id });
    }
    // Its outcome decides: a charge that is at the bank may still bring the month.
    if (await isCharging(tx, id)) return;
    await endLocked(app, tx, subscription, { reason: due === 'end-unpaid' ? 'unpaid' : 'cancelled', tell: true });
  });
}

async function announce(app: App, tx: Tx, { id, personId }: LockedSubscription, paidUntil: Date): Promise<void> {
  const nextChargeAt = chargeAt(paidUntil, app.clock.now());
  await tx.subscription.update({ where: { id }, data: { announced: paidUntil, nextChargeAt }, select: { id: true } });
  await tellSubscription(app, tx, { id, personId, event: 'charge-soon', at: paidUntil });
}

/** Has those charges looked at whose time has come: in doubt, put off, or left lying by a process that was killed. */
export async function resumeCharges(app: App): Promise<void> {
  const now = app.clock.now();
  await moneyTransaction(app, async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      UPDATE payment_attempt SET next_check_at = ${new Date(now.getTime() + 5 * 60_000)} WHERE id IN (
        SELECT id FROM payment_attempt WHERE next_check_at <= ${now} AND kind = 'saved' AND state IN ('created', 'opened')
        ORDER BY next_check_at LIMIT 200 FOR UPDATE SKIP LOCKED)
      RETURNING id`;
    for (const { id } of rows) await app.jobs.enqueue(tx, paymentsCharge, { attemptId: id });
  });
}
