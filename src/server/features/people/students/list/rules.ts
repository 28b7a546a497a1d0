import * as z from 'zod';
import { isNearInstant, storableText } from '#shared/storable.ts';
import type { StudentActivity, StudentFilter, StudentSort } from '#shared/students.ts';

/** A piece of what was typed into the search field. All of them have to fit. */
export type SearchTerm = { kind: 'word'; text: string } | { kind: 'digits'; text: string; international: string | null };

const termLimit = 8;
const phonePiece = /^[+\d()\-‐‑–—./]+$/;

/**
 * Reads a search as people type it: any order, any case, ё or е, an address with its angle brackets out of a letter, a phone with spaces, brackets
 * and an 8 in front.
 */
export function searchTerms(typed: string): SearchTerm[] {
  const pieces = typed
    .toWellFormed()
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[\p{C}<>,;"«»„“”|]/gu, ' ')
    .split(/\s+/)
    .filter(Boolean);
  const terms: SearchTerm[] = [];
  let phone = '';
  const endPhone = () => {
    const digits = phone.replace(/\D/g, '');
    // Stored as +7…: at home people begin with 8.
    const international = phone.startsWith('+') ? `+${digits}` : /^8\d{3}/.test(digits) ? `+7${digits.slice(1)}` : null;
    if (digits) terms.push({ kind: 'digits', text: digits, international });
    phone = '';
  };
  for (const piece of pieces) {
    if (phonePiece.test(piece)) {
      phone += piece;
      continue;
    }
    endPhone();
    const text = piece.replace(/^[('’.]+|[)'’.:!?]+$/g, '');
    if (text) terms.push({ kind: 'word', text });
  }
  endPhone();
  return terms.slice(0, termLimit);
}

const cyrillic = 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя';
const latin = 'abvgdeejziiklmnoprstufhcxwwqyqeua';

/** As the database makes `search_key` of `search_text` (see the model). */
export function searchKey(text: string): string {
  return text.replace(/[а-яё]/g, (letter) => latin[cyrillic.indexOf(letter)] ?? letter);
}

/** A text as a piece of a LIKE pattern: % and _ are what they are. */
const literal = (text: string) => text.replace(/[\\%_]/g, '\\$&');

/** Collects the values of a statement: `add` gives the placeholder. */
export function parameters() {
  const values: unknown[] = [];
  return { values, add: (value: unknown) => `$${values.push(value)}` };
}
export type StatementParameters = ReturnType<typeof parameters>;

/** Person `p` fits a term. The index knows the key only; what it finds has to fit letter by letter as well. */
export function termCondition(term: SearchTerm, { add }: StatementParameters): string {
  if (term.kind === 'digits') {
    if (term.international === null) return `p.search_key LIKE ${add(`%${term.text}%`)}`;
    const found = `p.search_key LIKE ${add(`%${term.international}%`)}`;
    // With a plus, or whole: then it can be nothing else. Otherwise «8916» may as well stand in the middle of a number.
    const sure = term.international === `+${term.text}` || term.text.length > 10;
    return sure ? found : `(${found} OR p.search_key LIKE ${add(`%${term.text}%`)})`;
  }
  const [key, text] = [literal(searchKey(term.text)), literal(term.text)];
  if ([...term.text].length > 2) return `(p.search_key LIKE ${add(`%${key}%`)} AND p.search_text LIKE ${add(`%${text}%`)})`;
  // One or two letters are the beginning of a word: anywhere inside they would find nearly everybody, and the index nobody.
  const begins = (column: string, start: string) => `(p.${column} LIKE ${add(`${start}%`)} OR p.${column} LIKE ${add(`% ${start}%`)})`;
  return `(${begins('search_key', key)} AND ${begins('search_text', text)})`;
}

/** Words long enough to have slips in them. */
export const mayHoldSlip = (term: SearchTerm) => term.kind === 'word' && [...term.text].length > 2;

/** What may be asked for besides what the list offers. `idle7`: those who never answered are among them. */
export type Activity = StudentActivity | 'idle7';
export type ListFilter = Omit<StudentFilter, 'activity'> & { activity: Activity | null };

const dayMs = 86_400_000;
const activityConditions: Record<Activity, (before: (days: number) => string) => string> = {
  active7: (before) => `p.last_active_at >= ${before(7)}`,
  active30: (before) => `p.last_active_at >= ${before(30)}`,
  inactive14: (before) => `p.last_active_at < ${before(14)}`,
  never: () => 'p.last_active_at IS NULL',
  idle7: (before) => `(p.last_active_at < ${before(7)} OR p.last_active_at IS NULL)`,
};

/** The filter without its search, over person `p`. */
export function filterConditions(
  filter: Pick<ListFilter, 'activity' | 'state'>,
  courseId: string | null,
  now: Date,
  { add }: StatementParameters,
) {
  const conditions = [`p.role = 'student'`];
  if (courseId) conditions.push(`EXISTS (SELECT 1 FROM enrolment e WHERE e.person_id = p.id AND e.course_id = ${add(courseId)})`);
  if (filter.activity) conditions.push(activityConditions[filter.activity]((days) => add(new Date(now.getTime() - days * dayMs))));
  if (filter.state === 'blocked') conditions.push('p.blocked_at IS NOT NULL');
  if (filter.state === 'unverified') conditions.push('p.email_verified_at IS NULL');
  return conditions;
}

/** Whom the list has reached: the values it is sorted by, the id last. An instant that is null: never active. */
export type Place = (string | null)[];

const instant = z.iso.datetime().refine(isNearInstant);
const name = z.string().max(400).transform(storableText);
const places: Record<StudentSort, z.ZodType<Place>> = {
  registered: z.tuple([instant, z.uuid()]),
  name: z.tuple([name, name, z.uuid()]),
  active: z.tuple([instant.nullable(), z.uuid()]),
};

export function toCursor(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Null: no cursor that this order has made. */
export function fromCursor(sort: StudentSort, cursor: string): Place | null {
  try {
    return places[sort].parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return null;
  }
}

const sortColumns: Record<StudentSort, string[]> = {
  registered: ['p.registered_at', 'p.id'],
  name: ['p.last_name', 'p.first_name', 'p.id'],
  active: ['p.last_active_at', 'p.id'],
};

/** Columns of the order, each with its direction: an index has them the same way. */
export function orderBy(sort: StudentSort, order: StudentFilter['order']): string {
  return sortColumns[sort].map((column) => `${column} ${order}`).join(', ');
}

/** Behind a place, in the given order. */
export function behind(sort: StudentSort, order: StudentFilter['order'], place: Place, { add }: StatementParameters): string {
  const sign = order === 'asc' ? '>' : '<';
  // Among those who never were active only the id tells.
  if (place[0] === null) return `p.id ${sign} ${add(place[1])}::uuid`;
  const types = sort === 'name' ? ['text', 'text', 'uuid'] : ['timestamptz', 'uuid'];
  return `(${sortColumns[sort].join(', ')}) ${sign} (${place.map((value, index) => `${add(value)}::${types[index]}`).join(', ')})`;
}

/** Ordered by activity, those who never were come as a part of their own: an index keeps them at the end that PostgreSQL gives to nulls. */
export function partsOf(filter: Pick<ListFilter, 'sort' | 'order' | 'activity'>): ('all' | 'active' | 'never')[] {
  if (filter.sort !== 'active') return ['all'];
  if (filter.activity === 'never') return ['never'];
  if (filter.activity && filter.activity !== 'idle7') return ['active'];
  return filter.order === 'desc' ? ['active', 'never'] : ['never', 'active'];
}
