import { AppError } from '#shared/errors.ts';
import {
  type ExamExtraDto,
  type ExamResultRowDto,
  type ExamResultsDto,
  type ExamResultsInput,
  examExtrasShown,
  resultPageSize,
  type StudentAttemptDto,
  studentAttemptsShown,
} from '#shared/exams-office.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { accessStudent } from '../../../people/students/access.ts';
import { parameters, searchTerms, termCondition } from '../../../people/students/list/rules.ts';
import { type Scale, scoreOf } from '../../rules.ts';
import { accessExam, type KnownExam } from '../access.ts';
import { type ExportRow, fromCursor, type Place, toCursor } from './rules.ts';

/** Something was typed. `$.**` goes through tables as well. */
const isAnswered = `a.given IS NOT NULL AND jsonb_path_exists(a.given, '$.** ? (@ like_regex "\\\\S")')`;

interface AttemptRow {
  id: string;
  person_id: string;
  first_name: string;
  last_name: string;
  email: string;
  number: number;
  started_at: Date;
  deadline_at: Date | null;
  finished_at: Date | null;
  finished_by: 'student' | 'time' | 'moderator' | null;
  extra_minutes: number;
  extra_attempts: number;
  tasks: number;
  answered: number;
  points: number;
  max_points: number;
  waiting: number;
  points_of: Record<string, number | null>;
}

interface Selection {
  examId: string;
  q: string;
  state: 'running' | 'finished' | null;
}

/** A page of attempts, newest first. Not prepared by name: every search is planned with its values. */
async function findAttempts(app: App, { examId, q, state }: Selection, after: Place | null, limit: number): Promise<AttemptRow[]> {
  const { values, add } = parameters();
  const conditions = [`r.exam_id = ${add(examId)}::uuid`, ...searchTerms(q).map((term) => termCondition(term, { values, add }))];
  if (state) conditions.push(`r.finished_at IS ${state === 'running' ? 'NULL' : 'NOT NULL'}`);
  if (after) conditions.push(`(r.started_at, r.id) < (${add(after[0])}::timestamptz, ${add(after[1])}::uuid)`);
  const { rows } = await app.pool.query<AttemptRow>({
    text: `WITH page AS MATERIALIZED (
        SELECT r.id, r.exam_id, r.person_id, p.first_name, p.last_name, p.email, r.number, r.started_at, r.deadline_at, r.finished_at, r.finished_by
        FROM exam_attempt r JOIN person p ON p.id = r.person_id WHERE ${conditions.join(' AND ')}
        ORDER BY r.started_at DESC, r.id DESC LIMIT ${add(limit)}
      )
      SELECT page.*, coalesce(x.minutes, 0) AS extra_minutes, coalesce(x.attempts, 0) AS extra_attempts, given.*
      FROM page LEFT JOIN exam_extra x ON x.exam_id = page.exam_id AND x.person_id = page.person_id
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS tasks, (count(*) FILTER (WHERE ${isAnswered}))::int AS answered, coalesce(sum(a.points), 0)::int AS points,
            coalesce(sum(coalesce(a.max_points, k.points)), 0)::int AS max_points,
            (count(*) FILTER (WHERE a.work_id IS NOT NULL AND a.points IS NULL))::int AS waiting, json_object_agg(a.task_id, a.points) AS points_of
          FROM exam_answer a JOIN task k ON k.id = a.task_id WHERE a.attempt_id = page.id
        ) given
      ORDER BY page.started_at DESC, page.id DESC`,
    values,
  });
  return rows;
}

/**
 * Attempts of students at an exam. Four statements for the first page (exam, scale, rows, totals), three for the others.
 * @throws AppError EXAMS_NOT_FOUND; INPUT_INVALID for a cursor that is none
 */
export async function listExamResults(app: App, actor: PersonActor, input: ExamResultsInput): Promise<ExamResultsDto> {
  const exam = await accessExam(app, actor, input.id);
  const after = input.cursor ? fromCursor(input.cursor) : null;
  if (input.cursor && !after) throw AppError.invalid({ field: 'cursor', code: 'invalid' });
  const selection = { examId: exam.id, q: input.q ?? '', state: input.state ?? null };
  const [found, scale, totals] = await Promise.all([
    findAttempts(app, selection, after, resultPageSize + 1),
    findScale(app, exam),
    after ? null : findTotals(app, exam.id),
  ]);
  const rows = found.slice(0, resultPageSize);
  const last = rows.at(-1);
  return {
    rows: rows.map((row) => toExamResultRowDto(row, scale)),
    nextCursor: found.length > resultPageSize && last ? toCursor(placeOf(last)) : null,
    totals,
  };
}

const placeOf = (row: AttemptRow): Place => [row.started_at.toISOString(), row.id];

async function findScale(app: App, { scaleYear, subjectId }: KnownExam): Promise<Scale | null> {
  if (scaleYear === null) return null;
  return app.db.scale.findUnique({ where: { subjectId_year: { subjectId, year: scaleYear } }, select: { year: true, points: true } });
}

const sumOf = (row: AttemptRow) => ({ points: row.points, maxPoints: row.max_points, waiting: row.waiting });

function toExamResultRowDto(row: AttemptRow, scale: Scale | null): ExamResultRowDto {
  return {
    attemptId: row.id,
    person: { id: row.person_id, firstName: row.first_name, lastName: row.last_name, email: row.email },
    number: row.number,
    startedAt: row.started_at.toISOString(),
    deadlineAt: row.deadline_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    finishedBy: row.finished_by,
    answered: row.answered,
    tasks: row.tasks,
    score: row.finished_at ? scoreOf(sumOf(row), scale) : null,
    extra: { minutes: row.extra_minutes, attempts: row.extra_attempts },
  };
}

