import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { type Database, openDatabase } from '../db.ts';
import { unlessBackup } from './locks.ts';

let made: Awaited<ReturnType<typeof createTestDatabase>>;
let database: Database;
beforeAll(async () => {
  made = await createTestDatabase();
  database = openDatabase(made.url, 4);
});
afterAll(async () => {
  await database.close();
  await made.drop();
});

test('whoever removes files while the database is restarted loses the lock, and not the process', async () => {
  const { pool } = database;
  const result = await unlessBackup(pool, async () => {
    await pool.query(
      `SELECT pg_terminate_backend(l.pid, 5000) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
        WHERE l.locktype = 'advisory' AND d.datname = current_database() AND l.pid <> pg_backend_pid()`,
    );
    // Until it has arrived here: the pool knows by then that this connection is gone, or the process is.
    await new Promise((resolve) => setImmediate(resolve));
    await pool.query('SELECT 1');
    return 'done';
  });
  expect(result).toBe('done');
  expect((await pool.query<{ n: number }>('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
  expect(await unlessBackup(pool, async () => 'again')).toBe('again');
});
