/**
 * What saving an exam is compared with: nothing but tRPC and `pg`, and the same two statements. It compares no revisions of answers, checks no
 * deadline and limits nobody; what it sends back is as large.
 */
import * as z from 'zod';
import { openFloor, serveFloor } from './floor-server.ts';

const { prepared, t, signedIn } = await openFloor();
const read = prepared<{ rev: number; deadline_at: Date; answers: { taskId: string }[] }>('exam-sync-read', 4);
const write = prepared<{ rev: number }>('exam-sync-write', 4);

const change = z.object({ taskId: z.string(), baseRev: z.number(), value: z.string(), seen: z.boolean() });

serveFloor(
  t.router({
    exams: t.router({
      sync: signedIn
        .input(z.object({ attemptId: z.string(), since: z.number(), changes: z.array(change) }))
        .mutation(async ({ ctx, input: { attemptId, since, changes } }) => {
          const ids = changes.map(({ taskId }) => taskId);
          const head = (await read(attemptId, ctx.personId, since, ids)).rows[0];
          const now = new Date();
          const writes = changes.map(({ taskId, value, seen }) => ({ taskId, value, valueChanged: true, flagged: false, seen }));
          const written = await write(attemptId, head?.rev, JSON.stringify(writes), now);
          const rev = written.rows[0]?.rev;
          return {
            now: now.toISOString(),
            running: true,
            deadlineAt: head?.deadline_at,
            rev,
            outcomes: ids.map((taskId) => ({ taskId, outcome: 'saved' })),
            changed: writes.map(({ taskId, value, flagged, seen }) => ({ taskId, rev, value, flagged, seen })),
          };
        }),
    }),
  }),
);
