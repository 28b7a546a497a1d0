import { AppError } from '#shared/errors.ts';
import type { SyncInput, SyncResult } from '#shared/exams.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { closeAttempt } from '../closing/actions.ts';
import { filesOfAnswer } from '../long/queries.ts';
import { isDue } from '../rules.ts';
import { type AnswerWrite, changedSince, overOutcomes, planSync, type StoredAnswer } from './rules.ts';

/** Other tabs of the same student may write at the same moment: each of them that was first is one more try. */
const tries = 30;

/**
 * Keeps what was typed and tells what was typed elsewhere. Hot: one statement, and one more where something changed, whatever the number of changes.
 * Nothing is held between the two: what was decided on what was read is written only if the attempt's revision is still the one that was read.
 * @throws AppError AUTH_RATE_LIMITED, EXAMS_NOT_FOUND
 */
export async function syncAttempt(app: App, actor: PersonActor, input: SyncInput): Promise<SyncResult> {
  await app.limits.takeSync(actor.id);
  for (let left = tries; left > 0; left -= 1) {
    const result = await trySync(app, actor, input);
    if (result !== 'changed-meanwhile') return result;
  }
  throw new Error('an attempt is being written faster than it can be read');
}

interface Head {
  rev: number;
  deadline_at: Date | null;
  finished_at: Date | null;
  answers: StoredAnswer[];
}

async function trySync(app: App, actor: PersonActor, { attemptId, since, changes }: SyncInput): Promise<SyncResult | 'changed-meanwhile'> {
  const { rows } = await app.pool.query<Head>({
    name: 'exam-sync-read',
    text: `SELECT a.rev, a.deadline_at, a.finished_at, (
        SELECT coalesce(json_agg(json_build_object('taskId', x.task_id, 'rev', x.rev, 'valueRev', x.value_rev, 'value', x.given,
          'flagged', x.flagged, 'seen', x.seen, 'files', ${filesOfAnswer}) ORDER BY x.position, x.task_id), '[]')
        FROM exam_answer x WHERE x.attempt_id = a.id AND (x.rev > $3 OR x.task_id = ANY($4::uuid[]))) AS answers
      FROM exam_attempt a WHERE a.id = $1 AND a.person_id = $2`,
    values: [attemptId, actor.id, since, changes.map(({ taskId }) => taskId)],
  });
  const head = rows[0];
  if (!head) throw new AppError('EXAMS_NOT_FOUND');
  const now = app.clock.now();
  const state = { now: now.toISOString(), deadlineAt: head.deadline_at?.toISOString() ?? null };
  const over = head.finished_at === null && isDue(head.deadline_at, now);
  // Whoever closes it, it is closed: this answer does not wait for a key that is being mended.
  if (over) await closeAttempt(app, attemptId, 'time', { patient: false });
  if (over || head.finished_at !== null) {
    const changed = changedSince(head.answers, since, { rev: head.rev, writes: [] });
    return { ...state, running: false, rev: head.rev, outcomes: overOutcomes(head.answers, changes), changed };
  }
  const { outcomes, writes } = planSync(head.answers, changes);
  const rev = writes.length === 0 ? head.rev : await write(app, attemptId, head.rev, writes, now);
  if (rev === null) return 'changed-meanwhile';
  return { ...state, running: true, rev, outcomes, changed: changedSince(head.answers, since, { rev, writes }) };
}

/** Null: somebody else wrote, or ended the attempt, since it was read. */
async function write(app: App, attemptId: string, readRev: number, writes: AnswerWrite[], now: Date): Promise<number | null> {
  const { rows } = await app.pool.query<{ rev: number }>({
    name: 'exam-sync-write',
    // Every change of an answer counts up the attempt's revision under its row lock: while that is the one that was read, so are the answers.
    text: `WITH counted AS (
        UPDATE exam_attempt SET rev = rev + 1 WHERE id = $1 AND rev = $2 AND finished_at IS NULL RETURNING rev
      ), written AS (
        UPDATE exam_answer x SET rev = counted.rev, flagged = w.flagged, seen = w.seen,
          given = CASE WHEN w."valueChanged" THEN w.value ELSE x.given END,
          value_rev = CASE WHEN w."valueChanged" THEN counted.rev ELSE x.value_rev END,
          saved_at = CASE WHEN w."valueChanged" THEN $4 ELSE x.saved_at END
        FROM counted, jsonb_to_recordset($3::jsonb) AS w("taskId" uuid, value jsonb, "valueChanged" boolean, flagged boolean, seen boolean)
        WHERE x.attempt_id = $1 AND x.task_id = w."taskId"
      ) SELECT rev FROM counted`,
    values: [attemptId, readRev, JSON.stringify(writes), now],
  });
  return rows[0]?.rev ?? null;
}
