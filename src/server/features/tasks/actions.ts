import { setTimeout as wait } from 'node:timers/promises';
import { checkAnswer } from '#shared/answers/check.ts';
import type { AnswerValue } from '#shared/answers/format.ts';
import { AppError } from '#shared/errors.ts';
import type { SubmitResult } from '#shared/tasks.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { dayIn } from '../../platform/clock.ts';
import { takeFreeCourse } from '../courses/take.ts';
import { fileUrlOf } from '../courses/topic-files.ts';
import { accessTask, type OpenTask } from './access.ts';
import { findSampleTask } from './queries.ts';
import { hashOf } from './reread.ts';
import { type AttemptRow, toTaskStateDto } from './state.ts';

interface SubmitInput {
  taskId: string;
  clientId: string;
  value: AnswerValue;
}

type Graded = Extract<ReturnType<typeof checkAnswer>, { graded: true }>;

/** How often an answer knocks while its task is being written at, and for how long: less than a browser waits. */
const knockEveryMs = 50;
const knockForMs = 10_000;

/**
 * Checks an answer and counts it, once: the same client id, the same answer from another tab and a double click all end in one row. Hot: two
 * statements after the session's. An answer that was checked by a key that is being mended is checked again by the new one; it holds no
 * connection while it waits, so that a long regrade holds up nobody else.
 * @throws AppError AUTH_RATE_LIMITED, TASKS_CLIENT_ID_REUSED, TASKS_BEING_REGRADED, and those of `accessTask`
 */
export async function submitAnswer(app: App, actor: PersonActor, input: SubmitInput): Promise<SubmitResult> {
  await app.limits.takeAnswer(actor.id);
  for (const giveUpAt = performance.now() + knockForMs; ; await wait(knockEveryMs)) {
    const result = await tryAnswer(app, actor, input);
    if (result !== 'task-changed') return result;
    if (performance.now() > giveUpAt) throw new AppError('TASKS_BEING_REGRADED');
  }
}

async function tryAnswer(app: App, actor: PersonActor, input: SubmitInput): Promise<SubmitResult | 'task-changed'> {
  const task = await accessTask(app, actor, input.taskId);
  const checked = checkAnswer(task.row.spec, task.row.points, input.value);
  if (!checked.graded) return { outcome: 'malformed', problem: checked.problem, state: stateOf(app, task) };
  const hash = hashOf(checked.canonical);
  const known = findKnown(task, input.clientId, hash);
  if (known) return knownResult(app, task, known, input.clientId);
  // A moderator tries tasks out, and a solved task may be played with: neither leaves a trace.
  if (actor.role === 'moderator' || task.row.solved_at !== null) return { outcome: 'graded', ...shown(checked), state: stateOf(app, task) };
  const counted = await count(app, actor, task, input, checked, hash);
  if (counted === 'task-changed') return counted;
  const after = await accessAfter(app, actor, task, input, checked, hash, counted);
  if (counted) return { outcome: 'graded', ...shown(checked), state: stateOf(app, after) };
  const other = findKnown(after, input.clientId, hash);
  if (!other) throw new AppError('TASKS_CLIENT_ID_REUSED');
  return knownResult(app, after, other, input.clientId);
}

function stateOf(app: App, task: OpenTask) {
  return toTaskStateDto(app, task.row, fileUrlOf(task.files));
}

function shown({ verdict, points, understood }: Graded) {
  return { verdict, points, understood };
}

/** @throws AppError TASKS_CLIENT_ID_REUSED when the id stands under another answer */
function findKnown(task: OpenTask, clientId: string, hash: string): AttemptRow | undefined {
  const replayed = task.row.attempts.find((attempt) => attempt.clientId === clientId);
  if (replayed && replayed.hash !== hash) throw new AppError('TASKS_CLIENT_ID_REUSED');
  return replayed ?? task.row.attempts.find((attempt) => attempt.hash === hash);
}

function knownResult(app: App, task: OpenTask, known: AttemptRow, clientId: string): SubmitResult {
  const { verdict, points, understood } = known;
  const state = stateOf(app, task);
  return known.clientId === clientId
    ? { outcome: 'graded', verdict, points, understood, state }
    : { outcome: 'repeat', verdict, points, understood, at: new Date(known.at).toISOString(), state };
}

interface Counted {
  id: string;
  created_at: Date;
  wrong_count: number;
  best_points: number;
  solved_at: Date | null;
  /** What a teacher says to everybody who answers so. */
  reply: string | null;
}

/**
 * Writes the attempt and its trace in the progress in one statement; null when another request wrote the same answer or client id first.
 * Nothing is written by a key that is no longer the key, or that somebody is changing.
 */
