import * as z from 'zod';
import type { subscriptionFilters } from '#shared/payments-office.ts';

type Filter = (typeof subscriptionFilters)[number];

/**
 * What is listed, and by what comes next: the next charge, the end of what is paid, or, of those that are over, the newest end. Conditions and columns
 * are those of the indexes `subscription_running`, `subscription_cancelled` and `subscription_over`.
 */
export const lists: Record<Filter, { where: string; column: string; order: 'ASC' | 'DESC' }> = {
  active: {
    where: `s.state = 'active' AND s.cancelled_at IS NULL AND s.state IN ('active', 'past_due')`,
    column: `coalesce(s.next_charge_at, 'infinity'::timestamptz)`,
    order: 'ASC',
  },
  past_due: {
    where: `s.state = 'past_due' AND s.cancelled_at IS NULL AND s.state IN ('active', 'past_due')`,
    column: `coalesce(s.next_charge_at, 'infinity'::timestamptz)`,
    order: 'ASC',
  },
  cancelled: {
    where: `s.cancelled_at IS NOT NULL AND s.state IN ('active', 'past_due')`,
    column: `coalesce(s.paid_until, 'infinity'::timestamptz)`,
    order: 'ASC',
  },
  ended: { where: `s.state = 'ended'`, column: `coalesce(s.ended_at, '-infinity'::timestamptz)`, order: 'DESC' },
};

/** Behind which row a page begins: the instant as the database writes it in UTC, which may be infinite, and the id. */
export type Place = [filter: Filter, at: string, id: string];

const instant = z.string().regex(/^(-?infinity|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/);

export function toCursor(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Null: no cursor of this list. */
export function fromCursor(filter: Filter, cursor: string): Place | null {
  try {
    return z.tuple([z.literal(filter), instant, z.uuid()]).parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return null;
  }
}
