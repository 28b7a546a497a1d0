import { setTimeout as wait } from 'node:timers/promises';
import type { App } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';
import { examsSweep } from '../job-kinds.ts';

/** Two hundred attempts end in one second, and Prisma gives a transaction five of its own accord. */
export const patience = { timeout: 30_000, maxWait: 20_000 };

/**
 * Keeps the keys of an attempt's tasks as they are to the end of the transaction. False: one is being mended at this moment. It is not waited for:
 * an import holds many tasks, and two who wait for each other's would both stand.
 */
export async function holdTasks(tx: Tx, attemptId: string): Promise<boolean> {
  const [{ answers } = { answers: 0 }] = await tx.$queryRaw<{ answers: number }[]>`
    SELECT count(*)::int AS answers FROM exam_answer WHERE attempt_id = ${attemptId}::uuid`;
  const held = await tx.$queryRaw<unknown[]>`SELECT k.id FROM exam_answer x JOIN task k ON k.id = x.task_id
    WHERE x.attempt_id = ${attemptId}::uuid ORDER BY k.id FOR SHARE OF k SKIP LOCKED`;
  return held.length === answers;
}

const atOnce = 4;
const betweenMs = 250;
/** A key that is mended may take long; attempts whose time comes meanwhile are not to wait for those that wait for it. */
const longestMs = 2000;
const againMs = 1000;

/**
 * Does something to every row of a list, a few at a time, and comes back to those that were busy: at first itself, then by another sweep. What goes
 * wrong with one does not keep the others.
 * @throws Error the first that went wrong, when all others are done
 */
export async function eachUntilDone(
  app: App,
  failure: string,
  list: () => Promise<string[]>,
  work: (id: string) => Promise<'done' | 'busy' | 'nothing'>,
): Promise<number> {
  const errors: unknown[] = [];
  let done = 0;
  let left = await list();
  for (const giveUpAt = performance.now() + longestMs; left.length > 0; await wait(betweenMs)) {
    const busy: string[] = [];
    const queue = left.values();
    const worker = async () => {
      for (const id of queue) {
        try {
          const outcome = await work(id);
          if (outcome === 'done') done += 1;
          if (outcome === 'busy') busy.push(id);
        } catch (error) {
          app.log.error({ err: error, id }, failure);
          errors.push(error);
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    left = busy;
    if (left.length === 0) break;
    if (performance.now() > giveUpAt) {
      const startAfter = new Date(app.clock.now().getTime() + againMs);
      await app.db.$transaction((tx) => app.jobs.enqueue(tx, examsSweep, {}, { startAfter }));
      break;
    }
  }
  if (errors.length > 0) throw errors[0];
  return done;
}
