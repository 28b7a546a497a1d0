/**
 * Who works with the server: one school, any number of commands. A lock lives and dies with its connection: unlike a file with a process
 * number it cannot outlive its owner, nor can another program inherit it.
 */
import pg from 'pg';

const school = 7_316_500_002;
const commands = 7_316_500_003;
const setup = 7_316_500_004;

export type Claim = 'ours' | 'connection lost' | { takenBy: string };

/** Claims the server for a school. */
export async function claim(client: pg.Client): Promise<Claim> {
  try {
    // The server may need a moment to notice that a killed owner is gone.
    await client.query(`SET lock_timeout = '1s'`);
    await client.query('SELECT pg_advisory_lock($1)', [school]);
    return 'ours';
  } catch (error) {
    // Not the lock's timeout: the owner was on its way out and has stopped the server.
    if (!(error instanceof pg.DatabaseError && error.code === '55P03')) return 'connection lost';
    return { takenBy: await holder(client) };
  } finally {
    await client.query('RESET lock_timeout').catch(() => undefined);
  }
}

async function holder(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ application_name: string }>(
    `SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory' AND granted AND (classid::int8 << 32) | objid::int8 = $1`,
    [school],
  );
  return rows[0]?.application_name ?? 'it has ended this moment';
}

/** Marks a command at work. */
export async function join(client: pg.Client): Promise<void> {
  await client.query('SELECT pg_advisory_lock_shared($1)', [commands]);
}

/** Whether nobody is left, school or command. Until the connection ends nobody can come either. */
export async function leave(client: pg.Client): Promise<boolean> {
  await client.query('SELECT pg_advisory_unlock_shared($1)', [commands]);
  return (await isFree(client, school)) && (await isFree(client, commands));
}

async function isFree(client: pg.Client, key: number): Promise<boolean> {
  const { rows } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [key]);
  return rows[0]?.free === true;
}

/** Work that two starts must not do at once. */
export async function inTurn(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1)', [setup]);
  await work();
  await client.query('SELECT pg_advisory_unlock($1)', [setup]);
}
