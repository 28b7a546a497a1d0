import { PrismaPg } from '@prisma/adapter-pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { PrismaClient } from '#prisma/generated/client.ts';
import { createTestDatabase } from '../testing/database.ts';
import { aWireTo, type Wire } from '../testing/wire.ts';
import { WatchedPool } from './pool-watch.ts';
import { isDatabaseAway } from './unavailable.ts';

const hurried = { outMs: 100, lookMs: 20, answerMs: 300 };

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let wire: Wire;
let pool: WatchedPool;
beforeAll(async () => {
  database = await createTestDatabase();
  wire = await aWireTo(database.url);
});
beforeEach(() => {
  pool = new WatchedPool({ connectionString: wire.url, max: 3, connectionTimeoutMillis: 300 }, hurried);
  pool.on('error', () => {});
});
afterEach(async () => {
  await wire.mend();
  await pool.end();
});
afterAll(async () => {
  await wire.close();
  await database.drop();
});

/** The database has been heard again. */
const spoken = () => expect.poll(() => pool.query('SELECT 1 AS n').then(({ rows }) => rows, isDatabaseAway)).toEqual([{ n: 1 }]);

const errorOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

test('statements to a database that has fallen silent end with an error that says so, and the pool is as good as new afterwards', async () => {
  await pool.query('SELECT 1');
  wire.swallow();
  // One over a connection that was there, and more than there are connections.
  const errors = await Promise.all(Array.from({ length: 5 }, () => errorOf(pool.query('SELECT 2'))));
  expect(errors.map(isDatabaseAway)).toEqual([true, true, true, true, true]);
  await wire.mend();
  await spoken();
  const answers = await Promise.all(Array.from({ length: 6 }, () => pool.query('SELECT 3 AS n')));
  expect(answers.map(({ rows }) => rows[0].n)).toEqual([3, 3, 3, 3, 3, 3]);
  expect(pool.idleCount).toBe(pool.totalCount);
});

test('who comes while the database is known to be silent is refused at once, until it speaks again', async () => {
  await pool.query('SELECT 1');
  wire.swallow();
  await errorOf(pool.query('SELECT 2'));
  // Within a turn: none waits for a connection.
  const atOnce = Promise.all([errorOf(pool.query('SELECT 3')), errorOf(pool.connect())]);
  const refused = await Promise.race([atOnce, new Promise<null>((late) => setImmediate(() => setImmediate(() => late(null))))]);
  expect(refused?.map(isDatabaseAway)).toEqual([true, true]);
  await wire.mend();
  await spoken();
});

test('a transaction of Prisma that is cut off in its middle gives its connection back', async () => {
  const db = new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: 'minimal' });
  const transactions = Array.from({ length: 3 }, () =>
    errorOf(
      db.$transaction(async (tx) => {
        await tx.$queryRaw`SELECT 1`;
        wire.swallow();
        await tx.$queryRaw`SELECT 2`;
      }),
    ),
  );
  expect((await Promise.all(transactions)).map(isDatabaseAway)).toEqual([true, true, true]);
  await wire.mend();
  await spoken();
  expect(await Promise.all(Array.from({ length: 3 }, () => db.$queryRaw`SELECT 3 AS n`))).toHaveLength(3);
  await expect.poll(() => [pool.totalCount - pool.idleCount, pool.waitingCount]).toEqual([0, 0]);
});

test('a long statement of a database that answers goes on', async () => {
  expect((await pool.query('SELECT 4 AS n FROM pg_sleep(0.6)')).rows).toEqual([{ n: 4 }]);
});

test('a connection that ends while somebody has it ends what it was asked, and not the process', async () => {
  const [idle, busy] = [await pool.connect(), await pool.connect()];
  const ended = errorOf(busy.query('SELECT pg_sleep(60)'));
  const gone = [idle, busy].map((client) => new Promise((resolve) => client.once('end', resolve)));
  await pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`);
  expect(isDatabaseAway(await ended)).toBe(true);
  await Promise.all(gone);
  idle.release();
  busy.release();
  expect((await pool.query<{ one: number }>('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});
