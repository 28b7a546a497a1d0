import * as z from 'zod';
import { isNearInstant } from '#shared/storable.ts';
import { excerptOf } from '../chat/excerpts/rules.ts';

/** The beginning of an announcement as a line of plain text, which ends with a word. @param body Markdown, or its beginning */
export function excerptOfNews(body: string): string {
  return excerptOf(body).replace(/[\s–,:;(«]+[^\s]{0,40}…$/u, '…');
}

/** Where a list has come to: an instant, and the id of the announcement. */
export interface NewsPlace {
  at: string;
  id: string;
}

const place = z.strictObject({ at: z.iso.datetime().refine(isNearInstant), id: z.uuid() });

export function toNewsCursor(reached: NewsPlace): string {
  return Buffer.from(JSON.stringify(reached)).toString('base64url');
}

/** Null: not one of ours. */
export function fromNewsCursor(cursor: string): NewsPlace | null {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return null;
  }
}
