/** What of a list is on the screen while the list itself goes on changing. */

interface Row {
  threadId: string;
}

interface Merge<T extends Row> {
  /** What is on the screen, in its order. */
  shown: readonly T[];
  /** What the server has now. */
  fresh: readonly T[];
  /** Somebody points at a row or has the focus in the list: no row may move. */
  still: boolean;
  /** The thread that is open: it keeps its row, also when it no longer belongs here. */
  openId: string | undefined;
}

export interface Merged<T extends Row> {
  rows: T[];
  /** Rows that are not shown yet, because they would push others. */
  held: number;
  /** Something else is not as the server has it: rows that are gone, or stand elsewhere by now. */
  stale: boolean;
}

/**
 * While the list is to keep still, rows only change in their places, and what comes after the last of them is added; everything else waits.
 * Otherwise it is what the server has, with the row of the open thread where it stood.
 */
export function mergeRows<T extends Row>({ shown, fresh, still, openId }: Merge<T>): Merged<T> {
  if (!still || shown.length === 0) return { rows: withOpen(shown, fresh, openId), held: 0, stale: false };
  const now = new Map(fresh.map((row) => [row.threadId, row]));
  const known = new Set(shown.map(({ threadId }) => threadId));
  const kept = shown.map((row) => now.get(row.threadId) ?? row);
  const lastKnown = fresh.findLastIndex(({ threadId }) => known.has(threadId));
  const added = fresh.slice(lastKnown + 1);
  const held = fresh.slice(0, lastKnown + 1).filter(({ threadId }) => !known.has(threadId)).length;
  const there = kept.filter(({ threadId }) => now.has(threadId)).map(({ threadId }) => threadId);
  const order = fresh.filter(({ threadId }) => known.has(threadId)).map(({ threadId }) => threadId);
  const gone = kept.some(({ threadId }) => !now.has(threadId) && threadId !== openId);
  return { rows: [...kept, ...added], held, stale: gone || there.some((id, at) => id !== order[at]) };
}

function withOpen<T extends Row>(shown: readonly T[], fresh: readonly T[], openId: string | undefined): T[] {
  const at = shown.findIndex(({ threadId }) => threadId === openId);
  const open = shown[at];
  if (!open || fresh.some(({ threadId }) => threadId === openId)) return [...fresh];
  // After the nearest row above it that is still there.
  const above = shown.slice(0, at).findLast(({ threadId }) => fresh.some((row) => row.threadId === threadId));
  const place = above ? fresh.findIndex(({ threadId }) => threadId === above.threadId) + 1 : 0;
  return [...fresh.slice(0, place), open, ...fresh.slice(place)];
}

/** The row that a step of the keyboard leads to; at the ends one stays. */
export function stepFrom(ids: readonly string[], from: string | undefined, step: 1 | -1): string | undefined {
  const at = from === undefined ? -1 : ids.indexOf(from);
  if (at < 0) return step === 1 ? ids[0] : ids.at(-1);
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))];
}
