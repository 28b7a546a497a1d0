import { AppError } from '#shared/errors.ts';
import { type GroupDto, type GroupFilter, type GroupInput, groupPageSize, type HardestDto, hardestLeastTried } from '#shared/statistics.ts';
import type { Actor, App } from '../../../platform/app.ts';
import { isShown } from '../../courses/visible.ts';
import {
  countStudents,
  findFirstStudents,
  findStudents,
  placeOf,
  type Selection,
  type StudentRow,
} from '../../people/students/list/queries.ts';
import { fromCursor, searchTerms, toCursor } from '../../people/students/list/rules.ts';
import { accessGroup, type Group } from './access.ts';
import { type GroupRow, listFilterOf, sumOf, type TopicWork, tasksOf } from './rules.ts';

/**
 * A page of the table: the students of a course by its topics. Four statements for the first page and three for those after it; one more where a
 * page by activity passes from those who have answered to those who never did, and where nobody is found by the letters.
 * @throws AppError AUTH_FORBIDDEN; COURSES_NOT_FOUND; INPUT_INVALID for a cursor of another order
 */
export async function getGroup(app: App, actor: Actor, input: GroupInput): Promise<GroupDto> {
  const after = input.cursor ? fromCursor(input.sort, input.cursor) : null;
  if (input.cursor && !after) throw AppError.invalid({ field: 'cursor', code: 'invalid' });
  const group = await accessGroup(app, actor, input.course);
  const selection = selectionOf(group, input);
  if (after) {
    const rows = await findStudents(app, selection, after, groupPageSize + 1);
    return { ...(await toPage(app, group, rows, input.sort)), total: null, similar: false };
  }
  const [{ similar, ...page }, total] = await Promise.all([
    findFirstStudents(app, selection, groupPageSize + 1).then(async ({ rows, similar }) => ({
      similar,
      ...(await toPage(app, group, rows, input.sort)),
    })),
    countStudents(app, selection),
  ]);
  // Those alike have an order of their own, and no more of them are looked for.
  if (similar) return { ...page, nextCursor: null, total: { count: page.students.length, more: false }, similar };
  return { ...page, total, similar };
}

const filePageSize = 500;

/** Everybody whom the table would show, in its order. */
export async function* exportGroup(app: App, group: Group, filter: GroupFilter): AsyncGenerator<GroupRow[]> {
  const selection = selectionOf(group, filter);
  let { rows, similar } = await findFirstStudents(app, selection, filePageSize);
  for (;;) {
    if (rows.length > 0) yield (await withWork(app, group, rows)).map(({ student, topics }) => toGroupRow(student, topics));
    const last = rows.at(-1);
    if (!last || similar || rows.length < filePageSize) return;
    rows = await findStudents(app, selection, placeOf(last, filter.sort), filePageSize);
  }
}

function selectionOf({ courseId }: Group, filter: GroupFilter): Selection {
  return { filter: listFilterOf(filter), terms: searchTerms(filter.q), courseId };
}

type Page = Pick<GroupDto, 'course' | 'topics' | 'students' | 'nextCursor'>;

async function toPage(app: App, group: Group, found: StudentRow[], sort: GroupFilter['sort']): Promise<Page> {
  const rows = found.slice(0, groupPageSize);
  const last = rows.at(-1);
  const now = app.clock.now();
  const total = tasksOf(group.topics);
  const students = await withWork(app, group, rows);
  return {
    course: { title: group.title },
    topics: group.topics.map(({ slug, title, tasks, opensAt }, index) => ({ slug, title, number: index + 1, tasks, open: opensAt <= now })),
    students: students.map(({ student, topics }) => {
      const { lastActiveAt, ...row } = toGroupRow(student, topics);
      return { id: student.id, ...row, lastActiveAt: lastActiveAt?.toISOString() ?? null, tasks: { done: sumOf(topics).solved, total } };
    }),
    nextCursor: found.length > groupPageSize && last ? toCursor(placeOf(last, sort)) : null,
  };
}

function toGroupRow(student: StudentRow, topics: TopicWork[]): GroupRow {
  return {
    firstName: student.first_name,
    lastName: student.last_name,
    lastActiveAt: student.last_active_at,
    blocked: student.blocked,
    topics,
  };
}

