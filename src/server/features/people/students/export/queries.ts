import { type StudentFilter, studentPageSize } from '#shared/students.ts';
import type { Actor, App } from '../../../../platform/app.ts';
import { dayIn } from '../../../../platform/clock.ts';
import { isShown, topicIsShown } from '../../../courses/visible.ts';
import { firstSolved } from '../../../progress/counting.ts';
import { streakOf } from '../../../progress/rules.ts';
import { type AnswersRow, type CoursePlan, listFirstAnswers, listPlans } from '../../../progress/statistics/forecast/queries.ts';
import { forecastSince, toForecastDto } from '../../../progress/statistics/queries.ts';
import { activeWithin, type SolvedDay, solvedWithin } from '../../../progress/statistics/rules.ts';
import { accessStudents } from '../access.ts';
import { findFirstStudents, findSelection, findStudents, placeOf, type StudentRow } from '../list/queries.ts';
import type { ExportRow } from './rules.ts';

const pageSize = 500;

/** Everybody whom the list would show under this filter, in its order, with the numbers of their own profile. */
export async function* exportStudents(app: App, actor: Actor, filter: StudentFilter): AsyncGenerator<ExportRow[]> {
  accessStudents(actor);
  const selection = await findSelection(app, filter);
  if (!selection) return;
  const plans = await listPlans(app);
  const first = await findFirstStudents(app, selection, pageSize);
  const { similar } = first;
  let rows = similar ? first.rows.slice(0, studentPageSize) : first.rows;
  for (;;) {
    if (rows.length > 0) yield await withStatistics(app, rows, plans);
    const last = rows.at(-1);
    if (!last || similar || rows.length < pageSize) return;
    rows = await findStudents(app, selection, placeOf(last, filter.sort), pageSize);
  }
}

interface StatisticsRow {
  id: string;
  courses: string[];
  course_ids: string[];
  topics: number;
  topics_done: number;
  tasks: number;
  solved: number;
  tried: number;
  first_try: number;
  days: SolvedDay[];
}

/**
 * The statistics of a page of students: the counting of `getProgress` for many at once (a test holds the two together). A topic is done as
 * `topicIsDone` says: in SQL, because a page of five hundred has ten thousand topics that would all have to travel.
 */
