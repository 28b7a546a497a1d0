import type { App } from '../../../../platform/app.ts';

/**
 * Does something unless it is being done already, by whatever process of the school. The lock is held by a connection, so it goes with the process.
 * @returns false: it is being done, and was left to whoever does it
 */
export async function alone(app: Pick<App, 'pool'>, name: string, work: () => Promise<void>): Promise<boolean> {
  const client = await app.pool.connect();
  let lost: Error | undefined;
  // Nobody asks this connection anything while the work goes on: without a listener its end would be the end of the process.
  const onLost = (error: Error) => {
    lost = error;
  };
  client.on('error', onLost);
  try {
    const { rows } = await client.query<{ ours: boolean }>('SELECT pg_try_advisory_lock(hashtextextended($1, 7316500007)) AS ours', [name]);
    if (!rows[0]?.ours) return false;
    try {
      await work();
    } finally {
      await client
        .query('SELECT pg_advisory_unlock(hashtextextended($1, 7316500007))', [name])
        // It was lost meanwhile, and the lock with it.
        .catch(onLost);
    }
    return true;
  } finally {
    client.off('error', onLost);
    client.release(lost);
  }
}
