import type { AnswerValue } from '#shared/answers/format.ts';
import type { AnswerSpec } from '#shared/answers/spec.ts';
import type { ExamAnswerDto, ExamTaskDto, RunningAttemptDto } from '#shared/exams.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { fileUrlOf, type SignedFiles, signedFor, type TopicFileRow, toFileDto, topicFilesColumn } from '../../courses/topic-files.ts';
import { toAnswerFormatDto } from '../../tasks/format.ts';
import type { AttemptRow, KnownAttempt } from '../access.ts';
import { filesOfAnswer } from '../long/queries.ts';
import { attemptsAllowed } from '../rules.ts';
import { zipOf } from '../zip/urls.ts';

export interface AnswerRow {
  task_id: string;
  given: AnswerValue | null;
  rev: number;
  flagged: boolean;
  seen: boolean;
  files: number;
  topic_id: string;
  exam_number: number | null;
  points: number;
  statement: string;
  spec: AnswerSpec;
  file_names: string[];
}

/** What tasks of an attempt are made of, for a statement over `x` (exam_answer) and `k` (task). The key is among it. */
export const answerColumns = `x.task_id, x.given, x.rev, x.flagged, x.seen, ${filesOfAnswer} AS files, k.topic_id, k.exam_number, k.points, k.statement, k.spec, k.file_names`;

/** The files of all topics whose tasks are in an attempt, with addresses for this person. One statement. */
export async function filesOfAttempt(app: App, actor: PersonActor, attemptId: string): Promise<(topicId: string) => SignedFiles> {
  const { rows } = await app.pool.query<{ topic_id: string; files: TopicFileRow[] }>({
    name: 'attempt-topic-files',
    text: `SELECT t.id AS topic_id, ${topicFilesColumn} FROM topic t
      WHERE t.id IN (SELECT k.topic_id FROM exam_answer x JOIN task k ON k.id = x.task_id WHERE x.attempt_id = $1)`,
    values: [attemptId],
  });
  const byTopic = new Map(rows.map((row) => [row.topic_id, signedFor(app, actor, row.files)]));
  return (topicId) => byTopic.get(topicId) ?? new Map();
}

/** A task as it stands in an exam: no key, no hint, no solution, and nothing of the topic it comes from. */
export function toExamTaskDto(app: App, row: AnswerRow, number: number, files: SignedFiles): ExamTaskDto {
  const fileUrl = fileUrlOf(files);
  return {
    id: row.task_id,
    number,
    examNumber: row.exam_number,
    points: row.points,
    statementHtml: app.markdown.render(row.statement, { fileUrl, idPrefix: `t${number}-` }).html,
    format: toAnswerFormatDto(app, row.spec, fileUrl),
    files: row.file_names.flatMap((name) => {
      const file = files.get(name);
      return file ? [toFileDto(file)] : [];
    }),
  };
}

export function toExamDto(row: AttemptRow) {
  return { slug: row.exam_slug, title: row.exam_title, courseSlug: row.course_slug, courseTitle: row.course_title };
}

/**
 * A running attempt as its student works on it. What it consists of was settled when it began: that a task was taken out of the exam, or out of sight,
 * changes nothing. Two statements.
 */
export async function readRunning(app: App, actor: PersonActor, { row }: KnownAttempt): Promise<RunningAttemptDto> {
  const [answers, files] = await Promise.all([
    app.pool.query<AnswerRow>({
      name: 'attempt-answers',
      text: `SELECT ${answerColumns} FROM exam_answer x JOIN task k ON k.id = x.task_id WHERE x.attempt_id = $1 ORDER BY x.position, x.task_id`,
      values: [row.id],
    }),
    filesOfAttempt(app, actor, row.id),
  ]);
  const tasks = answers.rows.map((answer, index) => toExamTaskDto(app, answer, index + 1, files(answer.topic_id)));
  return {
    state: 'running',
    id: row.id,
    now: app.clock.now().toISOString(),
    startedAt: row.started_at.toISOString(),
    deadlineAt: row.deadline_at?.toISOString() ?? null,
    number: row.number,
    attemptsAllowed: attemptsAllowed({ attempts: row.attempts, extra: { attempts: row.extra_attempts, minutes: row.extra_minutes } }),
    limitMinutes: row.limit_minutes === null ? null : row.limit_minutes + row.extra_minutes,
    exam: toExamDto(row),
    rev: row.rev,
    tasks,
    answers: answers.rows.map(toAnswerDto),
    zip: zipOf(
      app,
      actor,
      row.id,
      tasks.flatMap((task) => task.files),
    ),
  };
}

function toAnswerDto({ task_id, rev, given, flagged, seen, files }: AnswerRow): ExamAnswerDto {
  return { taskId: task_id, rev, value: given, flagged, seen, files };
}
