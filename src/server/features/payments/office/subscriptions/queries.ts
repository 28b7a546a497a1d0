import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import { paymentProviders, paymentsPageSize } from '#shared/payments.ts';
import type { SubscriptionRowDto, subscriptionsDto, subscriptionsInput } from '#shared/payments-office.ts';
import type { App } from '../../../../platform/app.ts';
import { parameters, searchTerms, termCondition } from '../../../people/students/list/rules.ts';
import { known } from '../../state.ts';
import { subscriptionSelect, toSubscriptionDto } from '../../subscriptions/queries.ts';
import { toPerson } from '../list/queries.ts';
import { fromCursor, lists, type Place, toCursor } from './rules.ts';

interface FoundRow {
  id: string;
  /** Text: it may be infinite. */
  at: string;
}

/** Paged by what comes next: the next charge, or the end. Two statements. @throws AppError INPUT_INVALID for a cursor of another list */
export async function listSubscriptions(app: App, input: z.output<typeof subscriptionsInput>): Promise<z.output<typeof subscriptionsDto>> {
  const { filter, search, cursor } = input;
  const after = cursor ? fromCursor(filter, cursor) : null;
  if (cursor && !after) throw AppError.invalid({ field: 'cursor', code: 'invalid' });
  const found = await findSubscriptions(app, { filter, search }, after);
  const shown = found.slice(0, paymentsPageSize);
  const last = shown.at(-1);
  const rows = await app.db.subscription.findMany({
    where: { id: { in: shown.map(({ id }) => id) } },
    select: {
      ...subscriptionSelect,
      provider: true,
      periods: true,
      tries: true,
      endReason: true,
      person: { select: { id: true, firstName: true, lastName: true, email: true } },
    },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    items: shown.flatMap(({ id }): SubscriptionRowDto[] => {
      const row = byId.get(id);
      if (!row) return [];
      const { provider, periods, tries, endReason, person } = row;
      return [
        { ...toSubscriptionDto(row), provider: known(paymentProviders, provider), periods, tries, endReason, person: toPerson(person) },
      ];
    }),
    nextCursor: found.length > paymentsPageSize && last ? toCursor([filter, last.at, last.id]) : null,
  };
}

/** One more than a page holds. Each search is planned with its values. */
async function findSubscriptions(
  app: App,
  { filter, search }: Pick<z.output<typeof subscriptionsInput>, 'filter' | 'search'>,
  after: Place | null,
): Promise<FoundRow[]> {
  const bound = parameters();
  const { where, column, order } = lists[filter];
  const conditions = [where];
  const terms = searchTerms(search);
  if (terms.length > 0) {
    const fits = terms.map((term) => termCondition(term, bound)).join(' AND ');
    conditions.push(`s.person_id IN (SELECT p.id FROM person p WHERE ${fits})`);
  }
  if (after)
    conditions.push(`(${column}, s.id) ${order === 'ASC' ? '>' : '<'} (${bound.add(after[1])}::timestamptz, ${bound.add(after[2])}::uuid)`);
  const { rows } = await app.pool.query<FoundRow>({
    text: `SELECT s.id, CASE WHEN isfinite(${column}) THEN to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') ELSE ${column}::text END AS at
      FROM subscription s WHERE ${conditions.join(' AND ')} ORDER BY ${column} ${order}, s.id ${order} LIMIT ${bound.add(paymentsPageSize + 1)}`,
    values: bound.values,
  });
  return rows;
}
