import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import { type InboxCountsDto, type InboxPageDto, type InboxRowDto, type inboxInput, inboxPageSize } from '#shared/inbox.ts';
import { studentFilterInput } from '#shared/students.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { taskNumber } from '../../courses/visible.ts';
import { findFirstStudents } from '../../people/students/list/queries.ts';
import {
  mayHoldSlip,
  parameters,
  type SearchTerm,
  type StatementParameters,
  searchTerms,
  termCondition,
} from '../../people/students/list/rules.ts';
import { excerptOf, excerptSource } from '../excerpts/rules.ts';
import { getUnread } from '../queries.ts';
import { unreadOfStudent } from '../unread.ts';
import { type InboxPlace, inboxCursor, inboxOrders, toHolderDto, toInboxCursor } from './rules.ts';

/** Threads beyond these are not counted: nobody reads the number. */
const threadCap = 1000;

interface InboxRow {
  id: string;
  kind: 'task' | 'support';
  at: Date;
  student_id: string;
  first_name: string;
  last_name: string;
  blocked: boolean;
  task: InboxRowDto['task'];
  body: string | null;
  files: number | null;
  by_teacher: boolean | null;
  last_at: Date;
  waiting_since: Date | null;
  closed: boolean;
  held_by_id: string | null;
  held_until: Date | null;
  holder_name: string | null;
  unread: number;
}

type Asked = z.output<typeof inboxInput>;
/** Whose threads: of those whose names, addresses or phones fit, or of some by id. */
type Whose = { terms: SearchTerm[] } | { students: string[] };

/**
 * A page of students' threads. One statement; where a search finds nobody by the letters, those whose names are nearly the same are looked for, too.
 * @throws AppError INPUT_INVALID for a cursor of another order
 */
export async function listInbox(app: App, actor: PersonActor, input: Asked): Promise<InboxPageDto> {
  const after = input.cursor ? inboxCursor(input.filter, input.cursor) : null;
  if (input.cursor && !after) throw AppError.invalid({ field: 'cursor', code: 'invalid' });
  const terms = searchTerms(input.search);
  const rows = await readPage(app, actor, input, { terms }, after);
  const now = app.clock.now();
  if (rows.length === 0 && !after && terms.some(mayHoldSlip)) {
    const like = await readPage(app, actor, input, { students: await findSimilar(app, input.search, terms) }, null);
    return { rows: like.slice(0, inboxPageSize).map((row) => toInboxRowDto(actor, row, now)), nextCursor: null };
  }
  const shown = rows.slice(0, inboxPageSize);
  const last = shown.at(-1);
  return {
    rows: shown.map((row) => toInboxRowDto(actor, row, now)),
    nextCursor: rows.length > inboxPageSize && last ? toInboxCursor(input.filter, last) : null,
  };
}

/** Students whose names are nearly what was typed, where nobody's are just that. As in the list of students. */
async function findSimilar(app: App, typed: string, terms: SearchTerm[]): Promise<string[]> {
  const filter = studentFilterInput.parse({ q: typed });
  const { rows, similar } = await findFirstStudents(app, { filter, terms, courseId: null }, 1);
  return similar ? rows.map(({ id }) => id) : [];
}

/**
 * The page is cut out first, over the order's own index; only its rows are looked at closely. Not prepared by name: a plan that has to fit every
 * filter and search fits none, so each is planned with its values.
 */
