import type { AnswerSpec } from '#shared/answers/spec.ts';
import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { type SignedFiles, signedFor, type TopicFileRow, topicFilesColumn } from '../../courses/topic-files.ts';

declare const proof: unique symbol;

/** A task whose answers a moderator may read and reply to. Only `accessAnsweredTask` makes one. */
export interface AnsweredTask {
  readonly [proof]: 'answered task';
  id: string;
  title: string;
  statement: string;
  /** Null: never published. */
  spec: AnswerSpec | null;
  courseSlug: string;
  courseTitle: string;
  topicTitle: string;
  files: SignedFiles;
}

/**
 * Drafts too: they may have been answered before.
 * @param deleted also a task that was put away: what was written about it still stands
 * @throws AppError AUTH_FORBIDDEN, TASKS_NOT_FOUND
 */
export async function accessAnsweredTask(app: App, actor: PersonActor, taskId: string, { deleted = false } = {}): Promise<AnsweredTask> {
  if (actor.role !== 'moderator') throw new AppError('AUTH_FORBIDDEN');
  const { rows } = await app.pool.query<Omit<AnsweredTask, 'files'> & { files: TopicFileRow[] }>({
    name: 'answered-task',
    text: `SELECT k.id, k.title, k.statement, k.spec, c.slug AS "courseSlug", c.title AS "courseTitle", t.title AS "topicTitle", ${topicFilesColumn}
      FROM task k JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id
      WHERE k.id = $1 AND ($2 OR (k.deleted_at IS NULL AND t.deleted_at IS NULL AND c.deleted_at IS NULL))`,
    values: [taskId, deleted],
  });
  const row = rows[0];
  if (!row) throw new AppError('TASKS_NOT_FOUND');
  return { ...row, files: signedFor(app, actor, row.files) };
}
