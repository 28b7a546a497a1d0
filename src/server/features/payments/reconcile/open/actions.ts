import type { ProviderId } from '#shared/payments.ts';
import type { App } from '../../../../platform/app.ts';
import { paymentsEvent } from '../../webhook/job-kinds.ts';

const minute = 60_000;

/** The provider did not say: it is asked again a little later, so that one payment keeps no others waiting. */
export async function postpone(app: App, attemptId: string): Promise<void> {
  const now = app.clock.now();
  await app.db.paymentAttempt.updateMany({
    where: { id: attemptId, nextCheckAt: { lte: now } },
    data: { nextCheckAt: new Date(now.getTime() + 15 * minute), checks: { increment: 1 } },
  });
}

/** What was paid and not given is given by now. */
export async function settleGiven(app: App, provider: ProviderId): Promise<void> {
  await app.db.$executeRaw`
    UPDATE payment_issue i SET resolved_at = ${app.clock.now()} FROM payment_attempt a JOIN payment_order o ON o.id = a.order_id
    WHERE i.kind = 'paid-not-granted' AND i.provider = ${provider} AND i.resolved_at IS NULL AND a.id = i.attempt_id AND a.state = 'captured'
      AND o.state = 'paid' AND EXISTS (SELECT FROM entitlement e WHERE e.order_id = o.id)`;
}

/** Has messages worked off whose jobs have given up or were lost. Those that are older, looks at the books stand for. */
export async function reviveEvents(app: App): Promise<void> {
  const now = app.clock.now().getTime();
  await app.db.$transaction(async (tx) => {
    const waiting = await tx.paymentEvent.findMany({
      where: { processedAt: null, receivedAt: { gt: new Date(now - 3 * 24 * 60 * minute), lt: new Date(now - 30 * minute) } },
      orderBy: { receivedAt: 'asc' },
      take: 500,
      select: { id: true },
    });
    for (const { id } of waiting) await app.jobs.enqueue(tx, paymentsEvent, { id: String(id) });
  });
}