async function readPage(app: App, actor: PersonActor, input: Asked, whose: Whose, after: InboxPlace | null): Promise<InboxRow[]> {
  const { column, oldestFirst } = inboxOrders[input.filter];
  const direction = oldestFirst ? 'ASC' : 'DESC';
  const { values, add } = parameters();
  const me = add(actor.id);
  const conditions = conditionsOf(input, whose, after, { values, add });
  const { rows } = await app.pool.query<InboxRow>({
    text: `WITH page AS MATERIALIZED (
        SELECT t.*, ${column} AS at, p.first_name, p.last_name, p.blocked_at
        FROM chat_thread t JOIN person p ON p.id = t.student_id
        WHERE ${me}::uuid IS NOT NULL AND ${conditions.join(' AND ')}
        ORDER BY ${column} ${direction}, t.id ${direction} LIMIT ${add(inboxPageSize + 1)}
      )
      SELECT t.id, t.kind, t.at, t.student_id, t.first_name, t.last_name, t.blocked_at IS NOT NULL AS blocked, t.last_at, t.waiting_since,
        t.closed_at IS NOT NULL AS closed, t.held_by_id, t.held_until, h.first_name || ' ' || h.last_name AS holder_name,
        CASE WHEN k.id IS NOT NULL THEN json_build_object('id', k.id, 'number', ${taskNumber}, 'examNumber', k.exam_number,
          'topicTitle', o.title, 'courseTitle', c.title) END AS task,
        m.body, m.by_teacher, (SELECT count(*)::int FROM chat_file f WHERE f.thread_id = t.id AND f.seq = m.seq) AS files,
        ${unreadOfStudent('t', `${me}::uuid`)} AS unread
      FROM page t LEFT JOIN person h ON h.id = t.held_by_id
        LEFT JOIN task k ON k.id = t.task_id LEFT JOIN topic o ON o.id = k.topic_id LEFT JOIN course c ON c.id = o.course_id
        LEFT JOIN LATERAL (SELECT n.seq, left(n.body, ${excerptSource}) AS body, n.by_teacher FROM chat_message n
          WHERE n.thread_id = t.id AND n.kind = 'text' AND n.deleted_at IS NULL ORDER BY n.seq DESC LIMIT 1) m ON true
      ORDER BY t.at ${direction}, t.id ${direction}`,
    values,
  });
  return rows;
}

function conditionsOf(
  { filter, courseId, kind }: Asked,
  whose: Whose,
  after: InboxPlace | null,
  { values, add }: StatementParameters,
): string[] {
  const { where, column, oldestFirst } = inboxOrders[filter];
  // Rooms have no student, and are not joined.
  const conditions = [where];
  if ('students' in whose) conditions.push(`t.student_id = ANY(${add(whose.students)}::uuid[])`);
  else conditions.push(...whose.terms.map((term) => termCondition(term, { values, add })));
  if (kind) conditions.push(`t.kind = ${add(kind)}::chat_kind`);
  if (courseId)
    conditions.push(
      `t.task_id IN (SELECT ck.id FROM task ck JOIN topic ct ON ct.id = ck.topic_id WHERE ct.course_id = ${add(courseId)}::uuid)`,
    );
  if (after) conditions.push(`(${column}, t.id) ${oldestFirst ? '>' : '<'} (${add(after.at)}::timestamptz, ${add(after.id)}::uuid)`);
  return conditions;
}

function toInboxRowDto(actor: PersonActor, row: InboxRow, now: Date): InboxRowDto {
  return {
    threadId: row.id,
    kind: row.kind,
    student: { id: row.student_id, firstName: row.first_name, lastName: row.last_name, blocked: row.blocked },
    task: row.task,
    excerpt: excerptOf(row.body ?? ''),
    files: row.files ?? 0,
    lastByTeacher: row.by_teacher ?? false,
    lastAt: row.last_at.toISOString(),
    waitingSince: row.waiting_since?.toISOString() ?? null,
    holder: toHolderDto(actor, { heldById: row.held_by_id, heldUntil: row.held_until, holderName: row.holder_name }, now),
    closed: row.closed,
    unread: row.unread,
  };
}

/** How many threads are in the filters that say so, up to `threadCap`. Two statements. */
export async function countInbox(app: App, actor: PersonActor): Promise<InboxCountsDto> {
  const capped = (where: string) => `(SELECT count(*)::int FROM (SELECT FROM chat_thread t WHERE ${where} LIMIT ${threadCap}) capped)`;
  const [{ rows }, unread] = await Promise.all([
    app.pool.query<{ waiting: number; mine: number }>({
      name: 'inbox-counts',
      text: `SELECT ${capped(inboxOrders.waiting.where)} AS waiting, ${capped(inboxOrders.mine.where)} AS mine`,
      values: [actor.id],
    }),
    getUnread(app, actor),
  ]);
  const { waiting, mine } = rows[0] ?? { waiting: 0, mine: 0 };
  return { waiting, mine, rooms: unread.threads };
}
