import {
  type AuditActorDto,
  type AuditEntryDto,
  type AuditPageDto,
  auditActions,
  auditPageSize,
  type ListAuditInput,
} from '#shared/audit.ts';
import type { App } from '../../platform/app.ts';
import { searchKey } from '../people/students/list/rules.ts';
import { changesOf } from './rules.ts';
import { findThings, type Thing } from './things.ts';

interface EntryRow {
  id: string;
  at: Date;
  actor: string;
  action: string;
  subject: string;
  label: string;
  before: unknown;
  after: unknown;
}

/** A page of the journal, newest first. Two statements. */
export async function listAudit(app: App, input: ListAuditInput): Promise<AuditPageDto> {
  const { where, values, order } = conditionsOf(app, input);
  const { rows } = await app.pool.query<EntryRow>(
    `SELECT e.id::text, e.at, e.actor, e.action, e.subject, e.label, e.before, e.after FROM audit_entry e
    ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY ${order} LIMIT ${auditPageSize + 1}`,
    values,
  );
  const shown = rows.slice(0, auditPageSize);
  const things = await findThings(
    app,
    shown.flatMap(({ actor, subject }) => [actor, subject]),
  );
  return {
    entries: shown.map((row) => toEntryDto(row, things)),
    nextCursor: rows.length > auditPageSize ? (shown.at(-1)?.id ?? null) : null,
  };
}

const lowerLabel = 'lower(e.label COLLATE "ru-x-icu")';
/** As the index of the migration «journal_search» has it, word by word. */
const labelKey = `translate(${lowerLabel}, 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя', 'abvgdeejziiklmnoprstufhcxwwqyqeua')`;

function conditionsOf(app: App, { actor, kind, action, subject, from, to, text, cursor }: ListAuditInput) {
  const where: string[] = [];
  const values: unknown[] = [];
  // Days are a part of the index over time, and read in its order; by their ids they would be looked for from the newest entry on.
  const byTime = from !== undefined || to !== undefined;
  const add = (condition: (parameter: string) => string, value: unknown) => {
    values.push(value);
    where.push(condition(`$${values.length}`));
  };
  // Few are named instead of many: a team is small, and the newest entries of others are found on the way back through the journal.
  if (actor === 'students')
    where.push(`e.actor <> ALL (ARRAY(SELECT p.id::text FROM person p WHERE p.role = 'moderator') || ARRAY['cli', 'system'])`);
  else if (actor) add((p) => `e.actor = ${p}`, actor);
  if (kind) {
    const codes = Object.entries(auditActions).flatMap(([code, about]) => (about === kind ? [code] : []));
    add((p) => `e.action = ANY(${p})`, codes);
  }
  if (action) add((p) => `e.action = ${p}`, action);
  if (subject) add((p) => `e.subject = ${p}`, subject);
  if (from || to) {
    const zone = values.push(app.config.schoolTimeZone);
    const midnight = (p: string, days: number) => `((${p}::date + ${days})::timestamp AT TIME ZONE $${zone})`;
    if (from) add((p) => `e.at >= ${midnight(p, 0)}`, from);
    if (to) add((p) => `e.at < ${midnight(p, 1)}`, to);
  }
  if (text) {
    // A name, not a pattern: what people type is looked for as it is. The index knows the letters as Latin ones only.
    const typed = text.toLowerCase().replace(/[\\%_]/g, '\\$&');
    add((p) => `${labelKey} LIKE ${p}`, `%${searchKey(typed)}%`);
    add((p) => `${lowerLabel} LIKE ${p}`, `%${typed}%`);
  }
  if (cursor) {
    const before = (p: string) =>
      byTime ? `(e.at, e.id) < (SELECT c.at, c.id FROM audit_entry c WHERE c.id = ${p}::bigint)` : `e.id < ${p}::bigint`;
    add(before, cursor);
  }
  return { where, values, order: byTime ? 'e.at DESC, e.id DESC' : 'e.id DESC' };
}

function toEntryDto(row: EntryRow, things: Map<string, Thing>): AuditEntryDto {
  const thing = things.get(row.subject);
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor:
      row.actor === 'cli' || row.actor === 'system'
        ? { kind: row.actor }
        : { kind: 'person', id: row.actor, name: things.get(row.actor)?.name ?? null },
    action: row.action,
    subject: row.subject,
    label: row.label || (thing?.name ?? ''),
    href: thing ? hrefOf(thing, row.action) : null,
    changes: changesOf(row.before, row.after),
  };
}

/** The page on which the deed is seen: the text where a text was published, else the thing's own. */
function hrefOf({ kind, id, slug, name }: Thing, action: string): string | null {
  switch (kind) {
    case 'task':
      return `/admin/tasks/${id}`;
    case 'topic':
      return action.startsWith('theory.') ? `/admin/theory/${id}` : `/admin/courses/${slug}`;
    case 'course':
      return action.startsWith('description.') ? `/admin/descriptions/${id}` : `/admin/courses/${slug}`;
    case 'exam':
      return `/admin/exams/${id}`;
    case 'work':
      return `/admin/review/${id}`;
    case 'student':
      return `/admin/students/${id}`;
    case 'thread':
      return `/admin/inbox/${id}`;
    case 'room':
      return `/admin/rooms/${id}`;
    case 'template':
      return '/admin/templates';
    case 'faq':
      return `/admin/faq/${id}`;
    case 'faq-category':
      return '/admin/faq';
    case 'news':
      return `/admin/news/${id}`;
    case 'payment':
      return `/admin/payments/${id}`;
    case 'subscription':
      return `/admin/payments/subscriptions?${subscriptionSearch(slug ?? '')}`;
    case 'issue':
      return slug === 'resolved' ? '/admin/payments/issues?show=resolved' : '/admin/payments/issues';
    case 'promo':
      return `/admin/payments/promo?${new URLSearchParams({ q: name })}`;
    case 'moderator':
      return null;
  }
}

/** «cancelled anna@example.ru» → where the list shows that one. */
function subscriptionSearch(place: string): URLSearchParams {
  const [filter = '', email = ''] = place.split(' ');
  return new URLSearchParams({ ...(email && { q: email }), filter });
}

/** Who may stand in the filter: a team is small. */
export async function listAuditActors(app: App): Promise<AuditActorDto[]> {
  const rows = await app.db.person.findMany({
    where: { role: 'moderator' },
    orderBy: [{ lastName: 'asc' }, { firstName: 'asc' }, { id: 'asc' }],
    take: 500,
    select: { id: true, firstName: true, lastName: true },
  });
  return rows.map(({ id, firstName, lastName }) => ({ id, name: `${firstName} ${lastName}` }));
}
