/**
 * What the school is compared with: nothing but tRPC and `pg`, and the same statements for the same requests. It checks no access, renders no
 * text, limits nobody and logs nothing. Its rows carry the HTML of the real page, so that both send the same amount.
 */
import * as z from 'zod';
import { openFloor, type ServerPlan, serveFloor } from './floor-server.ts';

export interface FloorPlan extends ServerPlan {
  /** HTML of the theory by `course/topic`, of the statement by a task's id. */
  theory: Record<string, string>;
  tasks: Record<string, string>;
}

const { plan, prepared, t, signedIn } = await openFloor<FloorPlan>();
const topicPage = prepared<{ topic_id: string; theory: string }>('topic-page', 3);
const topicTasks = prepared<{ id: string; statement: string; spec: unknown }>('topic-tasks', 2);
const taskAccess = prepared<{ topic_id: string; course_id: string; version: string }>('task-access', 2);
const count = prepared<{ id: string; wrong_count: number }>('submission-count', 16);

serveFloor(
  t.router({
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
          const places = [task?.topic_id, true, task?.course_id, true, task?.version];
          const counted = await count(ctx.personId, taskId, clientId, given, value, given, value, 'wrong', 0, now, day, ...places);
          return { ...task, spec: undefined, solution: undefined, ...counted.rows[0] };
        }),
    }),
  }),
);