async function withStatistics(app: App, students: StudentRow[], plans: CoursePlan[]): Promise<ExportRow[]> {
  const now = app.clock.now();
  const today = new Map(students.map(({ id, time_zone }) => [id, dayIn(time_zone, now)]));
  const [{ rows }, answers] = await Promise.all([
    findStatistics(app, students),
    listFirstAnswers(
      app,
      [...today].map(([id, day]) => ({ id, since: forecastSince(day) })),
    ),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const answersOf = Map.groupBy(answers, ({ personId }) => personId);
  return students.flatMap((student) => {
    const found = byId.get(student.id);
    const day = today.get(student.id);
    return found && day ? [toExportRow(student, found, day, forecastInWords(found, plans, answersOf.get(student.id) ?? []))] : [];
  });
}

function findStatistics(app: App, students: StudentRow[]) {
  return app.pool.query<StatisticsRow>({
    name: 'students-statistics',
    // Each student's own rows by their index (OFFSET keeps the planner from reading everybody's), then everything else in memory.
    text: `WITH chosen AS MATERIALIZED (SELECT id FROM unnest($1::uuid[]) AS chosen (id)), offered AS MATERIALIZED (
        SELECT t.course_id, t.id, count(k.id) AS tasks FROM topic t JOIN course c ON c.id = t.course_id LEFT JOIN task k ON k.topic_id = t.id AND ${isShown('k')}
        WHERE ${topicIsShown} GROUP BY t.id
      ), taken AS MATERIALIZED (
        SELECT e.* FROM chosen CROSS JOIN LATERAL (SELECT person_id, course_id FROM enrolment WHERE person_id = chosen.id OFFSET 0) e
      ), worked AS MATERIALIZED (
        SELECT g.person_id, k.topic_id, count(g.solved_at) AS solved, count(*) AS tried,
          count(*) FILTER (WHERE g.solved_at IS NOT NULL AND g.wrong_count = 0) AS first_try
        FROM chosen CROSS JOIN LATERAL (SELECT * FROM task_progress WHERE person_id = chosen.id OFFSET 0) g JOIN task k ON k.id = g.task_id
        WHERE ${isShown('k')} GROUP BY g.person_id, k.topic_id
      ), visited AS MATERIALIZED (
        SELECT v.* FROM chosen CROSS JOIN LATERAL (SELECT person_id, topic_id FROM topic_visit WHERE person_id = chosen.id OFFSET 0) v
      ), topic_work AS (
        SELECT taken.person_id, o.tasks, coalesce(w.solved, 0) AS solved, coalesce(w.tried, 0) AS tried, coalesce(w.first_try, 0) AS first_try,
          v.person_id IS NOT NULL AS visited
        FROM taken JOIN offered o ON o.course_id = taken.course_id LEFT JOIN worked w ON w.person_id = taken.person_id AND w.topic_id = o.id
          LEFT JOIN visited v ON v.person_id = taken.person_id AND v.topic_id = o.id
      ), person_work AS (
        SELECT person_id, count(*)::int AS topics, (count(*) FILTER (WHERE CASE WHEN tasks = 0 THEN visited ELSE solved >= tasks END))::int AS topics_done,
          sum(tasks)::int AS tasks, sum(solved)::int AS solved, sum(tried)::int AS tried, sum(first_try)::int AS first_try
        FROM topic_work GROUP BY person_id
      )
      SELECT chosen.id, coalesce(w.topics, 0) AS topics, coalesce(w.topics_done, 0) AS topics_done, coalesce(w.tasks, 0) AS tasks,
        coalesce(w.solved, 0) AS solved, coalesce(w.tried, 0) AS tried, coalesce(w.first_try, 0) AS first_try,
        ARRAY(SELECT c.title FROM enrolment e JOIN course c ON c.id = e.course_id WHERE e.person_id = chosen.id AND ${isShown('c')}
          ORDER BY e.enrolled_at, c.title) AS courses,
        ARRAY(SELECT c.id FROM enrolment e JOIN course c ON c.id = e.course_id WHERE e.person_id = chosen.id AND ${isShown('c')}
          ORDER BY e.enrolled_at, c.title) AS course_ids,
        ARRAY(SELECT json_build_object('on', f.solved_on, 'solved', count(*)) FROM (${firstSolved('s.person_id = chosen.id')}) f
          GROUP BY f.solved_on) AS days
      FROM chosen LEFT JOIN person_work w ON w.person_id = chosen.id`,
    values: [students.map(({ id }) => id)],
  });
}

/** «Математика 80+: 64 (58–70)», one a course of which there is enough to say. Null where there is none. */
function forecastInWords({ course_ids }: StatisticsRow, plans: CoursePlan[], answers: AnswersRow[]): string | null {
  const said = course_ids.flatMap((id) => {
    const plan = plans.find(({ courseId }) => courseId === id);
    const { courseTitle, now } = plan ? toForecastDto(plan, answers) : { courseTitle: '', now: null };
    return now ? [`${courseTitle}: ${now.score} (${now.low.score}–${now.high.score})`] : [];
  });
  return said.length > 0 ? said.join('; ') : null;
}

function toExportRow(student: StudentRow, found: StatisticsRow, today: string, forecast: string | null): ExportRow {
  const { now: current, best } = streakOf(
    found.days.map(({ on }) => on),
    today,
  );
  return {
    firstName: student.first_name,
    lastName: student.last_name,
    email: student.email,
    phone: student.phone,
    registeredAt: student.registered_at,
    lastActiveAt: student.last_active_at,
    verified: student.verified,
    blocked: student.blocked,
    courses: found.courses,
    topics: { done: found.topics_done, total: found.topics },
    tasks: { done: found.solved, total: found.tasks },
    firstTry: found.tried > 0 ? { done: found.first_try, total: found.tried } : null,
    streak: { now: current, best },
    forecast,
    solvedIn7: solvedWithin(found.days, today, 7),
    activeIn30: activeWithin(found.days, today, 30),
  };
}
