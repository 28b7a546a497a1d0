import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../testing/database.ts';
import { openDatabase } from './db.ts';

test('who comes while all connections are busy for a moment waits for one', async () => {
  const database = await createTestDatabase();
  const { db, pool, close } = openDatabase(database.url, 1);
  const busy = await pool.connect();
  const counted = db.$transaction((tx) => tx.person.count());
  // Prisma itself would refuse after two seconds.
  await pause(2_500);
  busy.release();
  expect(await counted).toBe(0);
  await close();
  await database.drop();
});
