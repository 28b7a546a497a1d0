import type { AnswerValue } from '#shared/answers/format.ts';
import type { ExamAnswerDto, SyncInput, SyncResult } from '#shared/exams.ts';

type Change = SyncInput['changes'][number];
type Outcome = SyncResult['outcomes'][number]['outcome'];

/** An answer as it stands in the database. */
export interface StoredAnswer extends ExamAnswerDto {
  /** The revision that last changed the value. */
  valueRev: number;
}

/** An answer as it is to be. */
export interface AnswerWrite {
  taskId: string;
  value: AnswerValue | null;
  valueChanged: boolean;
  flagged: boolean;
  seen: boolean;
}

export interface SyncPlan {
  outcomes: { taskId: string; outcome: Outcome }[];
  writes: AnswerWrite[];
}

const same = (a: AnswerValue | null, b: AnswerValue | null) => JSON.stringify(a) === JSON.stringify(b);

/**
 * What becomes of changes that were made on what a browser knew. A value that nobody has changed since is overwritten; another one is not, and then
 * nothing of the change is taken. Marks are the student's own wherever they were set: the last one counts. What stands there already is saved without
 * being written, so that a request whose answer was lost may be sent again.
 */
export function planSync(stored: readonly StoredAnswer[], changes: readonly Change[]): SyncPlan {
  const byTask = new Map(stored.map((answer) => [answer.taskId, answer]));
  const plan: SyncPlan = { outcomes: [], writes: [] };
  for (const change of changes) {
    const { taskId } = change;
    const answer = byTask.get(taskId);
    if (!answer) {
      plan.outcomes.push({ taskId, outcome: 'unknown' });
      continue;
    }
    const value = change.value === undefined ? answer.value : change.value;
    const valueChanged = !same(value, answer.value);
    if (valueChanged && change.baseRev < answer.valueRev) {
      plan.outcomes.push({ taskId, outcome: 'conflict' });
      continue;
    }
    const flagged = change.flagged ?? answer.flagged;
    const seen = change.seen ?? answer.seen;
    plan.outcomes.push({ taskId, outcome: 'saved' });
    if (valueChanged || flagged !== answer.flagged || seen !== answer.seen) {
      plan.writes.push({ taskId, value, valueChanged, flagged, seen });
    }
  }
  return plan;
}

/** Nothing is taken any more. */
export function overOutcomes(stored: readonly StoredAnswer[], changes: readonly Change[]): SyncPlan['outcomes'] {
  const known = new Set(stored.map(({ taskId }) => taskId));
  return changes.map(({ taskId }) => ({ taskId, outcome: known.has(taskId) ? 'over' : 'unknown' }));
}

/** What a browser that knows everything up to `since` has to hear, its own changes among it. */
export function changedSince(
  stored: readonly StoredAnswer[],
  since: number,
  written: { rev: number; writes: readonly AnswerWrite[] },
): ExamAnswerDto[] {
  const own = new Map(written.writes.map((write) => [write.taskId, write]));
  return stored.flatMap(({ taskId, rev, value, flagged, seen, files }) => {
    const write = own.get(taskId);
    if (write) return [{ taskId, rev: written.rev, value: write.value, flagged: write.flagged, seen: write.seen, files }];
    return rev > since ? [{ taskId, rev, value, flagged, seen, files }] : [];
  });
}
