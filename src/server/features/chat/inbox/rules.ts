import * as z from 'zod';
import type { HolderDto, InboxFilter } from '#shared/inbox.ts';
import { isNearInstant } from '#shared/storable.ts';
import type { PersonActor } from '../../../platform/app.ts';

export interface Holding {
  heldById: string | null;
  heldUntil: Date | null;
  /** Of whoever holds it. */
  holderName: string | null;
}

/** Who answers the thread at this moment. A lock that ran out, and one of an account that is gone, are none. */
export function toHolderDto(actor: Pick<PersonActor, 'id'>, { heldById, heldUntil, holderName }: Holding, now: Date): HolderDto | null {
  if (heldById === null || heldUntil === null || heldUntil <= now) return null;
  return { id: heldById, name: holderName ?? '', mine: heldById === actor.id, until: heldUntil.toISOString() };
}

/** The last row of a page: the instant it is sorted by, and its id. */
export interface InboxPlace {
  at: Date;
  id: string;
}

/** How each filter goes through the threads `t`: its own column has an index with the id behind it. */
export const inboxOrders: Record<InboxFilter, { where: string; column: string; oldestFirst: boolean }> = {
  waiting: { where: 't.waiting_since IS NOT NULL', column: 't.waiting_since', oldestFirst: true },
  mine: { where: 't.assignee_id = $1 AND t.closed_at IS NULL AND t.last_at IS NOT NULL', column: 't.last_at', oldestFirst: false },
  all: { where: 't.closed_at IS NULL AND t.last_at IS NOT NULL', column: 't.last_at', oldestFirst: false },
  closed: { where: 't.closed_at IS NOT NULL AND t.last_at IS NOT NULL', column: 't.closed_at', oldestFirst: false },
};

const place = z.tuple([z.enum(['waiting_since', 'last_at', 'closed_at']), z.iso.datetime().refine(isNearInstant), z.uuid()]);
const columnOf = (filter: InboxFilter) => inboxOrders[filter].column.slice(2);

/** Names the column it stands for: a place among the waiting is none among the closed. */
export function toInboxCursor(filter: InboxFilter, { at, id }: InboxPlace): string {
  return Buffer.from(JSON.stringify([columnOf(filter), at.toISOString(), id])).toString('base64url');
}

/** Null: no cursor that this filter has made. */
export function inboxCursor(filter: InboxFilter, cursor: string): InboxPlace | null {
  try {
    const [column, at, id] = place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    const instant = new Date(at);
    // The database has no instants beyond these.
    const known = instant.getUTCFullYear() >= 1900 && instant.getUTCFullYear() <= 2200;
    return column === columnOf(filter) && known ? { at: instant, id } : null;
  } catch {
    return null;
  }
}
