import type { StudentFilter } from '#shared/students.ts';
import type { Actor, App } from '../../../../platform/app.ts';
import { dayIn } from '../../../../platform/clock.ts';
import { isShown, topicIsShown } from '../../../courses/visible.ts';
import { solves } from '../../../progress/counting.ts';
import { streakOf } from '../../../progress/rules.ts';
import { accessStudents } from '../access.ts';
import { findFirstStudents, findSelection, findStudents, placeOf, type StudentRow } from '../list/queries.ts';
import type { ExportRow } from './rules.ts';

const pageSize = 500;

/** Everybody whom the list would show under this filter, in its order, with the numbers of their own profile. */
export async function* exportStudents(app: App, actor: Actor, filter: StudentFilter): AsyncGenerator<ExportRow[]> {
  accessStudents(actor);
  const selection = await findSelection(app, filter);
  if (!selection) return;
  let { rows, similar } = await findFirstStudents(app, selection, pageSize);
  for (;;) {
    if (rows.length > 0) yield await withStatistics(app, rows);
    const last = rows.at(-1);
    if (!last || similar || rows.length < pageSize) return;
    rows = await findStudents(app, selection, placeOf(last, filter.sort), pageSize);
  }
}

interface StatisticsRow {
  id: string;
  courses: string[];
  topics: number;
  topics_done: number;
  tasks: number;
  solved: number;
  tried: number;
  first_try: number;
  days: string[];
}

/**
 * The statistics of a page of students: the counting of `getProgress` for many at once (a test holds the two together). A topic is done as
 * `topicIsDone` says: in SQL, because a page of five hundred has ten thousand topics that would all have to travel.
 */
async function withStatistics(app: App, students: StudentRow[]): Promise<ExportRow[]> {
  const { rows } = await app.pool.query<StatisticsRow>({
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
        ARRAY(SELECT DISTINCT to_char(s.local_on, 'YYYY-MM-DD') FROM submission s WHERE s.person_id = chosen.id AND ${solves('s')}) AS days
      FROM chosen LEFT JOIN person_work w ON w.person_id = chosen.id`,
    values: [students.map(({ id }) => id)],
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const now = app.clock.now();
  return students.flatMap((student) => {
    const found = byId.get(student.id);
    return found ? [toExportRow(student, found, now)] : [];
  });
}

function toExportRow(student: StudentRow, found: StatisticsRow, now: Date): ExportRow {
  const { now: current, best } = streakOf(found.days, dayIn(student.time_zone, now));
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
  };
}
