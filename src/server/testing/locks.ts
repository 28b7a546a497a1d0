import { expect } from 'vitest';
import type { App } from '../platform/app.ts';

/** Waits until a statement stands at a lock that somebody else holds: from here on the two are in each other's way. */
export async function somebodyWaits(app: Pick<App, 'pool'>): Promise<void> {
  const waiting = async () => {
    const { rows } = await app.pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return rows[0]?.n;
  };
  // Less than Prisma gives the transaction that holds the lock.
  await expect.poll(waiting, { interval: 10, timeout: 4000 }).toBe(1);
}
