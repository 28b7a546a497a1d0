import type * as z from 'zod';
import type { PaymentRowDto } from '#shared/payments-office.ts';
import type { App } from '../../../../platform/app.ts';
import { findOrders, readOrders } from '../list/queries.ts';
import type { Place } from '../list/rules.ts';
import type { exportFilter } from './rules.ts';

const pageSize = 500;

/** All orders that the list would show under this filter, in its order. */
export async function* exportOrders(app: App, filter: z.output<typeof exportFilter>): AsyncGenerator<PaymentRowDto[]> {
  let after: Place | null = null;
  for (;;) {
    const found = await findOrders(app, filter, after, pageSize);
    const last = found.at(-1);
    if (!last) return;
    yield await readOrders(app, found);
    if (found.length < pageSize) return;
    after = [last.at.toISOString(), last.id];
  }
}
