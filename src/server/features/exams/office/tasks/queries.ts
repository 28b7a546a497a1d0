import type { CandidatesDto, CandidatesInput, NumberPickDto, OfficeExamTaskDto } from '#shared/exams-office.ts';
import { candidatePageSize } from '#shared/exams-office.ts';
import type { AnswerKind } from '#shared/task-keys.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { isShown } from '../../../courses/visible.ts';
import { accessExam } from '../access.ts';
import { conditionsOf, numberPicks } from './rules.ts';

/** A task `k` of a topic `t` that an exam may give: also of topics that students do not see, which serve as a bank. */
export const taskMayBeGiven = `${isShown('k')} AND t.deleted_at IS NULL`;

interface TaskRow {
  id: string;
  title: string;
  points: number;
  exam_number: number | null;
  kind: AnswerKind | null;
  state: OfficeExamTaskDto['state'];
  topic_id: string;
  topic_title: string;
  topic_state: OfficeExamTaskDto['topic']['state'];
  course_shown: boolean;
  exams: { id: string; title: string }[];
}

/** Of a task `k` of a topic `t` of a course `c`; $1 is the exam that is put together, $2 the time. */
const columns = `k.id, k.title, k.points, k.exam_number, k.spec->>'kind' AS kind, t.id AS topic_id, t.title AS topic_title, ${isShown('c')} AS course_shown,
  CASE WHEN k.deleted_at IS NOT NULL OR t.deleted_at IS NOT NULL THEN 'deleted' WHEN k.published_at IS NULL THEN 'draft' ELSE 'published' END AS state,
  CASE WHEN t.published_at IS NULL THEN 'draft' WHEN t.opens_at > $2 THEN 'locked' ELSE 'open' END AS topic_state,
  (SELECT coalesce(json_agg(json_build_object('id', o.id, 'title', o.title) ORDER BY o.position, o.id), '[]')
    FROM exam_task u JOIN exam o ON o.id = u.exam_id WHERE u.task_id = k.id AND o.id <> $1 AND o.deleted_at IS NULL) AS exams`;
const tables = 'task k JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id';

/** The tasks of an exam in their order, those too that may no longer be given. */
export async function listExamTasks(app: App, examId: string): Promise<OfficeExamTaskDto[]> {
  const { rows } = await app.pool.query<TaskRow>({
    name: 'office-exam-tasks',
    text: `SELECT ${columns} FROM exam_task e JOIN ${tables.replace('task k', 'task k ON k.id = e.task_id')} WHERE e.exam_id = $1 ORDER BY e.position, k.id`,
    values: [examId, app.clock.now()],
  });
  return rows.map(toOfficeExamTaskDto);
}

/**
 * Tasks of the course that the exam does not have yet, in the order of the programme.
 * @throws AppError EXAMS_NOT_FOUND
 */
export async function listCandidates(app: App, actor: PersonActor, input: CandidatesInput): Promise<CandidatesDto> {
  const exam = await accessExam(app, actor, input.examId);
  const offset = input.cursor ?? 0;
  const values: unknown[] = [exam.id, app.clock.now(), exam.courseSlug];
  const conditions = conditionsOf(input, (value) => `$${values.push(value)}`);
  const [{ rows }, filters] = await Promise.all([
    // Planned with its values: every search is another one.
    app.pool.query<TaskRow>({
      text: `SELECT ${columns} FROM ${tables} WHERE c.slug = $3 AND ${taskMayBeGiven}
          AND NOT EXISTS (SELECT 1 FROM exam_task e WHERE e.exam_id = $1 AND e.task_id = k.id) ${conditions.map((one) => `AND ${one}`).join(' ')}
        ORDER BY t.position, t.id, k.position, k.id LIMIT ${candidatePageSize + 1} OFFSET ${offset}`,
      values,
    }),
    offset === 0 ? findFilters(app, exam.courseSlug) : null,
  ]);
  const more = rows.length > candidatePageSize;
  return {
    rows: rows.slice(0, candidatePageSize).map(toOfficeExamTaskDto),
    nextCursor: more ? offset + candidatePageSize : null,
    filters,
  };
}

async function findFilters(app: App, course: string): Promise<NonNullable<CandidatesDto['filters']>> {
  const { rows } = await app.pool.query<{ id: string; title: string; tasks: number; numbers: number[] }>({
    name: 'office-exam-topics',
    text: `SELECT t.id, t.title, count(*)::int AS tasks, array_remove(array_agg(DISTINCT k.exam_number), NULL) AS numbers
      FROM ${tables} WHERE c.slug = $1 AND ${taskMayBeGiven} GROUP BY t.id ORDER BY t.position, t.id`,
    values: [course],
  });
  const numbers = [...new Set(rows.flatMap((row) => row.numbers))].toSorted((a, b) => a - b);
  return { topics: rows.map(({ id, title, tasks }) => ({ id, title, tasks })), numbers };
}

/**
 * For each exam number of the course one task at random; those come first that no other exam has, then those that students have not met in the course.
 * @throws AppError EXAMS_NOT_FOUND
 */
export async function pickByNumbers(
  app: App,
  actor: PersonActor,
  { examId, number, not }: { examId: string; number?: number | undefined; not?: string | undefined },
): Promise<NumberPickDto[]> {
  const exam = await accessExam(app, actor, examId);
  const { rows } = await app.pool.query<TaskRow & { exam_number: number; choices: number; left_out: boolean }>({
    name: 'office-exam-by-numbers',
    text: `WITH fitting AS (
        SELECT ${columns}, count(*) OVER (PARTITION BY k.exam_number)::int AS choices, k.id = $5::uuid AS left_out FROM ${tables}
        WHERE c.slug = $3 AND ${taskMayBeGiven} AND k.exam_number IS NOT NULL AND ($4::int IS NULL OR k.exam_number = $4)
      )
      SELECT DISTINCT ON (exam_number) * FROM fitting
      ORDER BY exam_number, left_out NULLS FIRST, json_array_length(exams) > 0, array_position('{draft,locked,open}', topic_state), random()`,
    values: [exam.id, app.clock.now(), exam.courseSlug, number ?? null, not ?? null],
  });
  const found = rows.map((row) => ({ number: row.exam_number, choices: row.choices, task: toOfficeExamTaskDto(row) }));
  return number === undefined ? numberPicks(found) : found;
}

function toOfficeExamTaskDto(row: TaskRow): OfficeExamTaskDto {
  return {
    id: row.id,
    title: row.title,
    topic: { id: row.topic_id, title: row.topic_title, state: row.topic_state },
    state: row.state,
    kind: row.kind,
    examNumber: row.exam_number,
    points: row.points,
    practised: row.state === 'published' && row.topic_state === 'open' && row.course_shown,
    exams: row.exams,
  };
}
