import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '#prisma/generated/client.ts';

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

export function openDatabase(url: string, poolSize: number): Database {
  // In UTC: the adapter reads an instant's digits and takes them for UTC, whatever offset stands behind them.
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    application_name: 'otlichno',
    idleTimeoutMillis: 30_000,
    options: '-c TimeZone=UTC',
  });
  // An idle connection that breaks is replaced at its next use; without a listener it would end the process.
  pool.on('error', () => {});
  const db = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    db,
    pool,
    async close() {
      await db.$disconnect();
      await pool.end();
    },
  };
}
