/**
 * Who works with the server: one school, any number of commands. A lock lives and dies with its connection: unlike a file with a process
 * number it cannot outlive its owner, nor can another program inherit it.
 */
import pg from 'pg';

const school = 7_316_500_002;
const commands = 7_316_500_003;
const setup = 7_316_500_004;

const lockTimeout = '55P03';
const shutdown = '57P01';

export type Claim = 'ours' | 'connection lost' | { takenBy: string };

/** Claims the server for a school. */
export function claimForSchool(client: pg.Client): Promise<Claim> {
  return claim(client, async () => {
    // The server may need a moment to notice that a killed owner is gone.
    await client.query(`SET lock_timeout = '1s'`);
    await client.query('SELECT pg_advisory_lock($1)', [school]);
    await client.query('RESET lock_timeout');
  });
}

/** Marks a command at work. */
export function claimForCommand(client: pg.Client): Promise<Claim> {
  return claim(client, async () => void (await client.query('SELECT pg_advisory_lock_shared($1)', [commands])));
}

/** Whether nobody is left, school or command, so that the server may be stopped. Until the connection ends nobody can come either. */
export async function leaveAsCommand(client: pg.Client): Promise<boolean> {
  await client.query('SELECT pg_advisory_unlock_shared($1)', [commands]);
  return (await isFree(client, commands)) && (await isFree(client, school));
}

async function claim(client: pg.Client, lock: () => Promise<void>): Promise<Claim> {
  try {
    await lock();
    return 'ours';
  } catch (error) {
    const code = error instanceof pg.DatabaseError ? error.code : undefined;
    if (code === lockTimeout) return { takenBy: await holder(client) };
    // The one before was on its way out and has stopped the server.
    if (code === undefined || code === shutdown) return 'connection lost';
    throw error;
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
