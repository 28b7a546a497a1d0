import * as z from 'zod';
import { isNearInstant } from '#shared/storable.ts';

/** Where the list has come to. */
export interface ListPlace {
  rank: number;
  at: string;
  id: string;
}

const place = z.strictObject({ rank: z.int().min(0).max(9), at: z.iso.datetime().refine(isNearInstant), id: z.uuid() });

export function toListCursor(reached: ListPlace): string {
  return Buffer.from(JSON.stringify(reached)).toString('base64url');
}

/** Null: not one of ours. */
export function fromListCursor(cursor: string): ListPlace | null {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return null;
  }
}
