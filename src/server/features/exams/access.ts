import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { courseIsAllowed, isEnrolled } from '../courses/rules.ts';
import { enrolledUntil, isPaid, isShown } from '../courses/visible.ts';
import type { ExamWindow, ReviewTerms, Scale } from './rules.ts';

declare const proof: unique symbol;

/** A task `k` of a topic `t` is in an exam `e` that names it: of this course, published and not deleted. Its topic may be a draft, or not open yet. */
export const isInExam = `${isShown('k')} AND k.spec IS NOT NULL AND t.deleted_at IS NULL AND t.course_id = e.course_id`;

/** What the rules ask of an exam `e` of a course `c` and of a person at it, as columns. */
const termsColumns = (person: string) => `e.opens_at, e.closes_at, e.attempts, e.review, e.scale_year,
  coalesce((SELECT x.minutes FROM exam_extra x WHERE x.exam_id = e.id AND x.person_id = ${person}), 0) AS extra_minutes,
  coalesce((SELECT x.attempts FROM exam_extra x WHERE x.exam_id = e.id AND x.person_id = ${person}), 0) AS extra_attempts,
  coalesce((SELECT max(x.minutes) FROM exam_extra x WHERE x.exam_id = e.id), 0) AS longest_extra,
  (SELECT s.points FROM scale s WHERE s.subject_id = c.subject_id AND s.year = e.scale_year) AS scale`;

interface TermsRow {
  opens_at: Date | null;
  closes_at: Date | null;
  attempts: number | null;
  review: 'finish' | 'closing';
  scale_year: number | null;
  extra_minutes: number;
  extra_attempts: number;
  longest_extra: number;
  scale: number[] | null;
}

export function scaleOf(row: Pick<TermsRow, 'scale' | 'scale_year'>): Scale | null {
  return row.scale && row.scale_year !== null ? { year: row.scale_year, points: row.scale } : null;
}

export interface MyAttempt {
  id: string;
  number: number;
  startedAt: string;
  deadlineAt: string | null;
  finishedAt: string | null;
  finishedBy: 'student' | 'time' | 'moderator' | null;
  releasedAt: string | null;
  points: number;
  maxPoints: number;
  waiting: number;
}

export interface ExamRow extends TermsRow {
  id: string;
  slug: string;
  title: string;
  about: string;
  limit_minutes: number | null;
  shuffled: boolean;
  course_id: string;
  course_slug: string;
  course_title: string;
  paid: boolean;
  enrolled_until: Date | null;
  tasks: number;
  max_points: number;
  /** This person's, the newest first. */
  mine: MyAttempt[];
}

const examColumns = `e.id, e.slug, e.title, e.about, e.limit_minutes, e.shuffled, c.id AS course_id, c.slug AS course_slug, c.title AS course_title, ${isPaid} AS paid,
  ${enrolledUntil('$1')} AS enrolled_until, ${termsColumns('$1')}, task.tasks, task.max_points,
  (SELECT coalesce(json_agg(json_build_object('id', a.id, 'number', a.number, 'startedAt', a.started_at, 'deadlineAt', a.deadline_at,
      'finishedAt', a.finished_at, 'finishedBy', a.finished_by, 'releasedAt', a.released_at, 'points', given.points, 'maxPoints', given.max_points,
      'waiting', given.waiting) ORDER BY a.number DESC), '[]')
    FROM exam_attempt a CROSS JOIN LATERAL (
      SELECT coalesce(sum(x.points), 0)::int AS points, coalesce(sum(x.max_points), 0)::int AS max_points,
        (count(*) FILTER (WHERE x.work_id IS NOT NULL AND x.points IS NULL))::int AS waiting
      FROM exam_answer x WHERE x.attempt_id = a.id
    ) given WHERE a.exam_id = e.id AND a.person_id = $1) AS mine`;

const examTables = `exam e JOIN course c ON c.id = e.course_id CROSS JOIN LATERAL (
    SELECT count(*)::int AS tasks, coalesce(sum(k.points), 0)::int AS max_points
    FROM exam_task et JOIN task k ON k.id = et.task_id JOIN topic t ON t.id = k.topic_id WHERE et.exam_id = e.id AND ${isInExam}
  ) task`;

const examIsShown = `${isShown('e')} AND ${isShown('c')}`;

/** All exams of a course that students see, in the order that moderators gave them, with this person's attempts. Null: there is no such course. */
export async function findCourseExams(app: App, actor: PersonActor, course: string): Promise<ExamRow[] | null> {
  const { rows } = await app.pool.query<ExamRow | { id: null }>({
    name: 'course-exams',
    text: `SELECT exams.* FROM course shown LEFT JOIN LATERAL (
        SELECT ${examColumns}, e.position FROM ${examTables} WHERE c.id = shown.id AND ${isShown('e')}
      ) exams ON true WHERE shown.slug = $2 AND ${isShown('shown')} ORDER BY exams.position, exams.id`,
    values: [actor.id, course],
  });
  return rows.length === 0 ? null : rows.filter((row) => row.id !== null);
}

