import type { AnswerSpec } from '#shared/answers/spec.ts';
import { AppError } from '#shared/errors.ts';
import type { SampleTaskDto, TaskDto } from '#shared/tasks.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import type { OpenTopic } from '../courses/access.ts';
import { fileUrlOf, type SignedFiles, toFileDto } from '../courses/topic-files.ts';
import { isShown, taskIsShown } from '../courses/visible.ts';
import { accessTask, inAttemptColumn } from './access.ts';
import { toAnswerFormatDto } from './format.ts';
import { solutionState } from './rules.ts';
import { factsOf, type TaskStateRow, taskStateColumns, toTaskStateDto } from './state.ts';

interface TaskRow extends TaskStateRow {
  id: string;
  slug: string;
  title: string;
  exam_number: number | null;
  origin: string | null;
  points: number;
  statement: string;
  spec: AnswerSpec;
  file_names: string[];
  in_attempt: string | null;
}

/** The tasks of a topic with this person's work on them. One statement. */
export async function listTopicTasks(app: App, actor: PersonActor, topic: OpenTopic, files: SignedFiles): Promise<TaskDto[]> {
  const { rows } = await app.pool.query<TaskRow>({
    name: 'topic-tasks',
    text: `SELECT k.id, k.slug, k.title, k.exam_number, k.origin, k.points, k.statement, k.spec, k.file_names, ${taskStateColumns},
        ${inAttemptColumn}
      FROM task k JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id
        LEFT JOIN task_progress p ON p.task_id = k.id AND p.person_id = $1
      WHERE k.topic_id = $2 AND ${isShown('k')} ORDER BY k.position, k.id`,
    values: [actor.id, topic.id],
  });
  const fileUrl = fileUrlOf(files);
  return rows.map((row, index) => ({
    id: row.id,
    slug: row.slug,
    number: index + 1,
    title: row.title,
    examNumber: row.exam_number,
    origin: row.origin,
    points: row.points,
    statementHtml: app.markdown.render(row.statement, { fileUrl, idPrefix: `${row.slug}-` }).html,
    format: toAnswerFormatDto(app, row.spec, fileUrl),
    files: row.file_names.flatMap((name) => {
      const file = files.get(name);
      return file ? [toFileDto(file)] : [];
    }),
    state: toTaskStateDto(app, row.in_attempt === null ? row : withoutHelp(row), fileUrl),
  }));
}

/** The task while an exam under way asks it: what helps with it waits, as its checker and its solution do. */
function withoutHelp(row: TaskRow): TaskRow {
  return { ...row, hint: null, attempts: row.attempts.map((attempt) => ({ ...attempt, reply: null })) };
}

/**
 * The solution, for whoever may see it by now.
 * @throws AppError TASKS_SOLUTION_CLOSED, and those of `accessTask`
 */
export async function getSolution(app: App, actor: PersonActor, taskId: string): Promise<{ html: string }> {
  const task = await accessTask(app, actor, taskId);
  const { row } = task;
  const terms = { hasSolution: row.has_solution, solutionRule: row.solution_rule, solutionAfter: row.solution_after };
  const open = actor.role === 'moderator' ? row.has_solution : solutionState(terms, factsOf(row)).state === 'open';
  if (!open || row.solution === null) throw new AppError('TASKS_SOLUTION_CLOSED');
  return { html: app.markdown.render(row.solution, { fileUrl: fileUrlOf(task.files), idPrefix: `${row.slug}-solution-` }).html };
}

/** The task of the guest's home: public, of an open topic, and asked in no exam, whose students would have its checker beside them. */
export async function findSampleTask(app: App): Promise<{ dto: SampleTaskDto; spec: AnswerSpec; points: number } | null> {
  const { rows } = await app.pool.query<{ id: string; exam_number: number | null; statement: string; spec: AnswerSpec; points: number }>({
    name: 'sample-task',
    text: `SELECT k.id, k.exam_number, k.statement, k.spec, k.points FROM task k JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id
      WHERE k.is_public AND ${taskIsShown} AND t.opens_at <= $1
        AND NOT EXISTS (SELECT 1 FROM exam_task et JOIN exam e ON e.id = et.exam_id WHERE et.task_id = k.id AND ${isShown('e')})
      ORDER BY c.position, t.position, k.position LIMIT 1`,
    values: [app.clock.now()],
  });
  const row = rows[0];
  if (!row) return null;
  const dto = {
    id: row.id,
    examNumber: row.exam_number,
    statementHtml: app.markdown.render(row.statement, {}).html,
    format: toAnswerFormatDto(app, row.spec),
  };
  return { dto, spec: row.spec, points: row.points };
}
