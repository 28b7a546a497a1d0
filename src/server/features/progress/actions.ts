import type { App } from '../../platform/app.ts';
import type { Tx } from '../../platform/db.ts';
import { progressOfAnswers } from './counting.ts';

/** A million answers take their time, those under way are waited for, and Prisma gives a transaction five seconds of its own accord. */
const patience = { timeout: 1_800_000, maxWait: 20_000 };

/** Makes the cache of progress anew from the submissions it was counted from. */
export async function rebuildProgress(app: App): Promise<void> {
  await app.db.$transaction(async (tx) => {
    // Raw: one statement over all submissions.
    await tx.$executeRaw`LOCK TABLE task_progress IN EXCLUSIVE MODE`;
    await tx.$executeRaw`DELETE FROM task_progress`;
    await tx.$executeRawUnsafe(
      `INSERT INTO task_progress (person_id, task_id, wrong_count, best_points, solved_at, last_at) ${progressOfAnswers()}`,
    );
  }, patience);
}

/** The line in which everything that changes a student's progress at a task stands: one after the other, over all processes. Held to the end. */
export async function lockProgress(tx: Tx, personId: string, taskId: string): Promise<void> {
  await lockProgressOfTasks(tx, personId, [taskId]);
}

/** The same for many tasks at once, in one order for everybody. */
export async function lockProgressOfTasks(tx: Tx, personId: string, taskIds: readonly string[]): Promise<void> {
  // The key is that of `count` in tasks/actions.ts.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${personId}::uuid::text || id::text, 0))
    FROM (SELECT id FROM unnest(${taskIds}::uuid[]) AS id ORDER BY id) AS sorted`;
}

/** Makes one student's progress at one task anew, after answers were added or taken away in the same transaction. */
export async function recountTask(tx: Tx, personId: string, taskId: string): Promise<void> {
  await recountTasks(tx, personId, [taskId]);
}

export async function recountTasks(tx: Tx, personId: string, taskIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`DELETE FROM task_progress WHERE person_id = ${personId}::uuid AND task_id = ANY(${taskIds}::uuid[])`;
  await tx.$executeRawUnsafe(
    `INSERT INTO task_progress (person_id, task_id, wrong_count, best_points, solved_at, last_at)
      ${progressOfAnswers('s.person_id = $1::uuid AND s.task_id = ANY($2::uuid[])')}`,
    personId,
    taskIds,
  );
}
