import type pg from 'pg';
import type { App } from '../platform/app.ts';

type Client = Pick<pg.PoolClient, 'query'>;

/**
 * The text of every statement that `work` sends to the database, BEGIN and COMMIT included, by Prisma or by the pool: what a promise such as
 * «three statements, whatever the number of students» is measured with. Only for one piece of work at a time.
 */
export async function statementsOf(app: Pick<App, 'pool'>, work: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = [];
  const watched = new Map<Client, Client['query']>();
  // Both go to the pool for a connection, and the pool itself calls `connect` for its own `query`.
  const { connect } = app.pool;
  const watch = (client: Client | undefined) => {
    if (!client || watched.has(client)) return;
    const { query } = client;
    watched.set(client, query);
    client.query = ((first: string | { text: string }, ...rest: unknown[]) => {
      texts.push(typeof first === 'string' ? first : first.text);
      return Reflect.apply(query, client, [first, ...rest]);
    }) as Client['query'];
  };
  app.pool.connect = ((done?: (error: Error | undefined, client: pg.PoolClient | undefined, release: () => void) => void) => {
    if (done) {
      return Reflect.apply(connect, app.pool, [
        (error: Error | undefined, client: pg.PoolClient | undefined, release: () => void) => {
          watch(client);
          done(error, client, release);
        },
      ]);
    }
    return (Reflect.apply(connect, app.pool, []) as Promise<pg.PoolClient>).then((client) => {
      watch(client);
      return client;
    });
  }) as pg.Pool['connect'];
  try {
    await work();
  } finally {
    app.pool.connect = connect;
    for (const [client, query] of watched) client.query = query;
  }
  return texts;
}
