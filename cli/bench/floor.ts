/**
 * What the school is compared with: nothing but tRPC and `pg`, and the same statements for the same requests. It checks no access, renders no
 * text, limits nobody and logs nothing. Its rows carry the HTML of the real page, so that both send the same amount.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { initTRPC } from '@trpc/server';
import { createHTTPServer } from '@trpc/server/adapters/standalone';
import pg from 'pg';
import * as z from 'zod';
import type { Statement } from './statements.ts';

/** Written by the bench into the file that FLOOR_PLAN names. */
export interface FloorPlan {
  databaseUrl: string;
  poolSize: number;
  statements: Statement[];
  /** HTML of the theory by `course/topic`, of the statement by a task's id. */
  theory: Record<string, string>;
  tasks: Record<string, string>;
}

const plan = JSON.parse(await readFile(process.env.FLOOR_PLAN ?? '', 'utf8')) as FloorPlan;
const pool = new pg.Pool({ connectionString: plan.databaseUrl, max: plan.poolSize });

/** @param parameters how many the statement has in this file: when it is given another one, the numbers would mean nothing */
function prepared<T extends pg.QueryResultRow>(name: string, parameters: number) {
  const statement = plan.statements.find((candidate) => candidate.name === name);
  if (statement?.parameters !== parameters) throw new Error(`the statement ${name} has changed: bring cli/bench/floor.ts up to it`);
  return (...values: unknown[]) => pool.query<T>({ name, text: statement.text, values });
}

const session = prepared<{ person_id: string; expires_at: Date }>('session-and-person', 1);
const topicPage = prepared<{ topic_id: string; theory: string }>('topic-page', 3);
const topicTasks = prepared<{ id: string; statement: string; spec: unknown }>('topic-tasks', 2);
const taskAccess = prepared<{ topic_id: string; course_id: string }>('task-access', 2);
const count = prepared<{ id: string; wrong_count: number }>('submission-count', 15);

const t = initTRPC.context<{ token: string }>().create();
const signedIn = t.procedure.use(async ({ ctx, next }) => {
  const { rows } = await session(createHash('sha256').update(ctx.token).digest('hex'));
  return next({ ctx: { personId: rows[0]?.person_id } });
});

const router = t.router({
  courses: t.router({
    topic: signedIn.input(z.object({ course: z.string(), topic: z.string() })).query(async ({ ctx, input }) => {
      const page = (await topicPage(ctx.personId, input.course, input.topic)).rows[0];
      const { rows } = await topicTasks(ctx.personId, page?.topic_id);
      const tasks = rows.map(({ spec: _, ...row }) => ({ ...row, statement: plan.tasks[row.id] }));
      return { ...page, theory: plan.theory[`${input.course}/${input.topic}`], tasks };
    }),
  }),
  tasks: t.router({
    submit: signedIn
      .input(z.object({ taskId: z.string(), clientId: z.string(), value: z.string() }))
      .mutation(async ({ ctx, input: { taskId, clientId, value } }) => {
        const task = (await taskAccess(ctx.personId, taskId)).rows[0];
        const given = JSON.stringify(value);
        const now = new Date();
        const day = now.toISOString().slice(0, 10);
        const places = [task?.topic_id, true, task?.course_id, true];
        const counted = await count(ctx.personId, taskId, clientId, given, value, given, value, 'wrong', 0, now, day, ...places);
        return { ...task, spec: undefined, solution: undefined, ...counted.rows[0] };
      }),
  }),
});

const server = createHTTPServer({
  router,
  basePath: '/trpc/',
  createContext: ({ req }) => ({ token: req.headers.cookie?.split('=')[1] ?? '' }),
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`the floor is open: http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
process.on('SIGTERM', () => process.exit(0));
