import * as z from 'zod';
import { isNearInstant } from '#shared/storable.ts';

/** The last order of a page: when it was made, and its id. */
const place = z.tuple([z.iso.datetime().refine(isNearInstant), z.uuid()]);

export function toHistoryCursor({ at, id }: { at: Date; id: string }): string {
  return Buffer.from(JSON.stringify([at.toISOString(), id])).toString('base64url');
}

/** Null: not one of ours. */
export function historyCursor(cursor: string): { at: Date; id: string } | null {
  try {
    const [at, id] = place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { at: new Date(at), id };
  } catch {
    return null;
  }
}
