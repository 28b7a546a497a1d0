import type { App } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';
import { examsSweep } from '../job-kinds.ts';
import { deadlineOf, wakeAt } from '../rules.ts';

/** The line in which everything that begins or lengthens an attempt of one student stands. Held to the end of the transaction. */
export async function lockStudent(tx: Tx, personId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('exams of ' || ${personId}, 0))`;
}

/** Attempts that end at this instant are to be closed then, also if nobody is there. */
export async function wakeFor(app: App, tx: Tx, deadlineAt: Date): Promise<void> {
  await app.jobs.enqueue(tx, examsSweep, {}, { startAfter: wakeAt(deadlineAt) });
}

/**
 * Gives the running attempt of a student the deadline that follows from the exam and from the extra minutes as this transaction has written them.
 * Waits for an attempt that begins at this moment.
 */
export async function extendAttempt(app: App, tx: Tx, { examId, personId }: { examId: string; personId: string }): Promise<void> {
  // The window is not changed meanwhile: neither of the two would know of what the other one writes.
  await tx.$queryRaw`SELECT 1 FROM exam WHERE id = ${examId}::uuid FOR SHARE`;
  await lockStudent(tx, personId);
  await moveDeadlines(app, tx, examId, personId);
}

/**
 * The same for everybody at an exam whose window this transaction has changed and whose row it holds. The limit is the one that an attempt began with.
 * @returns how many deadlines moved
 */
export async function recomputeDeadlines(app: App, tx: Tx, examId: string): Promise<number> {
  return moveDeadlines(app, tx, examId, null);
}

/** Thousands who began one after the other end one after the other, and each wake is a statement under the locks of all of them. */
const mostWakes = 50;

interface RunningRow {
  id: string;
  startedAt: Date;
  limitMinutes: number | null;
  deadlineAt: Date | null;
  closesAt: Date | null;
  extraMinutes: number;
}

async function moveDeadlines(app: App, tx: Tx, examId: string, personId: string | null): Promise<number> {
  // Raw: locks the attempts against one that is being ended.
  const running = await tx.$queryRaw<
    RunningRow[]
  >`SELECT a.id, a.started_at AS "startedAt", a.limit_minutes AS "limitMinutes", a.deadline_at AS "deadlineAt",
      e.closes_at AS "closesAt", coalesce(x.minutes, 0) AS "extraMinutes"
    FROM exam_attempt a JOIN exam e ON e.id = a.exam_id LEFT JOIN exam_extra x ON x.exam_id = a.exam_id AND x.person_id = a.person_id
    WHERE a.exam_id = ${examId}::uuid AND a.finished_at IS NULL AND (${personId}::uuid IS NULL OR a.person_id = ${personId}::uuid)
    ORDER BY a.id FOR UPDATE OF a`;
  const moved = running.flatMap((attempt) => {
    const deadlineAt = deadlineOf(attempt);
    return deadlineAt?.getTime() === attempt.deadlineAt?.getTime() ? [] : [{ id: attempt.id, deadlineAt }];
  });
  if (moved.length === 0) return 0;
  await tx.$executeRaw`UPDATE exam_attempt a SET deadline_at = m."deadlineAt"
    FROM jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) AS m(id uuid, "deadlineAt" timestamptz) WHERE a.id = m.id`;
  const ends = [...new Set(moved.flatMap(({ deadlineAt }) => deadlineAt?.getTime() ?? []))].sort((a, b) => a - b);
  const step = Math.ceil(ends.length / mostWakes);
  for (const [index, end] of ends.entries()) {
    // The last one always; the others end with the next that is woken for, or with the sweep of every minute.
    if ((ends.length - 1 - index) % step === 0) await wakeFor(app, tx, new Date(end));
  }
  return moved.length;
}
