/** What the bare handlers of floor.ts and exam-floor.ts stand on: nothing but tRPC and `pg`. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { type AnyRouter, initTRPC } from '@trpc/server';
import { createHTTPServer } from '@trpc/server/adapters/standalone';
import pg from 'pg';
import type { Statement } from './statements.ts';

/** Written by the bench into the file that FLOOR_PLAN names. */
export interface ServerPlan {
  databaseUrl: string;
  poolSize: number;
  statements: Statement[];
}

export async function openFloor<Plan extends ServerPlan>() {
  const plan = JSON.parse(await readFile(process.env.FLOOR_PLAN ?? '', 'utf8')) as Plan;
  const pool = new pg.Pool({ connectionString: plan.databaseUrl, max: plan.poolSize });

  /** @param parameters how many the statement has in the floor's file: when it is given another one, the numbers would mean nothing */
  function prepared<T extends pg.QueryResultRow>(name: string, parameters: number) {
    const statement = plan.statements.find((candidate) => candidate.name === name);
    if (statement?.parameters !== parameters) throw new Error(`the statement ${name} has changed: bring the floor up to it`);
    return (...values: unknown[]) => pool.query<T>({ name, text: statement.text, values });
  }

  const session = prepared<{ person_id: string; expires_at: Date }>('session-and-person', 1);
  const t = initTRPC.context<{ token: string }>().create();
  const signedIn = t.procedure.use(async ({ ctx, next }) => {
    const { rows } = await session(createHash('sha256').update(ctx.token).digest('hex'));
    return next({ ctx: { personId: rows[0]?.person_id } });
  });
  return { plan, prepared, t, signedIn };
}

export function serveFloor(router: AnyRouter): void {
  const server = createHTTPServer({
    router,
    basePath: '/trpc/',
    createContext: ({ req }) => ({ token: req.headers.cookie?.split('=')[1] ?? '' }),
  });
  server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`the floor is open: http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
  });
  process.on('SIGTERM', () => process.exit(0));
}
