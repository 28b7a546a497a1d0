import { type ClusterDto, type ClusterReplyDto, type ClustersDto, clusterPageSize, type ShownAnswerDto } from '#shared/clusters.ts';
import { AppError } from '#shared/errors.ts';
import type { AttemptDto } from '#shared/tasks.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { fileUrlOf } from '../../courses/topic-files.ts';
import { toShownAnswerDto } from '../format.ts';
import { type AnsweredTask, accessAnsweredTask } from './access.ts';
import { clusterCursor, keyInWords, toClusterCursor } from './rules.ts';

interface ClusterRow {
  hash: string;
  students: number;
  verdict: 'partly' | 'wrong';
  last_at: Date;
  understood: string;
  body: string | null;
  author_name: string | null;
  updated_at: Date | null;
}

/**
 * Wrong answers by what was answered, the most frequent first. A student gives one answer once, so answers are students. Three statements.
 * @throws AppError TASKS_NOT_FOUND; INPUT_INVALID for a cursor that is none
 */
export async function listClusters(
  app: App,
  actor: PersonActor,
  input: { taskId: string; cursor?: string | null | undefined },
): Promise<ClustersDto> {
  const after = input.cursor ? clusterCursor(input.cursor) : null;
  if (input.cursor && !after) throw AppError.invalid({ field: 'cursor', code: 'invalid' });
  const task = await accessAnsweredTask(app, actor, input.taskId);
  const [counts, rows] = await Promise.all([countStudents(app, task), readClusters(app, task, after)]);
  const page = rows.slice(0, clusterPageSize);
  const last = page.at(-1);
  const { id, title, courseSlug, courseTitle, topicTitle } = task;
  return {
    task: { id, title, courseSlug, courseTitle, topicTitle },
    ...counts,
    key: keyInWords(task.spec),
    long: task.spec?.kind === 'long',
    clusters: page.map((row) => toClusterDto(app, task, row)),
    nextCursor: rows.length > clusterPageSize && last ? toClusterCursor(last) : null,
  };
}

async function countStudents(app: App, task: AnsweredTask): Promise<{ students: number; solved: number }> {
  const { rows } = await app.pool.query<{ students: number; solved: number }>({
    name: 'answered-students',
    text: 'SELECT count(*)::int AS students, count(solved_at)::int AS solved FROM task_progress WHERE task_id = $1',
    values: [task.id],
  });
  return rows[0] ?? { students: 0, solved: 0 };
}

async function readClusters(app: App, task: AnsweredTask, after: { students: number; hash: string } | null): Promise<ClusterRow[]> {
  // The answers of a long task are its accepted works.
  if (task.spec?.kind === 'long') return [];
  const { rows } = await app.pool.query<ClusterRow>({
    name: 'answer-clusters',
    // A hash with «#» is an answer that can no longer be read as one (tasks/reread.ts).
    text: `WITH cluster AS (
        SELECT s.canonical_hash AS hash, count(*)::int AS students, max(s.verdict) AS verdict, max(s.created_at) AS last_at, max(s.id) AS last_id
        FROM submission s WHERE s.task_id = $1 AND s.verdict <> 'right' AND s.canonical_hash NOT LIKE '#%' GROUP BY s.canonical_hash
      ), page AS (
        SELECT * FROM cluster WHERE $2::int IS NULL OR (students, hash) < ($2::int, $3::text) ORDER BY students DESC, hash DESC LIMIT $4
      )
      SELECT page.hash, page.students, page.verdict, page.last_at, s.understood, r.body, r.updated_at, a.first_name || ' ' || a.last_name AS author_name
      FROM page JOIN submission s ON s.id = page.last_id LEFT JOIN answer_reply r ON r.task_id = $1 AND r.canonical_hash = page.hash
        LEFT JOIN person a ON a.id = r.author_id
      ORDER BY page.students DESC, page.hash DESC`,
    values: [task.id, after?.students ?? null, after?.hash ?? null, clusterPageSize + 1],
  });
  return rows;
}

/** Answers to a task as students see them. */
function shownBy(app: App, task: AnsweredTask): (understood: string) => ShownAnswerDto {
  const options = task.spec && 'options' in task.spec ? task.spec.options : null;
  return (understood) => toShownAnswerDto(app, { options, understood }, fileUrlOf(task.files));
}

function toClusterDto(app: App, task: AnsweredTask, row: ClusterRow): ClusterDto {
  return {
    hash: row.hash,
    answer: shownBy(app, task)(row.understood),
    verdict: row.verdict,
    students: row.students,
    lastAt: row.last_at.toISOString(),
    reply:
      row.body === null || row.updated_at === null
        ? null
        : toClusterReplyDto(app, task, { body: row.body, authorName: row.author_name, updatedAt: row.updated_at }),
  };
}

export function toClusterReplyDto(
  app: App,
  task: AnsweredTask,
  { body, authorName, updatedAt }: { body: string; authorName: string | null; updatedAt: Date },
): ClusterReplyDto {
  return { body, html: renderReply(app, task, body), authorName, updatedAt: updatedAt.toISOString() };
}

function renderReply(app: App, task: AnsweredTask, body: string): string {
  return app.markdown.render(body, { fileUrl: fileUrlOf(task.files), idPrefix: 'reply-' }).html;
}

/** Answers of one student beyond these are not listed. */
const answersShown = 50;

interface GivenRow {
  id: string;
  hash: string;
  understood: string;
  verdict: GivenAnswer['verdict'];
  points: number;
  created_at: Date;
}

export type GivenAnswer = Pick<AttemptDto, 'id' | 'verdict' | 'points' | 'at'> & { answer: ShownAnswerDto; hash: string };

/** Counted answers of a student to a task, the newest first. One statement. Those of a long task are its works, which are read elsewhere. */
export async function listGivenAnswers(app: App, task: AnsweredTask, personId: string): Promise<GivenAnswer[]> {
  if (task.spec?.kind === 'long') return [];
  const { rows } = await app.pool.query<GivenRow>({
    name: 'given-answers',
    text: `SELECT s.id::text, s.canonical_hash AS hash, s.understood, s.verdict, s.points, s.created_at FROM submission s
      WHERE s.person_id = $1 AND s.task_id = $2 ORDER BY s.id DESC LIMIT ${answersShown}`,
    values: [personId, task.id],
  });
  const shown = shownBy(app, task);
  return rows.map(({ created_at, understood, ...row }) => ({ ...row, at: created_at.toISOString(), answer: shown(understood) }));
}

/** How many gave the answer `hash`, of how many who answered the task; whether a teacher has replied to it. One statement. */
export async function countCluster(
  app: App,
  task: AnsweredTask,
  hash: string,
): Promise<{ students: number; of: number; replied: boolean }> {
  const { rows } = await app.pool.query<{ students: number; of: number; replied: boolean }>({
    name: 'answer-cluster',
    text: `SELECT (SELECT count(*)::int FROM submission s WHERE s.task_id = $1 AND s.canonical_hash = $2 AND s.verdict <> 'right') AS students,
      (SELECT count(*)::int FROM task_progress p WHERE p.task_id = $1) AS of,
      EXISTS (SELECT 1 FROM answer_reply r WHERE r.task_id = $1 AND r.canonical_hash = $2) AS replied`,
    values: [task.id, hash],
  });
  return rows[0] ?? { students: 0, of: 0, replied: false };
}

/** What students will see. */
export async function previewReply(app: App, actor: PersonActor, input: { taskId: string; body: string }): Promise<{ html: string }> {
  return { html: renderReply(app, await accessAnsweredTask(app, actor, input.taskId), input.body) };
}
