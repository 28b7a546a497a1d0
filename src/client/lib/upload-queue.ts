import type { WireError } from '#shared/errors.ts';
import type { UploadPurpose } from '#shared/upload-rules.ts';

/** How an upload stands, as pure state: what is shown of it, and which of them may be on their way. */
export type UploadPhase =
  /** For its turn. */
  | 'waiting'
  | 'sending'
  /** All bytes are there; the server looks at them. */
  | 'checking'
  | 'paused'
  /** The connection is lost; it goes on by itself. */
  | 'interrupted'
  /** Goes on after signing in again. */
  | 'signed-out'
  | 'done'
  | 'refused';

export interface UploadItem {
  id: string;
  purpose: UploadPurpose;
  subjectId: string | null;
  name: string;
  size: number;
  /** Bytes that arrived. */
  sent: number;
  phase: UploadPhase;
  /** Of a refused one. */
  refusal: WireError | null;
}

export type UploadEvent =
  | { kind: 'started' }
  | { kind: 'progress'; sent: number }
  | { kind: 'lost' }
  | { kind: 'session-ended' }
  | { kind: 'paused' }
  | { kind: 'ready' }
  | { kind: 'arrived' }
  | { kind: 'refused'; refusal: WireError };

const over: readonly UploadPhase[] = ['done', 'refused'];
const underWay: readonly UploadPhase[] = ['sending', 'checking'];

/** At most so many at once: more only share the same line. */
const together = 3;

export const isOver = (item: UploadItem): boolean => over.includes(item.phase);

/** Is it for the list at the foot of the office? What its own page shows is not shown twice, and an import ends with its page. */
export const isForTray = ({ purpose, subjectId }: UploadItem, shownInPlace: readonly string[]): boolean =>
  purpose !== 'import' && (subjectId === null || !shownInPlace.includes(subjectId));

/** May it be stopped for a while? What has arrived whole is past that. */
export const canPause = (item: UploadItem): boolean => !isOver(item) && item.phase !== 'paused' && item.phase !== 'checking';

/** The item after an event. An event that comes too late (progress of one that was paused) changes nothing. */
export function stepped(item: UploadItem, event: UploadEvent): UploadItem {
  if (isOver(item)) return item;
  switch (event.kind) {
    case 'started':
      return item.phase === 'waiting' ? { ...item, phase: 'sending' } : item;
    case 'progress':
      return underWay.includes(item.phase) ? { ...item, ...progress(item, event.sent) } : item;
    case 'lost':
      return underWay.includes(item.phase) ? { ...item, phase: 'interrupted' } : item;
    case 'session-ended':
      return item.phase === 'paused' ? item : { ...item, phase: 'signed-out' };
    case 'paused':
      return canPause(item) ? { ...item, phase: 'paused' } : item;
    case 'ready':
      return underWay.includes(item.phase) ? item : { ...item, phase: 'waiting' };
    case 'arrived':
      return { ...item, phase: 'done', sent: item.size };
    case 'refused':
      return { ...item, phase: 'refused', refusal: event.refusal };
  }
}

function progress(item: UploadItem, sent: number): Pick<UploadItem, 'sent' | 'phase'> {
  const bounded = Math.min(item.size, Math.max(0, sent));
  return { sent: bounded, phase: bounded === item.size && item.size > 0 ? 'checking' : 'sending' };
}

/** Those whose turn has come, first come first served. */
export function toStart(items: readonly UploadItem[]): string[] {
  const free = together - items.filter(({ phase }) => underWay.includes(phase)).length;
  return items
    .filter(({ phase }) => phase === 'waiting')
    .slice(0, Math.max(0, free))
    .map(({ id }) => id);
}

export type Failure = 'retry' | 'sign-in' | 'gone' | 'refused';

/** What an answer that was no success means. `status` 0: none came. */
export function failureOf(status: number, error: WireError | null): Failure {
  if (error?.code === 'FILES_REFUSED') return 'refused';
  if (status === 401) return 'sign-in';
  if (status === 404 || status === 410) return 'gone';
  if (status === 0 || status >= 500 || [408, 409, 423, 425, 429].includes(status)) return 'retry';
  return 'refused';
}

/** Milliseconds until the next try after so many failures in a row. */
export function retryDelay(failures: number): number {
  return Math.min(30_000, 1000 * 2 ** Math.max(0, failures - 1));
}