async function findTotals(app: App, examId: string): Promise<NonNullable<ExamResultsDto['totals']>> {
  const { rows } = await app.pool.query<NonNullable<ExamResultsDto['totals']>>({
    name: 'exam-totals',
    text: `WITH runs AS MATERIALIZED (SELECT id, person_id, finished_at FROM exam_attempt WHERE exam_id = $1), sums AS MATERIALIZED (
        SELECT runs.person_id, sum(a.points) AS points, count(*) FILTER (WHERE a.work_id IS NOT NULL AND a.points IS NULL) AS waiting
        FROM runs JOIN exam_answer a ON a.attempt_id = runs.id WHERE runs.finished_at IS NOT NULL GROUP BY runs.id, runs.person_id
      )
      SELECT count(DISTINCT person_id)::int AS students, (count(*) FILTER (WHERE finished_at IS NULL))::int AS running, count(finished_at)::int AS finished,
        (SELECT coalesce(sum(waiting), 0)::int FROM sums) AS waiting,
        (SELECT avg(best)::float8 FROM (SELECT max(coalesce(points, 0)) AS best FROM sums GROUP BY person_id) of_students) AS mean
      FROM runs`,
    values: [examId],
  });
  return rows[0] ?? { students: 0, running: 0, finished: 0, waiting: 0, mean: null };
}

/**
 * Who was given minutes or attempts beyond the rules.
 * @throws AppError EXAMS_NOT_FOUND
 */
export async function listExtras(app: App, actor: PersonActor, { id }: { id: string }): Promise<ExamExtraDto[]> {
  await accessExam(app, actor, id);
  const rows = await app.db.examExtra.findMany({
    where: { examId: id },
    select: { minutes: true, attempts: true, person: { select: { id: true, firstName: true, lastName: true, email: true } } },
    orderBy: [{ person: { lastName: 'asc' } }, { person: { firstName: 'asc' } }, { personId: 'asc' }],
    take: examExtrasShown,
  });
  return rows;
}

/**
 * The last attempts of a student at all exams.
 * @throws AppError STUDENTS_NOT_FOUND
 */
export async function listAttemptsOfStudent(
  app: App,
  actor: PersonActor,
  { personId }: { personId: string },
): Promise<StudentAttemptDto[]> {
  await accessStudent(app, actor, personId);
  const { rows } = await app.pool.query<StudentAttemptRow>({
    name: 'exam-attempts-of-student',
    text: `SELECT r.id, r.number, r.started_at, r.finished_at, x.id AS exam_id, x.title, c.title AS course_title, s.year, s.points AS scale, given.*
      FROM (SELECT * FROM exam_attempt WHERE person_id = $1 ORDER BY started_at DESC, id LIMIT ${studentAttemptsShown}) r
        JOIN exam x ON x.id = r.exam_id JOIN course c ON c.id = x.course_id LEFT JOIN scale s ON s.subject_id = c.subject_id AND s.year = x.scale_year
        CROSS JOIN LATERAL (
          SELECT coalesce(sum(a.points), 0)::int AS points, coalesce(sum(coalesce(a.max_points, k.points)), 0)::int AS max_points,
            (count(*) FILTER (WHERE a.work_id IS NOT NULL AND a.points IS NULL))::int AS waiting
          FROM exam_answer a JOIN task k ON k.id = a.task_id WHERE a.attempt_id = r.id
        ) given
      ORDER BY r.started_at DESC, r.id`,
    values: [personId],
  });
  return rows.map((row) => ({
    attemptId: row.id,
    exam: { id: row.exam_id, title: row.title },
    courseTitle: row.course_title,
    number: row.number,
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    score: row.finished_at
      ? scoreOf(
          { points: row.points, maxPoints: row.max_points, waiting: row.waiting },
          row.year !== null && row.scale ? { year: row.year, points: row.scale } : null,
        )
      : null,
  }));
}

interface StudentAttemptRow {
  id: string;
  number: number;
  started_at: Date;
  finished_at: Date | null;
  exam_id: string;
  title: string;
  course_title: string;
  year: number | null;
  scale: number[] | null;
  points: number;
  max_points: number;
  waiting: number;
}

const exportPageSize = 500;

/** Every attempt at an exam, page by page, newest first. */
export async function* exportResults(app: App, actor: PersonActor, id: string): AsyncGenerator<ExportRow[]> {
  const exam = await accessExam(app, actor, id);
  const scale = await findScale(app, exam);
  for (let after: Place | null = null; ; ) {
    const rows: AttemptRow[] = await findAttempts(app, { examId: id, q: '', state: null }, after, exportPageSize);
    if (rows.length > 0) yield rows.map((row) => toExportRow(row, scale));
    const last = rows.at(-1);
    if (!last || rows.length < exportPageSize) return;
    after = placeOf(last);
  }
}

function toExportRow(row: AttemptRow, scale: Scale | null): ExportRow {
  return {
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    number: row.number,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    finishedBy: row.finished_by,
    answered: row.answered,
    tasks: row.tasks,
    points: row.points,
    maxPoints: row.max_points,
    score: row.finished_at ? scoreOf(sumOf(row), scale).score : null,
    waiting: row.waiting,
    extraMinutes: row.extra_minutes,
    pointsOf: row.points_of,
  };
}

/** How far an attempt is. */
export async function countAnswered(app: App, attemptId: string): Promise<{ answered: number; tasks: number }> {
  const { rows } = await app.pool.query<{ answered: number; tasks: number }>({
    name: 'exam-answered',
    text: `SELECT count(*)::int AS tasks, (count(*) FILTER (WHERE ${isAnswered}))::int AS answered FROM exam_answer a WHERE a.attempt_id = $1`,
    values: [attemptId],
  });
  return rows[0] ?? { answered: 0, tasks: 0 };
}
