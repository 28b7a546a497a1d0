import type { App } from '../../../../platform/app.ts';
import { isShown } from '../../../courses/visible.ts';
import type { ExamPlan, FirstAnswers } from './rules.ts';

export interface CoursePlan extends ExamPlan {
  courseId: string;
  courseSlug: string;
  courseTitle: string;
}

/**
 * What a student may have met of a task `k` of a topic `t` of a course `c`: the tasks of the course, and those of a topic kept back that stand in an
 * exam.
 */
const taskIsMet = `${isShown('k')} AND ${isShown('c')} AND t.deleted_at IS NULL AND (t.published_at IS NOT NULL
  OR EXISTS (SELECT 1 FROM exam_task x JOIN exam e ON e.id = x.exam_id WHERE x.task_id = k.id AND ${isShown('e')}))`;

/** Courses whose subject has a scale, each with the newest one and with the exam as its tasks show it. */
const plansOf = (which: string) => `SELECT c.id AS course_id, c.slug, c.title, c.target, s.year, s.points AS scale,
    n.exam_number AS number, n.points
  FROM course c CROSS JOIN LATERAL (
      SELECT year, points FROM scale WHERE subject_id = c.subject_id AND cardinality(points) > 0 ORDER BY year DESC LIMIT 1
    ) s LEFT JOIN LATERAL (
      -- Tasks of one number may differ in points: as most of them have, where that is even the more.
      SELECT k.exam_number, mode() WITHIN GROUP (ORDER BY k.points DESC) AS points FROM topic t JOIN task k ON k.topic_id = t.id
      WHERE t.course_id = c.id AND k.exam_number IS NOT NULL AND ${taskIsMet} GROUP BY k.exam_number
    ) n ON true
  WHERE ${isShown('c')} AND ${which} ORDER BY c.id, n.exam_number`;

interface PlanRow {
  course_id: string;
  slug: string;
  title: string;
  target: number;
  year: number;
  scale: number[];
  number: number | null;
  points: number | null;
}

/** Of the courses one student takes. */
export async function listPlansOf(app: App, personId: string): Promise<CoursePlan[]> {
  const { rows } = await app.pool.query<PlanRow>({
    name: 'forecast-plans-of',
    text: plansOf('c.id IN (SELECT course_id FROM enrolment WHERE person_id = $1)'),
    values: [personId],
  });
  return toPlans(rows);
}

/** Of all courses: for a table of many students. */
export async function listPlans(app: App): Promise<CoursePlan[]> {
  const { rows } = await app.pool.query<PlanRow>({ name: 'forecast-plans', text: plansOf('true') });
  return toPlans(rows);
}

function toPlans(rows: PlanRow[]): CoursePlan[] {
  return [...Map.groupBy(rows, ({ course_id }) => course_id).values()].flatMap((course) =>
    course.slice(0, 1).map(({ course_id, slug, title, target, year, scale }) => ({
      courseId: course_id,
      courseSlug: slug,
      courseTitle: title,
      target,
      year,
      scale,
      numbers: course.flatMap(({ number, points }) => (number === null || points === null ? [] : [{ number, points }])),
    })),
  );
}

export interface AnswersRow extends FirstAnswers {
  personId: string;
  courseId: string;
}

/**
 * The first answer ever given to each task, where it was given on `since` or later, counted by course, number and points. One statement, and it reads
 * the rows of these students alone: OFFSET keeps the planner from reading everybody's.
 * @param students with the first day of the window in their own zone
 */
export async function listFirstAnswers(app: App, students: readonly { id: string; since: string }[]): Promise<AnswersRow[]> {
  const { rows } = await app.pool.query<AnswersRow>({
    name: 'forecast-answers',
    text: `SELECT f.person_id AS "personId", t.course_id AS "courseId", k.exam_number AS number, f.points, k.points AS "maxPoints", count(*)::int AS answers
      FROM (
        SELECT DISTINCT ON (s.person_id, s.task_id) s.person_id, s.task_id, s.points, s.local_on, chosen.since
        FROM unnest($1::uuid[], $2::date[]) AS chosen (id, since) CROSS JOIN LATERAL (
          SELECT a.id, a.person_id, a.task_id, a.points, a.created_at, a.local_on FROM submission a WHERE a.person_id = chosen.id OFFSET 0
        ) s
        ORDER BY s.person_id, s.task_id, s.created_at, s.id
      ) f JOIN task k ON k.id = f.task_id JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id
      WHERE f.local_on >= f.since AND k.exam_number IS NOT NULL AND ${taskIsMet}
      GROUP BY f.person_id, t.course_id, k.exam_number, f.points, k.points`,
    values: [students.map(({ id }) => id), students.map(({ since }) => since)],
  });
  return rows;
}
