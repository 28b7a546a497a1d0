/** Who may do what while a backup is made. A lock lives and dies with its connection: whoever is killed holds none. */
import type pg from 'pg';
import { BackupError } from './format.ts';

const making = 7_316_500_011;
const removingFiles = 7_316_500_012;

/** Until the connection ends nobody else makes a backup of this school, and no file of the store is removed. */
export async function claimForBackup(client: pg.Client): Promise<void> {
  if (!(await tried(client, `SELECT pg_try_advisory_lock(${making}) AS ours`)))
    throw new BackupError('Another backup of this school is being made. Wait for its end.');
  // Whoever removes files holds it for one batch at a time.
  await client.query(`SELECT pg_advisory_lock(${removingFiles})`);
}

/**
 * Does what removes files from the store, unless a backup is being made: that one copies the files which its rows name.
 * @returns null where it has to wait for another time
 */
export async function unlessBackup<T>(pool: pg.Pool, work: () => Promise<T>): Promise<T | null> {
  const client = await pool.connect();
  let lost: Error | undefined;
  try {
    if (!(await tried(client, `SELECT pg_try_advisory_lock_shared(${removingFiles}) AS ours`))) return null;
    try {
      return await work();
    } finally {
      // Lost meanwhile (the database was restarted), the connection has taken the lock with it.
      await client.query(`SELECT pg_advisory_unlock_shared(${removingFiles})`).catch((error: Error) => {
        lost = error;
      });
    }
  } finally {
    // With an error it goes, and never back into the pool with the lock.
    client.release(lost);
  }
}

async function tried(client: pg.ClientBase, text: string): Promise<boolean> {
  const { rows } = await client.query<{ ours: boolean }>(text);
  return rows[0]?.ours === true;
}
