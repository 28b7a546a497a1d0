import * as z from 'zod';
import { isNearInstant } from '#shared/storable.ts';

/** The last answer of a page: its day and its id. */
const place = z.tuple([z.iso.date().refine(isNearInstant), z.string().regex(/^\d{1,18}$/)]);

export function toAnswerCursor({ day, id }: { day: string; id: string }): string {
  return Buffer.from(JSON.stringify([day, id])).toString('base64url');
}

/** Null: not one of ours. */
export function answerCursor(cursor: string): { day: string; id: string } | null {
  try {
    const [day, id] = place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { day, id };
  } catch {
    return null;
  }
}
