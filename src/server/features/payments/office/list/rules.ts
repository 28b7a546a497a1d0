import * as z from 'zod';
import { paymentProviders } from '#shared/payments.ts';
import type { PaymentsListInput } from '#shared/payments-office.ts';
import { isNearInstant } from '#shared/storable.ts';
import { type SearchTerm, type StatementParameters, searchTerms, termCondition } from '../../../people/students/list/rules.ts';

/** Behind which order a page begins: when it was made, and its id. */
export type Place = [at: string, id: string];

const place = z.tuple([z.iso.datetime().refine(isNearInstant), z.uuid()]);

export function toCursor(at: Place): string {
  return Buffer.from(JSON.stringify(at)).toString('base64url');
}

/** Null: no cursor of this list. */
export function fromCursor(cursor: string): Place | null {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return null;
  }
}

/** What somebody may mean by what they typed: of each there may be some, and whatever fits is found. */
export interface Wanted {
  /** Of the order: «1024», «№ 1024». */
  number: number | null;
  /** Of the order, or of the attempt: what the provider calls OrderId. */
  id: string | null;
  /** Of the payment at the provider. */
  providerPaymentId: string | null;
  email: string | null;
  /** Of the person. */
  terms: SearchTerm[];
}

const mostNumber = 2_147_483_647;
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Null: nothing was typed. */
export function wantedBy(typed: string): Wanted | null {
  const text = typed.trim();
  if (text === '') return null;
  const bare = text.replace(/^(№|#|no\.?|n)\s*/i, '').replaceAll(/\s/g, '');
  if (uuid.test(bare)) return { number: null, id: bare.toLowerCase(), providerPaymentId: bare, email: null, terms: [] };
  if (/^\d+$/.test(bare)) {
    const number = Number(bare);
    return { number: number <= mostNumber ? number : null, id: null, providerPaymentId: bare, email: null, terms: [] };
  }
  const email = /^[^\s@]+@[^\s@]+$/.test(text) ? text.toLowerCase() : null;
  return { number: null, id: null, providerPaymentId: /^[\w-]{6,64}$/.test(text) ? text : null, email, terms: searchTerms(text) };
}

/** Ids of the orders that are meant: each way is an index of its own, which a chain of ORs could not use. */
export function wantedOrders(wanted: Wanted, parameters: StatementParameters): string {
  const { add } = parameters;
  const ways: string[] = [];
  if (wanted.number !== null) ways.push(`SELECT n.id FROM payment_order n WHERE n.number = ${add(wanted.number)}`);
  if (wanted.id) {
    const id = add(wanted.id);
    ways.push(
      `SELECT n.id FROM payment_order n WHERE n.id = ${id}::uuid`,
      `SELECT a.order_id FROM payment_attempt a WHERE a.id = ${id}::uuid`,
    );
  }
  if (wanted.providerPaymentId)
    ways.push(`SELECT a.order_id FROM payment_attempt a
      WHERE a.provider = ANY(${add([...paymentProviders])}::text[]) AND a.provider_payment_id = ${add(wanted.providerPaymentId)}`);
  if (wanted.email) ways.push(`SELECT n.id FROM payment_order n WHERE lower(n.email) = ${add(wanted.email)}`);
  if (wanted.terms.length > 0)
    ways.push(`SELECT n.id FROM person p JOIN payment_order n ON n.person_id = p.id
      WHERE ${wanted.terms.map((term) => termCondition(term, parameters)).join(' AND ')}`);
  return ways.length > 0 ? ways.join(' UNION ') : 'SELECT n.id FROM payment_order n WHERE false';
}

/** How long a call to a provider may be without an answer before somebody should look. */
const doubtMs = 60 * 60_000;

/**
 * Orders that want a person: something does not fit, an outcome is not known for an hour, or an issue is open. All three are few at any time and have
 * indexes of their own.
 */
export function attentionOrders(now: Date, { add }: StatementParameters): string {
  return `SELECT a.order_id FROM payment_attempt a WHERE (a.held_reason IS NOT NULL OR a.sent_at IS NOT NULL)
      AND ((a.held_reason IS NOT NULL AND a.captured_minor > a.refunded_minor) OR a.sent_at < ${add(new Date(now.getTime() - doubtMs))})
    UNION SELECT a.order_id FROM payment_issue i JOIN payment_attempt a ON a.id = i.attempt_id WHERE i.resolved_at IS NULL`;
}

type Narrowing = Pick<PaymentsListInput, 'filter' | 'provider' | 'courseId' | 'personId'>;

/** The filter over order `o`, without what is searched for. */
export function filterConditions(
  { filter, provider, courseId, personId }: Narrowing,
  now: Date,
  parameters: StatementParameters,
): string[] {
  const { add } = parameters;
  const conditions: string[] = [];
  if (filter === 'paid') conditions.push(`o.state = 'paid'`);
  if (filter === 'open') conditions.push(`o.state = 'open'`);
  if (filter === 'declined')
    conditions.push(`o.state <> 'paid' AND o.id IN (SELECT a.order_id FROM payment_attempt a WHERE a.state = 'failed')`);
  if (filter === 'refunded') conditions.push('o.id IN (SELECT a.order_id FROM payment_attempt a WHERE a.refunded_minor > 0)');
  if (filter === 'attention') conditions.push(`o.id IN (${attentionOrders(now, parameters)})`);
  if (provider) conditions.push(`EXISTS (SELECT 1 FROM payment_attempt a WHERE a.order_id = o.id AND a.provider = ${add(provider)})`);
  if (courseId) conditions.push(`o.course_id = ${add(courseId)}::uuid`);
  if (personId) conditions.push(`o.person_id = ${add(personId)}::uuid`);
  return conditions;
}
