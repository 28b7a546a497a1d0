import { createHash, randomUUID } from 'node:crypto';
import type { Prisma } from '#prisma/generated/client.ts';
import { optionPlaces } from '#shared/answers/option-places.ts';
import type { AnswerSpec } from '#shared/answers/spec.ts';
import { AppError } from '#shared/errors.ts';
import type { ExamChangesDto, KeyFixPreviewDto } from '#shared/key-fix.ts';
import { type Actor, type App, actorName } from '../../platform/app.ts';
import { recordAudit } from '../../platform/audit.ts';
import type { Tx } from '../../platform/db.ts';
import { followPoints, writeExamGrades } from '../exams/regrade/actions.ts';
import { regradeExams } from '../exams/regrade/queries.ts';
import { tellGainers } from '../notifications/grades/actions.ts';
import { progressOfAnswers } from '../progress/counting.ts';
import { type ChangedAnswer, type Grading, gradesOf, regrade, weigh } from './regrade.ts';
import { rereadAnswers } from './reread.ts';

const examplesShown = 30;
/** A hundred thousand answers take seconds, and Prisma gives a transaction five of its own accord. */
const patience = { timeout: 120_000, maxWait: 10_000 };

/**
 * What a mended key would change of what students have answered. Changes nothing and holds nothing up.
 * @throws AppError TASKS_NOT_FOUND
 */
export async function previewKeyFix(app: App, taskId: string, after: Grading): Promise<KeyFixPreviewDto> {
  return app.db.$transaction(async (tx) => {
    const task = await tx.task.findUnique({ where: { id: taskId }, select: { spec: true, points: true } });
    if (!task?.spec) throw new AppError('TASKS_NOT_FOUND');
    const before = { spec: task.spec, points: task.points } as Grading;
    const { submissions, distinct, changes } = await regrade(tx, taskId, before, after);
    const weight = await weigh(tx, taskId, changes);
    const { counts: exams } = await regradeExams(tx, taskId, before, after);
    const examples = examplesOf(before.spec, changes);
    return {
      submissions,
      distinct,
      changed: changes.reduce((sum, change) => sum + change.count, 0),
      ...weight,
      exams,
      examples: examples.slice(0, examplesShown),
      more: Math.max(0, examples.length - examplesShown),
      token: tokenOf(before, after, weight.lose, exams.worse),
    };
  }, patience);
}

/** Answers that were typed in different ways and understood as one are one; the most frequent first. Options are called by their places. */
function examplesOf(spec: AnswerSpec, changes: ChangedAnswer[]): KeyFixPreviewDto['examples'] {
  const alike = Map.groupBy(changes, ({ given: _, count: __, ...shown }) => JSON.stringify(shown));
  return [...alike.values()]
    .flatMap(([first, ...others]) => {
      if (!first) return [];
      const { given: _, ...shown } = first;
      const understood = 'options' in spec ? optionPlaces(spec.options, shown.understood.split(',')).join(', ') : shown.understood;
      return [{ ...shown, understood, count: others.reduce((sum, other) => sum + other.count, first.count) }];
    })
    .sort((a, b) => b.count - a.count);
}

/** What a moderator agrees to: this key instead of that one, and so many who would lose. Whoever gains meanwhile is no reason to ask again. */
function tokenOf(before: Grading, after: Grading, lose: KeyFixPreviewDto['lose'], worseInExams: number): string {
  const said = [before, after].map(({ spec, points }) => [sorted(spec), points]);
  return createHash('sha256')
    .update(JSON.stringify([said, lose.students, lose.points, worseInExams]))
    .digest('base64url');
}

/** PostgreSQL keeps the keys of an object in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

export interface KeyFixTerms {
  /** Points are taken away where the new key gives less. Otherwise no answer gets worse. */
  takePoints: boolean;
  /** Of the preview that was shown: another state of things refuses. */
  token?: string;
}

/**
 * Grades everything anew that was answered, in the transaction that publishes the new key. Answers of this task that come meanwhile wait at the
 * door (`submitAnswer` reads the row as it will be), those of all others go on. Give the transaction `keyFixPatience`.
 * @throws AppError TASKS_KEY_FIX_STALE
 */
