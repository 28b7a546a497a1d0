import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import { paymentsPageSize } from '#shared/payments.ts';
import type { PaymentRowDto, PaymentsListInput, paymentsListDto } from '#shared/payments-office.ts';
import type { App } from '../../../../platform/app.ts';
import { parameters } from '../../../people/students/list/rules.ts';
import { orderSelect, toOrderDto } from '../../orders/queries.ts';
import { attentionOrders, filterConditions, fromCursor, type Place, toCursor, wantedBy, wantedOrders } from './rules.ts';

type Filter = Pick<PaymentsListInput, 'filter' | 'provider' | 'courseId' | 'personId' | 'search'>;

interface FoundRow {
  id: string;
  at: Date;
  attention: boolean;
}

/**
 * Ids of a page, newest first, each with whether it wants a person. Not prepared by name: a plan that has to fit every filter fits none, so each is
 * planned with its values.
 */
export async function findOrders(app: App, filter: Filter, after: Place | null, limit: number): Promise<FoundRow[]> {
  const bound = parameters();
  const now = app.clock.now();
  const conditions = filterConditions(filter, now, bound);
  const wanted = wantedBy(filter.search);
  if (wanted) conditions.push(`o.id IN (${wantedOrders(wanted, bound)})`);
  if (after) conditions.push(`(o.created_at, o.id) < (${bound.add(after[0])}::timestamptz, ${bound.add(after[1])}::uuid)`);
  const { rows } = await app.pool.query<FoundRow>({
    text: `WITH page AS MATERIALIZED (
        SELECT o.id, o.created_at FROM payment_order o ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
        ORDER BY o.created_at DESC, o.id DESC LIMIT ${bound.add(limit)}
      )
      SELECT page.id, page.created_at AS at, page.id IN (${attentionOrders(now, bound)}) AS attention FROM page ORDER BY page.created_at DESC, page.id DESC`,
    values: bound.values,
  });
  return rows;
}

/** The rows of found orders, in their order. */
export async function readOrders(app: App, found: FoundRow[]): Promise<PaymentRowDto[]> {
  const rows = await app.db.paymentOrder.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    select: { ...orderSelect, person: { select: { id: true, firstName: true, lastName: true, email: true } } },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const now = app.clock.now();
  return found.flatMap(({ id, attention }) => {
    const row = byId.get(id);
    return row ? [toRowDto(toOrderDto(row, now), row.person, attention)] : [];
  });
}

function toRowDto(order: ReturnType<typeof toOrderDto>, person: PersonRow | null, attention: boolean): PaymentRowDto {
  const { id, number, title, plan, provider, amountMinor, refundedMinor, currency, view } = order;
  return {
    id,
    number,
    at: order.paidAt ?? order.createdAt,
    person: toPerson(person),
    title,
    plan,
    provider,
    amountMinor,
    refundedMinor,
    currency,
    view,
    attention,
  };
}

interface PersonRow {
  id: string;
  firstName: string;
  lastName: string;
  email: string;
}

/** Whose it is, as the office names people. */
export const toPerson = (row: PersonRow | null): PaymentRowDto['person'] =>
  row && { id: row.id, name: `${row.lastName} ${row.firstName}`, email: row.email };

/** @throws AppError INPUT_INVALID for a cursor of another list */
export async function listPayments(app: App, input: PaymentsListInput): Promise<z.output<typeof paymentsListDto>> {
  const after = input.cursor ? fromCursor(input.cursor) : null;
  if (input.cursor && !after) throw AppError.invalid({ field: 'cursor', code: 'invalid' });
  const found = await findOrders(app, input, after, paymentsPageSize + 1);
  const shown = found.slice(0, paymentsPageSize);
  const last = shown.at(-1);
  return {
    items: await readOrders(app, shown),
    nextCursor: found.length > paymentsPageSize && last ? toCursor([last.at.toISOString(), last.id]) : null,
  };
}
