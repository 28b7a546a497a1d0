import type { Tx } from '../../../platform/db.ts';
import { type ChangedExamAnswer, gradedByKey } from './queries.ts';

/**
 * Writes what a mended key makes of the answers of attempts that are over. Points are taken away only where that was ticked; what was no answer
 * before cannot lose.
 * @param tx publishes the key and holds the task's row, so that no attempt is graded meanwhile
 */
export async function writeExamGrades(tx: Tx, taskId: string, changes: ChangedExamAnswer[], takePoints: boolean): Promise<void> {
  if (changes.length === 0) return;
  const grades = JSON.stringify([...new Map(changes.map((change) => [JSON.stringify(change.given), change])).values()]);
  // `least` takes the better verdict, and one rather than none.
  await tx.$executeRawUnsafe(
    `WITH c AS MATERIALIZED (
      SELECT given, verdict, points, understood FROM jsonb_to_recordset($2::jsonb) AS r(given jsonb, verdict verdict, points int, understood text)
    ), graded AS (
      SELECT e.attempt_id, coalesce(c.understood, CASE WHEN $3 THEN NULL ELSE e.understood END) AS understood,
        CASE WHEN $3 THEN c.verdict ELSE least(e.verdict, c.verdict) END AS verdict,
        CASE WHEN $3 THEN c.points ELSE greatest(e.points, c.points) END AS points
      FROM (SELECT e.* ${gradedByKey}) e JOIN c ON c.given = e.given
    )
    UPDATE exam_answer e SET verdict = g.verdict, points = g.points, understood = g.understood FROM graded g
    WHERE e.attempt_id = g.attempt_id AND e.task_id = $1::uuid
      AND (e.verdict, e.points, e.understood) IS DISTINCT FROM (g.verdict, g.points, g.understood)`,
    taskId,
    grades,
    takePoints,
  );
}

/**
 * What a task may bring is written with every answer of an ended attempt; other points of the task change it. Nobody has more than all: points that
 * were kept are counted as possible.
 * @param tx as for `writeExamGrades`, after it
 */
export async function followPoints(tx: Tx, taskId: string, points: number): Promise<void> {
  await tx.$executeRaw`UPDATE exam_answer e SET max_points = greatest(${points}, coalesce(e.points, 0)) FROM exam_attempt a
    WHERE a.id = e.attempt_id AND e.task_id = ${taskId}::uuid AND a.finished_at IS NOT NULL
      AND e.max_points IS DISTINCT FROM greatest(${points}, coalesce(e.points, 0))`;
}