export async function applyKeyFix(
  app: App,
  tx: Tx,
  actor: Actor,
  taskId: string,
  before: Grading,
  after: Grading,
  { takePoints, token }: KeyFixTerms,
): Promise<{ gained: number; lost: number; kept: number }> {
  // The lock that any change of the row takes: nobody counts an answer by the old key from here on, and those on their way are waited for.
  const [task] = await tx.$queryRaw<{ title: string }[]>`SELECT title FROM task WHERE id = ${taskId}::uuid FOR NO KEY UPDATE`;
  if (!task) throw new AppError('TASKS_NOT_FOUND');
  const { changes } = await regrade(tx, taskId, before, after);
  const { gain, lose } = await weigh(tx, taskId, changes);
  const exams = await regradeExams(tx, taskId, before, after);
  if (token !== undefined && token !== tokenOf(before, after, lose, exams.counts.worse)) throw new AppError('TASKS_KEY_FIX_STALE');
  const counts = { gained: gain.students, lost: takePoints ? lose.students : 0, kept: takePoints ? 0 : lose.students };
  const id = randomUUID();
  const both = { before: toJson(before), after: toJson(after) };
  await tx.keyFix.create({
    data: { id, taskId, actor: actorName(actor), at: app.clock.now(), ...both, takePoints, ...counts },
    select: { id: true },
  });
  await writeGrades(tx, taskId, changes, takePoints);
  await writeExamGrades(tx, taskId, exams.changes, takePoints);
  await followPoints(tx, taskId, after.points);
  await rereadAnswers(tx, taskId, before.spec, after.spec);
  await rebuildTask(tx, taskId, id);
  await recordAudit(app, tx, actor, {
    action: 'task.key-fix',
    subject: taskId,
    label: task.title,
    before: both.before,
    after: { ...both.after, takePoints, ...counts, ...examCounts(exams.counts) },
  });
  if (counts.gained > 0) await tellGainers(app, tx, id);
  return counts;
}

/** Left out where no exam is concerned: the journal shows what there is. */
function examCounts({ changed, better, worse }: ExamChangesDto) {
  return changed === 0 ? {} : { attempts: { better, worse } };
}

/** For the transaction that calls `applyKeyFix`. */
export const keyFixPatience = patience;

function toJson({ spec, points }: Grading): Prisma.InputJsonObject {
  return { spec: spec as Prisma.InputJsonObject, points };
}

async function writeGrades(tx: Tx, taskId: string, changes: ChangedAnswer[], takePoints: boolean): Promise<void> {
  if (changes.length === 0) return;
  // The best verdict is the first of its enum. Kept points may come with a better verdict, and the other way round.
  await tx.$executeRaw`WITH c AS MATERIALIZED (
      SELECT given, verdict, points FROM jsonb_to_recordset(${gradesOf(changes)}::jsonb) AS r(given jsonb, verdict verdict, points int)
    ), graded AS (
      SELECT s.id, CASE WHEN ${takePoints} THEN c.verdict ELSE least(s.verdict, c.verdict) END AS verdict,
        CASE WHEN ${takePoints} THEN c.points ELSE greatest(s.points, c.points) END AS points
      FROM submission s JOIN c ON c.given = s.given WHERE s.task_id = ${taskId}::uuid
    )
    UPDATE submission s SET verdict = g.verdict, points = g.points FROM graded g
    WHERE s.id = g.id AND (s.verdict, s.points) IS DISTINCT FROM (g.verdict, g.points)`;
}

/** The progress of everybody at this task, from what their answers are worth now; who gained is written down in the same statement. */
async function rebuildTask(tx: Tx, taskId: string, keyFixId: string): Promise<void> {
  // All parts of the statement see the progress as it was before it.
  await tx.$executeRawUnsafe(
    `WITH fresh AS MATERIALIZED (${progressOfAnswers('s.task_id = $1::uuid')}), gained AS (
      INSERT INTO key_fix_gain (key_fix_id, person_id, task_id, before, after)
      SELECT $2::uuid, f.person_id, f.task_id, p.best_points, f.best_points
      FROM fresh f JOIN task_progress p ON p.person_id = f.person_id AND p.task_id = f.task_id WHERE f.best_points > p.best_points
    )
    UPDATE task_progress p SET wrong_count = f.wrong_count, best_points = f.best_points, solved_at = f.solved_at
    FROM fresh f WHERE p.person_id = f.person_id AND p.task_id = f.task_id
      AND (p.wrong_count, p.best_points, p.solved_at) IS DISTINCT FROM (f.wrong_count, f.best_points, f.solved_at)`,
    taskId,
    keyFixId,
  );
}
