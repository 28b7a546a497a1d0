import { AppError } from '#shared/errors.ts';
import {
  type StudentFilter,
  type StudentHitDto,
  type StudentListDto,
  type StudentRowDto,
  studentCountCap,
  studentFilterInput,
  studentHits,
  studentPageSize,
} from '#shared/students.ts';
import type { Actor, App } from '../../../../platform/app.ts';
import { isShown, taskIsShown } from '../../../courses/visible.ts';
import { accessStudents } from '../access.ts';
import {
  behind,
  filterConditions,
  fromCursor,
  type ListFilter,
  mayHoldSlip,
  orderBy,
  type Place,
  parameters,
  partsOf,
  type SearchTerm,
  searchKey,
  searchTerms,
  termCondition,
  toCursor,
} from './rules.ts';
import { nearestNames } from './slips/rules.ts';

/** A filter that was read: what its words are, which course it means. */
export interface Selection {
  filter: ListFilter;
  terms: SearchTerm[];
  courseId: string | null;
}

/** Null: a course that does not exist, so nobody takes it. */
export async function findSelection(app: App, filter: StudentFilter): Promise<Selection | null> {
  // Asked for by itself: with the id in the statement the planner knows whether the course has five students or all of them.
  const course = filter.course === null ? null : await app.db.course.findUnique({ where: { slug: filter.course }, select: { id: true } });
  return filter.course !== null && !course ? null : { filter, terms: searchTerms(filter.q), courseId: course?.id ?? null };
}

export interface StudentRow {
  id: string;
  first_name: string;
  last_name: string;
  email: string;
  phone: string | null;
  registered_at: Date;
  last_active_at: Date | null;
  time_zone: string;
  verified: boolean;
  blocked: boolean;
}

const columns = `p.id, p.first_name, p.last_name, p.email, p.phone, p.registered_at, p.last_active_at, p.time_zone,
  p.email_verified_at IS NOT NULL AS verified, p.blocked_at IS NOT NULL AS blocked`;

/**
 * A page of the list, sorted and limited by the database. Not prepared by name: a plan that has to fit every search fits none, so each is planned
 * with its values.
 */
export async function findStudents(app: App, { filter, terms, courseId }: Selection, after: Place | null, limit: number) {
  const rows: StudentRow[] = [];
  const parts = partsOf(filter);
  const reached = after && filter.sort === 'active' ? (after[0] === null ? 'never' : 'active') : null;
  for (const part of reached ? parts.slice(parts.indexOf(reached)) : parts) {
    const { values, add } = parameters();
    const conditions = filterConditions(filter, courseId, app.clock.now(), { values, add });
    conditions.push(...terms.map((term) => termCondition(term, { values, add })));
    if (part !== 'all') conditions.push(`p.last_active_at IS ${part === 'active' ? 'NOT NULL' : 'NULL'}`);
    if (after && (part === 'all' || part === reached)) conditions.push(behind(filter.sort, filter.order, after, { values, add }));
    const found = await app.pool.query<StudentRow>({
      text: `SELECT ${columns} FROM person p WHERE ${conditions.join(' AND ')}
        ORDER BY ${orderBy(filter.sort, filter.order)} LIMIT ${add(limit - rows.length)}`,
      values,
    });
    rows.push(...found.rows);
    if (rows.length >= limit) break;
  }
  return rows;
}

/** Where a row stands in the order of the list. */
export function placeOf(row: StudentRow, sort: StudentFilter['sort']): Place {
  if (sort === 'name') return [row.last_name, row.first_name, row.id];
  return [(sort === 'active' ? row.last_active_at : row.registered_at)?.toISOString() ?? null, row.id];
}

/** How many fit. Nobody is counted beyond `studentCountCap`. */
export async function countStudents(app: App, { filter, terms, courseId }: Selection): Promise<{ count: number; more: boolean }> {
  const { values, add } = parameters();
  const onlyCourse = courseId !== null && terms.length === 0 && !filter.activity && !filter.state;
  const conditions = [
    ...filterConditions(filter, courseId, app.clock.now(), { values, add }),
    ...terms.map((term) => termCondition(term, { values, add })),
  ];
  // Only students take courses: the enrolments alone are the number, and no person has to be looked at.
  const fitting = onlyCourse ? 'enrolment e WHERE e.course_id = $1' : `person p WHERE ${conditions.join(' AND ')}`;
  const { rows } = await app.pool.query<{ count: number }>({
    text: `SELECT count(*)::int AS count FROM (SELECT FROM ${fitting} LIMIT ${add(studentCountCap + 1)}) capped`,
    values,
  });
  const count = rows[0]?.count ?? 0;
  return { count: Math.min(count, studentCountCap), more: count > studentCountCap };
}

