import type { App } from '../../../../platform/app.ts';
import { heldOrder, moneyTransaction } from '../../hold.ts';
import { closeOrder, isUnderWay } from '../steps.ts';

const atOnce = 200;

/** Closes the orders that were not paid in time. One whose money is on its way is left to its end. */
export async function closeDueOrders(app: App): Promise<void> {
  const now = app.clock.now();
  const due = await app.db.paymentOrder.findMany({
    where: { state: 'open', expiresAt: { lte: now }, attempts: { none: { state: 'authorized' } } },
    orderBy: { expiresAt: 'asc' },
    take: atOnce,
    select: { id: true },
  });
  for (const { id } of due) {
    await moneyTransaction(app, async (tx) => {
      const order = await heldOrder(tx, id);
      if (order?.state !== 'open' || order.expiresAt > now || isUnderWay(order)) return;
      const [latest] = order.attempts;
      await closeOrder(app, tx, order, latest?.kind === 'saved' && latest.state === 'failed' ? 'declined' : 'expired');
    });
  }
}