interface WorkRow {
  person_id: string;
  topic_id: string;
  solved: number;
  tried: number;
  first_try: number;
}

const nothing: TopicWork = { solved: 0, tried: 0, firstTry: 0 };

/**
 * What each of some students has done of each topic, by the counting of their own profile (a test holds the two together). One statement, and it
 * reads the rows of these students alone: OFFSET keeps the planner from reading everybody's.
 */
async function withWork(app: App, group: Group, students: StudentRow[]): Promise<{ student: StudentRow; topics: TopicWork[] }[]> {
  if (students.length === 0) return [];
  const { rows } = await app.pool.query<WorkRow>({
    name: 'group-work',
    text: `WITH shown AS MATERIALIZED (
        SELECT k.id, k.topic_id FROM topic t JOIN task k ON k.topic_id = t.id WHERE t.course_id = $2 AND ${isShown('t')} AND ${isShown('k')}
      )
      SELECT g.person_id, shown.topic_id, count(g.solved_at)::int AS solved, count(*)::int AS tried,
        (count(*) FILTER (WHERE g.solved_at IS NOT NULL AND g.wrong_count = 0))::int AS first_try
      FROM unnest($1::uuid[]) AS chosen (id) CROSS JOIN LATERAL (SELECT * FROM task_progress WHERE person_id = chosen.id OFFSET 0) g
        JOIN shown ON shown.id = g.task_id
      GROUP BY g.person_id, shown.topic_id`,
    values: [students.map(({ id }) => id), group.courseId],
  });
  const work = Map.groupBy(rows, (row) => row.person_id);
  return students.map((student) => {
    const own = new Map(
      work.get(student.id)?.map((row) => [row.topic_id, { solved: row.solved, tried: row.tried, firstTry: row.first_try }]),
    );
    return { student, topics: group.topics.map(({ id }) => own.get(id) ?? nothing) };
  });
}

/** Numbers over all students of a course are counted at most once in so long, however many look. */
const freshMs = 60_000;
const hardestShown = 20;

interface Counted {
  since: number;
  tasks: Promise<HardestDto>;
}
const counted = new WeakMap<App, Map<string, Counted>>();

/**
 * Tasks of a course that fewest have solved of those who tried, up to a minute old: it reads what every student has done in the course.
 * @throws AppError AUTH_FORBIDDEN, COURSES_NOT_FOUND
 */
export async function listHardest(app: App, actor: Actor, course: string): Promise<HardestDto> {
  const { courseId } = await accessGroup(app, actor, course);
  const known = counted.get(app) ?? new Map<string, Counted>();
  counted.set(app, known);
  const now = app.clock.now().getTime();
  const last = known.get(courseId);
  // A clock that was set back must not keep them for ever.
  if (last && now >= last.since && now - last.since < freshMs) return last.tasks;
  const tasks = countHardest(app, courseId);
  known.set(courseId, { since: now, tasks });
  // What failed is not kept.
  tasks.catch(() => known.delete(courseId));
  return tasks;
}

async function countHardest(app: App, courseId: string): Promise<HardestDto> {
  const { rows } = await app.pool.query<HardestDto[number]>(
    `WITH shown AS MATERIALIZED (
      SELECT k.id, k.title, k.exam_number, t.title AS topic_title FROM topic t JOIN task k ON k.topic_id = t.id
      WHERE t.course_id = $1 AND ${isShown('t')} AND ${isShown('k')}
    ), tried AS (
      SELECT g.task_id, count(*)::int AS tried, count(g.solved_at)::int AS solved,
        (count(*) FILTER (WHERE g.solved_at IS NOT NULL AND g.wrong_count = 0))::int AS first_try, avg(g.wrong_count)::float AS wrong
      FROM task_progress g WHERE g.task_id IN (SELECT id FROM shown) GROUP BY g.task_id
    )
    SELECT s.id, s.title, s.topic_title AS "topicTitle", s.exam_number AS "examNumber", n.tried, n.solved, n.first_try AS "firstTry", n.wrong
    FROM tried n JOIN shown s ON s.id = n.task_id
    WHERE n.tried >= $2 AND n.first_try < n.tried
    ORDER BY n.solved::float / n.tried, n.first_try::float / n.tried, n.tried DESC, s.id LIMIT $3`,
    [courseId, hardestLeastTried, hardestShown],
  );
  return rows;
}