async function count(
  app: App,
  actor: PersonActor,
  task: OpenTask,
  input: SubmitInput,
  checked: Graded,
  hash: string,
): Promise<Counted | 'task-changed' | null> {
  const now = app.clock.now();
  const { rows } = await app.pool.query<(Counted | { id: null }) & { unchanged: boolean }>({
    name: 'submission-count',
    // One after the other per student and task: else a later id could reach the progress first, and a rebuild would count another way.
    text: `WITH line AS (
        SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text || $2::uuid::text, 0))
      ), held AS (
        -- Skips a row that is being written, and looks again at one that was written meanwhile: FOR KEY SHARE, which the foreign key takes, would not.
        SELECT k.id FROM line, task k WHERE k.id = $2 AND k.xmin::text = $16 FOR SHARE OF k SKIP LOCKED
      ), added AS (
        INSERT INTO submission (person_id, task_id, client_id, given, canonical, canonical_hash, understood, verdict, points, created_at, local_on)
        SELECT $1, $2, $3::uuid, $4::jsonb, $5, $6, $7, $8::verdict, $9::int, $10::timestamptz, $11::date FROM held
        ON CONFLICT DO NOTHING RETURNING id, created_at
      ), progress AS (
        INSERT INTO task_progress AS p (person_id, task_id, wrong_count, best_points, solved_at, last_at)
        SELECT $1, $2, CASE WHEN $8::verdict = 'right' THEN 0 ELSE 1 END, $9, CASE WHEN $8::verdict = 'right' THEN $10 END, $10 FROM added
        ON CONFLICT (person_id, task_id) DO UPDATE SET
          wrong_count = p.wrong_count + CASE WHEN p.solved_at IS NULL THEN EXCLUDED.wrong_count ELSE 0 END,
          best_points = greatest(p.best_points, EXCLUDED.best_points),
          solved_at = coalesce(p.solved_at, EXCLUDED.solved_at),
          last_at = greatest(p.last_at, EXCLUDED.last_at)
        RETURNING wrong_count, best_points, solved_at
      ), visit AS (
        INSERT INTO topic_visit (person_id, topic_id, first_opened_at) SELECT $1, $12, $10 FROM added WHERE NOT $13 ON CONFLICT DO NOTHING
      ), enrolled AS (
        ${takeFreeCourse({ person: '$1', course: '$14', now: '$10', when: 'NOT $15 AND EXISTS (SELECT FROM added)' })}
      ), active AS (
        -- Not at every answer: a person's row stands in half a dozen indexes, and a new version of it in all of them.
        UPDATE person SET last_active_at = $10 FROM added
        WHERE person.id = $1 AND (person.last_active_at IS NULL OR person.last_active_at <= $10::timestamptz - interval '1 hour')
      )
      SELECT EXISTS (SELECT 1 FROM held) AS unchanged, added.id::text, added.created_at, progress.*,
        CASE WHEN $8::verdict <> 'right' THEN (SELECT r.body FROM answer_reply r WHERE r.task_id = $2 AND r.canonical_hash = $6) END AS reply
      FROM (SELECT 1) AS one LEFT JOIN added ON true LEFT JOIN progress ON true`,
    values: [
      actor.id,
      input.taskId,
      input.clientId,
      JSON.stringify(input.value),
      checked.canonical,
      hash,
      checked.understood,
      checked.verdict,
      checked.points,
      now,
      dayIn(actor.timeZone, now),
      task.topic.id,
      task.topic.visited,
      task.topic.courseId,
      task.topic.enrolled,
      task.row.version,
    ],
  });
  const row = rows[0];
  if (!row?.unchanged) return 'task-changed';
  return row.id === null ? null : row;
}

/** The task after the answer: from what was written where it was, else read again. */
async function accessAfter(
  app: App,
  actor: PersonActor,
  task: OpenTask,
  input: SubmitInput,
  checked: Graded,
  hash: string,
  counted: Counted | null,
) {
  if (!counted) return accessTask(app, actor, input.taskId);
  const { id, reply, created_at, wrong_count, best_points, solved_at } = counted;
  const attempt: AttemptRow = { id, clientId: input.clientId, hash, ...shown(checked), at: created_at.toISOString(), reply };
  return { ...task, row: { ...task.row, wrong_count, best_points, solved_at, attempts: [...task.row.attempts, attempt] } };
}

/** The public task's checker: the real one, for anybody, nothing stored. Null when there is no public task. */
export async function checkSample(app: App, network: string, value: AnswerValue) {
  await app.limits.take('sample.ip', network);
  const sample = await findSampleTask(app);
  if (!sample) throw new AppError('TASKS_NOT_FOUND');
  const checked = checkAnswer(sample.spec, sample.points, value);
  return checked.graded
    ? { outcome: 'graded' as const, verdict: checked.verdict, understood: checked.understood }
    : { outcome: 'malformed' as const, problem: checked.problem };
}

/** The student has read that a mended key brought points. */
export async function readKeyFix(app: App, actor: PersonActor, input: { taskId: string }): Promise<void> {
  await app.db.keyFixGain.updateMany({
    where: { personId: actor.id, taskId: input.taskId, seenAt: null },
    data: { seenAt: app.clock.now() },
  });
}
