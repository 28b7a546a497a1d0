import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { PrismaClient } from '#prisma/generated/client.ts';
import { WatchedPool } from './pool-watch.ts';

export type Db = PrismaClient;
/** The client inside a transaction: what actions write through. */
export type Tx = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

/**
 * Hot paths (open a topic, submit an answer, look up a session) speak to the pool directly, with prepared statements: Prisma costs two to five
 * times the CPU of a statement (docs/decisions/0004). Both use the same connections.
 */
export interface Database {
  db: Db;
  pool: pg.Pool;
  close(): Promise<void>;
}

/**
 * - In UTC: the adapter reads an instant's digits and takes them for UTC, whatever offset stands behind them.
 * - Who waits for a lock gives up while somebody still waits for the answer; a statement that runs for minutes is one that nobody waits for.
 * - A process that was frozen or cut off in the middle of a transaction does not keep its locks: the database ends it, and looks for dead connections
 *   within a minute (of its own accord two hours).
 */
const session = {
  TimeZone: 'UTC',
  lock_timeout: '9s',
  statement_timeout: '10min',
  idle_in_transaction_session_timeout: '60s',
  tcp_keepalives_idle: '20',
  tcp_keepalives_interval: '10',
  tcp_keepalives_count: '3',
};

export function openDatabase(url: string, poolSize: number): Database {
  const pool = new WatchedPool({
    connectionString: url,
    max: poolSize,
    application_name: 'otlichno',
    idleTimeoutMillis: 30_000,
    // A database that is away is told in time for the browser to hear of it, which waits 15 s; without an end requests would pile up.
    connectionTimeoutMillis: 8_000,
    keepAlive: true,
    options: Object.entries(session)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  });
  // An idle connection that breaks is replaced at its next use; without a listener it would end the process.
  pool.on('error', () => {});
  // Without what was to be written: messages of errors reach the log. A school that is busy for a moment lets one wait for a connection: together
  // with the work itself still less than a browser does.
  const db = new PrismaClient({
    adapter: new PrismaPg(pool),
    errorFormat: 'minimal',
    transactionOptions: { maxWait: 7_000, timeout: 7_000 },
  });
  return {
    db,
    pool,
    async close() {
      await db.$disconnect();
      await pool.end();
    },
  };
}