/** An exam that this actor may begin, or look at from outside. Only the functions of this file make one. */
export interface KnownExam {
  readonly [proof]: 'known exam';
  row: ExamRow;
}

/**
 * One statement.
 * @throws AppError EXAMS_NOT_FOUND, COURSES_NO_ACCESS
 */
export async function accessExam(app: App, actor: PersonActor, of: { course: string; exam: string } | { id: string }): Promise<KnownExam> {
  const { rows } = await app.pool.query<ExamRow>(
    'id' in of
      ? {
          name: 'exam-by-id',
          text: `SELECT ${examColumns} FROM ${examTables} WHERE e.id = $2 AND ${examIsShown}`,
          values: [actor.id, of.id],
        }
      : {
          name: 'exam-by-slug',
          text: `SELECT ${examColumns} FROM ${examTables} WHERE c.slug = $2 AND e.slug = $3 AND ${examIsShown}`,
          values: [actor.id, of.course, of.exam],
        },
  );
  const row = rows[0];
  if (!row) throw new AppError('EXAMS_NOT_FOUND');
  if (!courseIsAllowed({ paid: row.paid, enrolled: isEnrolled(row.enrolled_until, app.clock.now()), role: actor.role })) {
    throw new AppError('COURSES_NO_ACCESS', { courseSlug: row.course_slug, courseTitle: row.course_title });
  }
  return { row } as Omit<KnownExam, typeof proof> as KnownExam;
}

/** What the rules ask of an exam as it stands for one person. */
export function windowOf(row: ExamRow): ExamWindow {
  return {
    opensAt: row.opens_at,
    closesAt: row.closes_at,
    attempts: row.attempts,
    extra: { minutes: row.extra_minutes, attempts: row.extra_attempts },
    used: row.mine.length,
    running: row.mine.some(({ finishedAt }) => finishedAt === null),
  };
}

export interface AttemptRow extends TermsRow {
  id: string;
  exam_id: string;
  person_id: string;
  number: number;
  started_at: Date;
  limit_minutes: number | null;
  deadline_at: Date | null;
  rev: number;
  finished_at: Date | null;
  finished_by: 'student' | 'time' | 'moderator' | null;
  released_at: Date | null;
  used: number;
  running: boolean;
  exam_slug: string;
  exam_title: string;
  course_id: string;
  course_slug: string;
  course_title: string;
  target: number;
  first_name: string;
  last_name: string;
  time_zone: string;
}

/** Columns of an attempt `a` with all that the rules ask, for statements over `attemptTables`. */
export const attemptColumns = `a.id, a.exam_id, a.person_id, a.number, a.started_at, a.limit_minutes, a.deadline_at, a.rev, a.finished_at, a.finished_by,
  a.released_at, ${termsColumns('a.person_id')}, e.slug AS exam_slug, e.title AS exam_title, c.id AS course_id, c.slug AS course_slug, c.title AS course_title,
  c.target, p.first_name, p.last_name, p.time_zone,
  (SELECT count(*)::int FROM exam_attempt o WHERE o.exam_id = a.exam_id AND o.person_id = a.person_id) AS used,
  EXISTS (SELECT 1 FROM exam_attempt o WHERE o.exam_id = a.exam_id AND o.person_id = a.person_id AND o.finished_at IS NULL) AS running`;
export const attemptTables =
  'exam_attempt a JOIN exam e ON e.id = a.exam_id JOIN course c ON c.id = e.course_id JOIN person p ON p.id = a.person_id';

/** An attempt that this actor may see: their own, or any for a moderator who looks at a student's work. Only `accessAttempt` makes one. */
export interface KnownAttempt {
  readonly [proof]: 'known attempt';
  row: AttemptRow;
}

/**
 * One statement. What became of exam or course meanwhile does not matter: what one began is one's own.
 * @param as `student`: their own only, also for a moderator
 * @throws AppError EXAMS_NOT_FOUND for a stranger's as well: its existence is nobody's business
 */
export async function accessAttempt(app: App, actor: PersonActor, attemptId: string, as: 'student' | 'viewer'): Promise<KnownAttempt> {
  const { rows } = await app.pool.query<AttemptRow>({
    name: 'attempt-access',
    text: `SELECT ${attemptColumns} FROM ${attemptTables} WHERE a.id = $1 AND (a.person_id = $2 OR $3)`,
    values: [attemptId, actor.id, as === 'viewer' && actor.role === 'moderator'],
  });
  const row = rows[0];
  if (!row) throw new AppError('EXAMS_NOT_FOUND');
  return { row } as Omit<KnownAttempt, typeof proof> as KnownAttempt;
}

/** What the rule of the review asks of an attempt; null while it is running. */
export function reviewTermsOf(row: AttemptRow): ReviewTerms | null {
  if (!row.finished_at) return null;
  return {
    review: row.review,
    finishedAt: row.finished_at,
    closesAt: row.closes_at,
    longestExtra: row.longest_extra,
    attempts: row.attempts,
    extra: { attempts: row.extra_attempts },
    used: row.used,
    running: row.running,
  };
}
