import type { AnswerSpec } from '#shared/answers/spec.ts';
import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { type GateRow, gateColumns, type OpenTopic, passGate } from '../courses/access.ts';
import { type SignedFiles, signedFor, type TopicFileRow, topicFilesColumn } from '../courses/topic-files.ts';
import { taskIsShown } from '../courses/visible.ts';
import { type TaskStateRow, taskStateColumns } from './state.ts';

declare const proof: unique symbol;

export interface TaskAccessRow extends TaskStateRow {
  id: string;
  slug: string;
  /** Changes with every change of the row, the key's among them. */
  version: string;
  points: number;
  spec: AnswerSpec;
  solution: string | null;
}

/** A task whose topic is open to this actor, with their work on it. Only `accessTask` makes one. */
export interface OpenTask {
  readonly [proof]: 'open task';
  row: TaskAccessRow;
  topic: OpenTopic;
  files: SignedFiles;
}

/** The attempt under way of a person that has the task `k`, or null: until it is over nothing else may tell what is right. */
export const inAttemptOf = (person: '$1' | '$2') => `(SELECT ra.id FROM exam_attempt ra JOIN exam_answer rx ON rx.attempt_id = ra.id
    WHERE ra.person_id = ${person} AND ra.finished_at IS NULL AND rx.task_id = k.id LIMIT 1) AS in_attempt`;
export const inAttemptColumn = inAttemptOf('$1');

/**
 * One statement.
 * @throws AppError TASKS_NOT_FOUND, TOPICS_NOT_OPEN, COURSES_NO_ACCESS, TASKS_IN_EXAM while the task is in a running attempt of the actor's
 */
export async function accessTask(app: App, actor: PersonActor, taskId: string): Promise<OpenTask> {
  const { rows } = await app.pool.query<TaskAccessRow & GateRow & { files: TopicFileRow[]; in_attempt: string | null }>({
    name: 'task-access',
    text: `SELECT k.id, k.slug, k.xmin::text AS version, k.points, k.spec, k.solution, ${gateColumns}, ${topicFilesColumn}, ${taskStateColumns}, ${inAttemptColumn}
      FROM task k JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id
        LEFT JOIN task_progress p ON p.task_id = k.id AND p.person_id = $1
      WHERE k.id = $2 AND ${taskIsShown}`,
    values: [actor.id, taskId],
  });
  const row = rows[0];
  if (!row) throw new AppError('TASKS_NOT_FOUND');
  const topic = passGate(app, actor, row);
  // The checker and the solution would tell what the exam asks.
  if (row.in_attempt !== null) throw new AppError('TASKS_IN_EXAM', { attemptId: row.in_attempt });
  return { row, topic, files: signedFor(app, actor, row.files) } as Omit<OpenTask, typeof proof> as OpenTask;
}
