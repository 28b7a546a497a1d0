import { isDeepStrictEqual } from 'node:util';
import { checkAnswer } from '#shared/answers/check.ts';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { AnswerSpec } from '#shared/answers/spec.ts';
import { AppError } from '#shared/errors.ts';
import type { AnswerMistakeResult } from '#shared/mistakes.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { dayIn } from '../../../platform/clock.ts';
import { fileUrlOf, signedFor, type TopicFileRow, topicFilesColumn } from '../../courses/topic-files.ts';
import { inAttemptColumn } from '../../tasks/access.ts';
import { hashOf } from '../../tasks/reread.ts';
import { type PlaceRow, placeColumns, placeJoins, placeOf, placeShown, releasedTasks, rungs } from './queries.ts';
import { afterAnswer, type Rung } from './rules.ts';

interface AnswerInput {
  taskId: string;
  clientId: string;
  value: AnswerValue;
}

interface TaskRow extends PlaceRow {
  step: number;
  /** Null: learnt. */
  due_on: string | null;
  slug: string;
  points: number;
  spec: AnswerSpec;
  files: TopicFileRow[];
  in_attempt: string | null;
  /** What stands under the client's id. */
  given: { taskId: string; value: AnswerValue } | null;
}

/**
 * Checks an answer to a task that came back, and writes down only that it was given: progress, streak and statistics never read it. The same client
 * id again answers the same.
 * @throws AppError AUTH_RATE_LIMITED, MISTAKES_NOT_FOUND, TASKS_IN_EXAM, TASKS_CLIENT_ID_REUSED
 */
export async function answerMistake(app: App, actor: PersonActor, input: AnswerInput): Promise<AnswerMistakeResult> {
  await app.limits.takeAnswer(actor.id);
  const row = await findTask(app, actor, input);
  if (!row || placeOf(app, actor, row) === null || (row.due_on === null && row.given === null)) throw new AppError('MISTAKES_NOT_FOUND');
  if (row.in_attempt !== null) throw new AppError('TASKS_IN_EXAM', { attemptId: row.in_attempt });
  if (row.given && !(row.given.taskId === input.taskId && isDeepStrictEqual(row.given.value, input.value)))
    throw new AppError('TASKS_CLIENT_ID_REUSED');
  const checked = checkAnswer(row.spec, row.points, input.value);
  if (!checked.graded) return { outcome: 'malformed', problem: checked.problem };
  const { verdict, points, understood } = checked;
  const now = app.clock.now();
  const today = dayIn(actor.timeZone, now);
  const rung: Rung | null = row.due_on === null ? null : { step: row.step, dueOn: row.due_on };
  const next = row.given || rung === null ? rung : afterAnswer(rung, verdict, today);
  // Of a right answer before its day nothing is kept: it changes nothing.
  if (!row.given && next !== rung) {
    await app.pool.query({
      name: 'mistake-answer',
      text: `INSERT INTO mistake_answer (person_id, task_id, client_id, given, understood, verdict, created_at, local_on)
        VALUES ($1, $2, $3, $4::jsonb, $5, $6::verdict, $7, $8::date) ON CONFLICT DO NOTHING`,
      values: [actor.id, input.taskId, input.clientId, JSON.stringify(input.value), understood, verdict, now, today],
    });
  }
  const replyHtml = verdict === 'right' ? null : await findReply(app, actor, row, input.taskId, hashOf(checked.canonical));
  return { outcome: 'graded', verdict, points, understood, nextOn: next?.dueOn ?? null, replyHtml };
}

async function findTask(app: App, actor: PersonActor, { taskId, clientId }: AnswerInput): Promise<TaskRow | undefined> {
  const { rows } = await app.pool.query<TaskRow>({
    name: 'mistake-task',
    text: `WITH rungs AS (${rungs('a.task_id = $2')}), ${releasedTasks}
      SELECT l.step, to_char(l.due_on, 'YYYY-MM-DD') AS due_on, k.slug, k.points, k.spec, ${topicFilesColumn}, ${placeColumns},
        ${inAttemptColumn},
        (SELECT json_build_object('taskId', a.task_id, 'value', a.given) FROM mistake_answer a WHERE a.person_id = $1 AND a.client_id = $3) AS given
      FROM rungs l ${placeJoins} WHERE ${placeShown}`,
    values: [actor.id, taskId, clientId],
  });
  return rows[0];
}

async function findReply(app: App, actor: PersonActor, row: TaskRow, taskId: string, hash: string): Promise<string | null> {
  const { rows } = await app.pool.query<{ body: string }>({
    name: 'answer-reply',
    text: 'SELECT body FROM answer_reply WHERE task_id = $1 AND canonical_hash = $2',
    values: [taskId, hash],
  });
  const body = rows[0]?.body;
  if (body === undefined) return null;
  return app.markdown.render(body, { fileUrl: fileUrlOf(signedFor(app, actor, row.files)), idPrefix: `${row.slug}-reply-` }).html;
}
