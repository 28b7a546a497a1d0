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

/**
 * One statement.
 * @throws AppError TASKS_NOT_FOUND, TOPICS_NOT_OPEN, COURSES_NO_ACCESS
 */
export async function accessTask(app: App, actor: PersonActor, taskId: string): Promise<OpenTask> {
  const { rows } = await app.pool.query<TaskAccessRow & GateRow & { files: TopicFileRow[] }>({
    name: 'task-access',
    text: `SELECT k.id, k.slug, k.xmin::text AS version, k.points, k.spec, k.solution, ${gateColumns}, ${topicFilesColumn}, ${taskStateColumns}
      FROM task k JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id
        LEFT JOIN task_progress p ON p.task_id = k.id AND p.person_id = $1
      WHERE k.id = $2 AND ${taskIsShown}`,
    values: [actor.id, taskId],
  });
  const row = rows[0];
  if (!row) throw new AppError('TASKS_NOT_FOUND');
  return { row, topic: passGate(app, actor, row), files: signedFor(app, actor, row.files) } as Omit<OpenTask, typeof proof> as OpenTask;
}
