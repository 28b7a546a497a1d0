import type { Tx } from '../../../platform/db.ts';
import { verdictOf } from '../../reviews/rules.ts';

/**
 * The exam that a work was written in; null: in none. Held against the opening of its review until the transaction ends. Comes before `lockProgress`:
 * who opens a review holds the attempt when it counts answers.
 */
export async function holdExamOf(tx: Tx, workId: string): Promise<{ released: boolean } | null> {
  const [row] = await tx.$queryRaw<{ released: boolean }[]>`SELECT a.released_at IS NOT NULL AS released
    FROM exam_answer e JOIN exam_attempt a ON a.id = e.attempt_id WHERE e.work_id = ${workId}::uuid FOR SHARE OF a`;
  return row ?? null;
}

/** A teacher's word about a long answer stands in the result of its exam at once; null: the work is to be graded anew. */
export async function gradeExamAnswer(tx: Tx, workId: string, graded: { points: number; maxPoints: number } | null): Promise<void> {
  await tx.examAnswer.update({
    where: { workId },
    data: graded ? { ...graded, verdict: verdictOf(graded.points, graded.maxPoints) } : { points: null, verdict: null },
    select: { taskId: true },
  });
}
