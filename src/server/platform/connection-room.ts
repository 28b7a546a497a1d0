import { withClient } from './database-admin.ts';
import { StartError } from './start-error.ts';

/** Connections of one process that do not come from its pool: the queue's five, one that listens, one that asks who speaks to Telegram, one for `/readyz`. */
const besidePool = 8;

export interface Crew {
  workers: number;
  databasePool: number;
}

/** What a school may need at most, with one process more while each is replaced by a new one. */
export function connectionsOf({ workers, databasePool }: Crew): number {
  return (workers + 1) * (databasePool + besidePool);
}

/** How many connections the school's role may have to its database. */
export async function connectionRoom(databaseUrl: string): Promise<number> {
  const { rows } = await withClient(databaseUrl, (client) =>
    client.query<{ room: number }>(
      `SELECT least(
         current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
           - coalesce(current_setting('reserved_connections', true)::int, 0),
         (SELECT NULLIF(rolconnlimit, -1) FROM pg_roles WHERE rolname = current_user),
         (SELECT NULLIF(datconnlimit, -1) FROM pg_database WHERE datname = current_database())
       ) AS room`,
    ),
  );
  return rows[0]?.room ?? 0;
}

/**
 * A school of several processes whose pools together are larger than the database allows would answer with errors just when it has most to do.
 * @throws StartError
 */
export function refuseTooMany(crew: Crew, room: number): void {
  const needed = connectionsOf(crew);
  if (needed <= room) return;
  const pool = Math.floor(room / (crew.workers + 1)) - besidePool;
  const advice = pool >= 2 ? `Set DATABASE_POOL=${pool}` : 'Take fewer WORKERS';
  throw new StartError(
    `WORKERS=${crew.workers} with DATABASE_POOL=${crew.databasePool} may need ${needed} connections, and the database allows ${room}. ${advice}, or raise max_connections.`,
  );
}