/**
 * Share of three-letter pieces that a word of the search and a word of the person have in common. «Сколов» and «Соколов» have half, «Ивонов» and
 * «Иванов» 0,4; below that they are different names.
 */
const likeness = 0.4;

/** Students whose names are nearly what was typed, the likest first. */
async function findSimilar(app: App, { filter, terms, courseId }: Selection): Promise<StudentRow[]> {
  const { values, add } = parameters();
  const conditions = filterConditions(filter, courseId, app.clock.now(), { values, add });
  const alike: string[] = [];
  for (const term of terms) {
    if (!mayHoldSlip(term)) conditions.push(termCondition(term, { values, add }));
    else {
      const word = add(searchKey(term.text));
      conditions.push(`${word} <<% p.search_key`);
      alike.push(`strict_word_similarity(${word}, p.search_key)`);
    }
  }
  if (alike.length === 0) return [];
  const client = await app.pool.connect();
  try {
    // The index takes the bound from the setting, which must not outlive the statement.
    await client.query(`BEGIN READ ONLY; SET LOCAL pg_trgm.strict_word_similarity_threshold = ${likeness}`);
    const { rows } = await client.query<StudentRow>({
      text: `SELECT ${columns} FROM person p WHERE ${conditions.join(' AND ')}
        ORDER BY ${alike.join(' + ')} DESC, p.last_name, p.first_name, p.id LIMIT ${studentPageSize + 1}`,
      values,
    });
    return rows;
  } finally {
    await client.query('ROLLBACK').finally(() => client.release());
  }
}

/**
 * Students whose names come from the nearest slips of what was typed. Reads all names there are, from the index of the order by name: asked only where
 * neither letters nor likeness have found anybody.
 */
async function findMistyped(app: App, { filter, terms, courseId }: Selection): Promise<StudentRow[]> {
  const { rows: names } = await app.pool.query<{ name: string }>(
    `SELECT last_name AS name FROM person WHERE role = 'student' UNION SELECT first_name FROM person WHERE role = 'student'`,
  );
  const known = names.map(({ name }) => name);
  const { values, add } = parameters();
  const conditions = filterConditions(filter, courseId, app.clock.now(), { values, add });
  for (const term of terms) {
    if (!mayHoldSlip(term)) conditions.push(termCondition(term, { values, add }));
    else {
      const nearest = nearestNames(term.text, known);
      if (nearest.length === 0) return [];
      const list = add(nearest);
      conditions.push(`(p.last_name = ANY(${list}) OR p.first_name = ANY(${list}))`);
    }
  }
  const { rows } = await app.pool.query<StudentRow>({
    text: `SELECT ${columns} FROM person p WHERE ${conditions.join(' AND ')} ORDER BY p.last_name, p.first_name, p.id LIMIT ${studentPageSize + 1}`,
    values,
  });
  return rows;
}

/** The first rows by the letters, or, where there are none, by likeness, or by slips: of these a page, and one more that tells that there are more. */
export async function findFirstStudents(app: App, selection: Selection, limit: number): Promise<{ rows: StudentRow[]; similar: boolean }> {
  const rows = await findStudents(app, selection, null, limit);
  if (rows.length > 0 || !selection.terms.some(mayHoldSlip)) return { rows, similar: false };
  const like = await findSimilar(app, selection);
  const near = like.length > 0 ? like : await findMistyped(app, selection);
  return { rows: near, similar: near.length > 0 };
}

/**
 * A page of students. Three statements (rows, their courses and tasks, and for the first page the count), one more where a course is chosen,
 * up to three more where nobody is found by the letters.
 * @throws AppError AUTH_FORBIDDEN; INPUT_INVALID for a cursor of another order
 */
