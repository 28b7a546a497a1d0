import { setImmediate as turn } from 'node:timers/promises';
import type { Verdict } from '#shared/answers/check.ts';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { ExamChangesDto } from '#shared/key-fix.ts';
import type { Tx } from '../../../platform/db.ts';
import type { Grading } from '../../tasks/regrade.ts';
import { gradeOf } from '../closing/rules.ts';

/** An answer of ended attempts as students typed it, with what another key makes of it. */
export interface ChangedExamAnswer {
  given: AnswerValue;
  verdict: Verdict | null;
  points: number;
  understood: string | null;
}

export interface ExamRegrade {
  changes: ChangedExamAnswer[];
  /** In attempts; every attempt has one answer to a task. */
  counts: ExamChangesDto;
}

interface GroupRow {
  given: AnswerValue;
  understood: string | null;
  verdict: Verdict | null;
  points: number | null;
  count: number;
}

const rowsAtOnce = 1000;
/** As with submissions (tasks/regrade.ts): after so many milliseconds the others get their turn. */
const turnMs = 8;

/** Answers that a key has graded: those of attempts that are over, but none that a teacher grades. */
export const gradedByKey = `FROM exam_answer e JOIN exam_attempt a ON a.id = e.attempt_id
  WHERE e.task_id = $1::uuid AND a.finished_at IS NOT NULL AND e.work_id IS NULL`;

export async function countExamAnswers(tx: Tx, taskId: string): Promise<number> {
  const [row] = await tx.$queryRawUnsafe<{ count: number }[]>(`SELECT count(*)::int AS count ${gradedByKey}`, taskId);
  return row?.count ?? 0;
}

/**
 * Checks every different answer that was given to a task in exams once by another key.
 * @param tx the cursor lives in its transaction
 */
export async function regradeExams(tx: Tx, taskId: string, before: Grading, after: Grading): Promise<ExamRegrade> {
  const found: ExamRegrade = { changes: [], counts: { answers: 0, changed: 0, better: 0, worse: 0 } };
  // What long answers earn is a teacher's word, not a key's.
  if (before.spec.kind === 'long' || after.spec.kind === 'long') return found;
  const { changes, counts } = found;
  await tx.$executeRawUnsafe(
    `DECLARE exam_answers NO SCROLL CURSOR FOR SELECT e.given, e.understood, e.verdict, e.points, count(*)::int AS count
      ${gradedByKey} AND e.given IS NOT NULL GROUP BY e.given, e.understood, e.verdict, e.points`,
    taskId,
  );
  let since = performance.now();
  for (;;) {
    const rows = await tx.$queryRawUnsafe<GroupRow[]>(`FETCH ${rowsAtOnce} FROM exam_answers`);
    for (const { given, count, ...row } of rows) {
      const { verdict, points: earned, understood } = gradeOf(after, given);
      const points = row.points ?? 0;
      counts.answers += count;
      if (earned > points) counts.better += count;
      if (earned < points) counts.worse += count;
      const changed = earned !== points || verdict !== row.verdict;
      if (changed) counts.changed += count;
      if (changed || understood !== row.understood) changes.push({ given, verdict, points: earned, understood });
      if (performance.now() - since < turnMs) continue;
      await turn();
      since = performance.now();
    }
    if (rows.length < rowsAtOnce) break;
  }
  await tx.$executeRaw`CLOSE exam_answers`;
  return found;
}
