import type pg from 'pg';
import type { App } from '../platform/app.ts';

type Asked = { text: string; name?: string; values?: unknown[] };

/**
 * The school, with each statement of its pool explained before it is run: with its values, and, where it is prepared by name, in the plan as well
 * that PostgreSQL may keep for all values.
 */
export function explained(app: App): { app: App; plans: string[] } {
  const plans: string[] = [];
  const ask = async (on: pg.Pool | pg.PoolClient, asked: Asked) => {
    const explain = async (text: string, values: unknown[]) => {
      const { rows } = await on.query<{ 'QUERY PLAN': string }>({ text, values });
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
    };
    await explain(`EXPLAIN ${asked.text}`, asked.values ?? []);
    if (asked.name) await explain(`EXPLAIN (GENERIC_PLAN) ${asked.text}`, []);
    return on.query(asked);
  };
  const pool = {
    query: (text: string | Asked, values?: unknown[]) => ask(app.pool, typeof text === 'string' ? { text, values: values ?? [] } : text),
    async connect() {
      const client = await app.pool.connect();
      return {
        query: (asked: Asked | string) => (typeof asked === 'string' ? client.query(asked) : ask(client, asked)),
        release: () => client.release(),
      };
    },
  };
  return { app: { ...app, pool: pool as unknown as pg.Pool }, plans };
}