export async function listStudents(
  app: App,
  actor: Actor,
  input: StudentFilter & { cursor?: string | null | undefined },
): Promise<StudentListDto> {
  accessStudents(actor);
  const after = input.cursor ? fromCursor(input.sort, input.cursor) : null;
  if (input.cursor && !after) throw AppError.invalid({ field: 'cursor', code: 'invalid' });
  const selection = await findSelection(app, input);
  if (!selection) return { rows: [], nextCursor: null, total: { count: 0, more: false }, similar: false };
  if (after) {
    const rows = await findStudents(app, selection, after, studentPageSize + 1);
    return { ...(await toPage(app, rows, input)), total: null, similar: false };
  }
  // The count goes through all who fit, the page does not: side by side, neither waits for the other.
  const [first, total] = await Promise.all([
    findFirstStudents(app, selection, studentPageSize + 1).then(async ({ rows, similar }) => ({
      similar,
      more: rows.length > studentPageSize,
      ...(await toPage(app, rows, input)),
    })),
    countStudents(app, selection),
  ]);
  const { more, ...page } = first;
  return page.similar ? { ...page, nextCursor: null, total: { count: page.rows.length, more } } : { ...page, total };
}

/** The first of those whom a search finds in the list, for picking one. Nothing typed finds nobody. */
export async function pickStudents(app: App, actor: Actor, { q }: { q: string }): Promise<StudentHitDto[]> {
  accessStudents(actor);
  const filter = studentFilterInput.parse({ q, sort: 'name', order: 'asc' });
  const terms = searchTerms(q);
  if (terms.length === 0) return [];
  const { rows } = await findFirstStudents(app, { filter, terms, courseId: null }, studentHits);
  return rows.slice(0, studentHits).map((row) => ({ id: row.id, firstName: row.first_name, lastName: row.last_name, email: row.email }));
}

async function toPage(app: App, found: StudentRow[], { sort }: Pick<StudentFilter, 'sort'>) {
  const rows = found.slice(0, studentPageSize);
  const last = rows.at(-1);
  const work = await findWork(
    app,
    rows.map(({ id }) => id),
  );
  return {
    rows: rows.map((row) => toStudentRowDto(row, work.get(row.id))),
    nextCursor: found.length > studentPageSize && last ? toCursor(placeOf(last, sort)) : null,
  };
}

interface WorkRow {
  id: string;
  courses: string[];
  tasks: number;
  solved: number;
}

/** Courses and tasks of some students, as their own profile counts them. By ids, so one plan fits all and is kept. */
async function findWork(app: App, ids: string[]): Promise<Map<string, WorkRow>> {
  const { rows } = await app.pool.query<WorkRow>({
    name: 'students-work',
    text: `WITH offered AS MATERIALIZED (
        SELECT t.course_id, count(*)::int AS tasks FROM task k JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id
        WHERE ${taskIsShown} GROUP BY t.course_id
      )
      SELECT person.id, taken.*, done.* FROM unnest($1::uuid[]) AS person (id)
        CROSS JOIN LATERAL (
          SELECT coalesce(array_agg(c.title ORDER BY e.enrolled_at, c.title), '{}') AS courses, coalesce(sum(o.tasks), 0)::int AS tasks
          FROM enrolment e JOIN course c ON c.id = e.course_id LEFT JOIN offered o ON o.course_id = c.id
          WHERE e.person_id = person.id AND ${isShown('c')}
        ) taken
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS solved
          FROM task_progress g JOIN task k ON k.id = g.task_id JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id
            JOIN enrolment e ON e.course_id = c.id AND e.person_id = g.person_id
          WHERE g.person_id = person.id AND g.solved_at IS NOT NULL AND ${taskIsShown}
        ) done`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

function toStudentRowDto(row: StudentRow, work: WorkRow | undefined): StudentRowDto {
  return {
    id: row.id,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    phone: row.phone,
    registeredAt: row.registered_at.toISOString(),
    lastActiveAt: row.last_active_at?.toISOString() ?? null,
    verified: row.verified,
    blocked: row.blocked,
    courses: work?.courses ?? [],
    tasks: { done: work?.solved ?? 0, total: work?.tasks ?? 0 },
  };
}
