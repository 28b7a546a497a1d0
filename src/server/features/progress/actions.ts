import type { App } from '../../platform/app.ts';

/** Makes the cache of progress anew from the submissions it was counted from. */
export async function rebuildProgress(app: App): Promise<void> {
  await app.db.$transaction(async (tx) => {
    // Raw: one statement over all submissions. Wrong answers after the first right one do not count, as in `submitAnswer`.
    await tx.$executeRaw`LOCK TABLE task_progress IN EXCLUSIVE MODE`;
    await tx.$executeRaw`DELETE FROM task_progress`;
    await tx.$executeRaw`
      INSERT INTO task_progress (person_id, task_id, wrong_count, best_points, solved_at, last_at)
      SELECT s.person_id, s.task_id, count(*) FILTER (WHERE s.verdict <> 'right' AND (f.id IS NULL OR s.id < f.id)), max(s.points), min(f.created_at), max(s.created_at)
      FROM submission s LEFT JOIN LATERAL (
        SELECT id, created_at FROM submission r WHERE r.person_id = s.person_id AND r.task_id = s.task_id AND r.verdict = 'right' ORDER BY id LIMIT 1
      ) f ON true
      GROUP BY s.person_id, s.task_id`;
  });
}
