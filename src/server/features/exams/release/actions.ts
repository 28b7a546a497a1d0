import { createHash } from 'node:crypto';
import type { Verdict } from '#shared/answers/check.ts';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { AnswerSpec } from '#shared/answers/spec.ts';
import type { App } from '../../../platform/app.ts';
import { dayIn } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/db.ts';
import { tellReleased } from '../../notifications/grades/actions.ts';
import { lockProgressOfTasks, recountTasks } from '../../progress/actions.ts';
import { hashOf } from '../../tasks/reread.ts';
import { type AttemptRow, attemptColumns, attemptTables, reviewTermsOf } from '../access.ts';
import { eachUntilDone, holdTasks, patience } from '../closing/hold.ts';
import { countLongAnswers } from '../long/actions.ts';
import { dueBefore, reviewIsOpen } from '../rules.ts';
import { canonicalOf, uuidOf } from './rules.ts';

type Outcome = 'done' | 'busy' | 'nothing';

/**
 * Opens the review of an attempt if its time has come, once: from here on its answers are answers like all others, and statistics know them. Where a
 * key is being mended the sweep does it a little later.
 */
export async function releaseAttempt(app: App, attemptId: string): Promise<Outcome> {
  return app.db.$transaction((tx) => tryRelease(app, tx, attemptId), patience);
}

/** Opens every review whose time has come. Safe in any number of processes at once. */
export async function releaseDue(app: App): Promise<number> {
  // Raw: the rule of `reviewOpensAt` for all attempts at once, since each that is asked alone is a transaction. It decides on each all the same.
  const list = async () => {
    const rows = await app.db.$queryRaw<{ id: string }[]>`WITH e AS MATERIALIZED (
        SELECT e.id, e.review, e.attempts, e.closes_at + make_interval(mins => coalesce((SELECT max(x.minutes) FROM exam_extra x WHERE x.exam_id = e.id), 0))
          AS closes_at FROM exam e
      )
      SELECT a.id FROM exam_attempt a JOIN e ON e.id = a.exam_id
      WHERE a.released_at IS NULL AND a.finished_at IS NOT NULL AND CASE
        WHEN e.review = 'finish' THEN true
        WHEN e.closes_at IS NOT NULL THEN e.closes_at <= ${dueBefore(app.clock.now())}
        ELSE NOT EXISTS (SELECT 1 FROM exam_attempt o WHERE o.exam_id = a.exam_id AND o.person_id = a.person_id AND o.finished_at IS NULL)
          AND (e.attempts IS NULL OR e.attempts
            + coalesce((SELECT x.attempts FROM exam_extra x WHERE x.exam_id = a.exam_id AND x.person_id = a.person_id), 0)
            <= (SELECT count(*) FROM exam_attempt o WHERE o.exam_id = a.exam_id AND o.person_id = a.person_id))
        END
      ORDER BY a.finished_at`;
    return rows.map(({ id }) => id);
  };
  return eachUntilDone(app, 'the review of an attempt could not be opened', list, (id) => releaseAttempt(app, id));
}

async function tryRelease(app: App, tx: Tx, attemptId: string): Promise<Outcome> {
  const [attempt] = await tx.$queryRawUnsafe<AttemptRow[]>(
    `SELECT ${attemptColumns} FROM ${attemptTables} WHERE a.id = $1::uuid AND a.finished_at IS NOT NULL AND a.released_at IS NULL FOR UPDATE OF a`,
    attemptId,
  );
  const terms = attempt && reviewTermsOf(attempt);
  if (!terms || !reviewIsOpen(terms, app.clock.now())) return 'nothing';
  if (!(await holdTasks(tx, attemptId))) return 'busy';
  await countAnswers(tx, attempt, terms.finishedAt);
  await countLongAnswers(tx, { id: attemptId, personId: attempt.person_id });
  await tx.examAttempt.update({ where: { id: attemptId }, data: { releasedAt: app.clock.now() }, select: { id: true } });
  // Whose review opens at the end sees it at once.
  if (terms.review === 'closing') await tellReleased(app, tx, { id: attemptId, personId: attempt.person_id });
  return 'done';
}

interface Counted {
  taskId: string;
  clientId: string;
  given: AnswerValue;
  canonical: string;
  hash: string;
  understood: string;
  verdict: Verdict;
  points: number;
}

/** The same answer given in practice as well counts once, from when it was given first. Of long answers the accepted ones count
 * (`countLongAnswers`), the others when their teacher accepts them. */
async function countAnswers(tx: Tx, attempt: AttemptRow, finishedAt: Date): Promise<void> {
  const answers = await tx.examAnswer.findMany({
    where: { attemptId: attempt.id, verdict: { not: null }, workId: null },
    select: { taskId: true, given: true, understood: true, verdict: true, points: true, task: { select: { spec: true } } },
  });
  const rows = answers.flatMap(({ taskId, given, understood, verdict, points, task }): Counted[] => {
    if (!task.spec || !verdict || given === null) return [];
    const clientId = uuidOf(createHash('sha256').update(`exam ${attempt.id} ${taskId}`).digest());
    const value = given as AnswerValue;
    const spec = task.spec as AnswerSpec;
    const canonical = canonicalOf(spec, value);
    // No hash has a «#».
    const hash = canonical === null ? `#${clientId}` : hashOf(canonical);
    return [
      { taskId, clientId, given: value, canonical: canonical ?? '', hash, understood: understood ?? '', verdict, points: points ?? 0 },
    ];
  });
  const taskIds = rows.map(({ taskId }) => taskId).sort();
  await lockProgressOfTasks(tx, attempt.person_id, taskIds);
  // Raw: one statement for all answers. The day is the student's own.
  await tx.$executeRaw`INSERT INTO submission (person_id, task_id, client_id, given, canonical, canonical_hash, understood, verdict, points, created_at, local_on)
    SELECT ${attempt.person_id}::uuid, r."taskId", r."clientId", r.given, r.canonical, r.hash, r.understood, r.verdict, r.points, ${finishedAt},
      ${dayIn(attempt.time_zone, finishedAt)}::date
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("taskId" uuid, "clientId" uuid, given jsonb, canonical text, hash text,
      understood text, verdict verdict, points int)
    ON CONFLICT (person_id, task_id, canonical_hash) DO UPDATE SET created_at = EXCLUDED.created_at, local_on = EXCLUDED.local_on
      WHERE submission.created_at > EXCLUDED.created_at`;
  await recountTasks(tx, attempt.person_id, taskIds);
}
