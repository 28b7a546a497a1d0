/** Whole databases: made and dropped through any connection string whose role may do so. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { StartError } from './start-error.ts';

/** A database that lives as long as somebody works in it. */
export type ScratchDatabase = { url: string; drop(): Promise<void> };

/**
 * One connection for the time of `work`.
 * @throws StartError when the server does not let us in
 */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 15_000 });
  // Without a listener a connection cut by the server would end the process; the query that runs is rejected all the same.
  client.on('error', () => undefined);
  await client.connect().catch((error: unknown) => {
    throw new StartError(`The database ${client.database} at ${client.host}:${client.port} cannot be opened: ${reasonOf(error)}`, {
      cause: error,
    });
  });
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A host with several addresses that all refuse makes an error of errors, without a message. */
function reasonOf(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error ? first.message : String(first);
}

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

/** An empty database, or a copy of `template`, under a name nobody else has. */
export async function createScratchDatabase(adminUrl: string, template = 'template0'): Promise<ScratchDatabase> {
  const prefix = template === 'template0' ? 'otlichno_scratch' : template;
  const name = `${prefix}_${randomUUID().replaceAll('-', '')}`;
  await withClient(adminUrl, (client) => client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`));
  return { url: withDatabase(adminUrl, name), drop: () => dropDatabase(adminUrl, name) };
}

/** Closes whatever still works in the database, then drops it. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
}
