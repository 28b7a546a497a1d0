/** Whole databases: made and dropped through any connection string whose role may do so. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** A database that lives as long as somebody works in it. */
export type ScratchDatabase = { url: string; drop(): Promise<void> };

/** One connection for the time of `work`. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  // Without a listener a connection cut by the server would end the process; the query that runs is rejected all the same.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
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
