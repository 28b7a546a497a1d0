import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import { type historyDto, type historyInput, paymentsPageSize } from '#shared/payments.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { orderSelect, toOrderDto } from '../orders/queries.ts';
import { historyCursor, toHistoryCursor } from './rules.ts';

/** Orders of this person, newest first. @throws AppError INPUT_INVALID for a cursor that is none */
export async function listHistory(
  app: App,
  actor: PersonActor,
  input: z.output<typeof historyInput>,
): Promise<z.output<typeof historyDto>> {
  const after = input.cursor ? historyCursor(input.cursor) : null;
  if (input.cursor && !after) throw AppError.invalid({ field: 'cursor', code: 'invalid' });
  const behind = after && { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }] };
  const rows = await app.db.paymentOrder.findMany({
    where: { personId: actor.id, ...behind },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: paymentsPageSize + 1,
    select: orderSelect,
  });
  const page = rows.slice(0, paymentsPageSize);
  const last = page.at(-1);
  const now = app.clock.now();
  return {
    items: page.map((row) => toOrderDto(row, now)),
    nextCursor: rows.length > paymentsPageSize && last ? toHistoryCursor({ at: last.createdAt, id: last.id }) : null,
  };
}
