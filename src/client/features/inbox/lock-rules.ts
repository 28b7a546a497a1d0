import { chatLockMinutes } from '#shared/inbox.ts';

/** Whose a thread is just now: nobody else may answer until then. */
export interface Holder {
  name: string;
  mine: boolean;
  until: string;
}

const lockMs = chatLockMinutes * 60_000;
/** While somebody writes on, the lock is asked for anew this often at most. */
const renewEveryMs = 5 * 60_000;
/** After an answer that did not come, or that said no. */
const againMs = 10_000;

/** The holder, while their time lasts. */
export function holderAt<T extends Holder>(holder: T | null, now: number): T | null {
  return holder && Date.parse(holder.until) > now ? holder : null;
}

/**
 * What a key pressed in the field asks of the server.
 * @param askedAt when it was asked last; null: not yet
 */
export function lockCall(holder: Holder | null, now: number, askedAt: number | null): 'take' | 'renew' | null {
  if (askedAt !== null && now - askedAt < againMs) return null;
  const live = holderAt(holder, now);
  if (!live) return 'take';
  if (!live.mine) return null;
  return Date.parse(live.until) - now <= lockMs - renewEveryMs ? 'renew' : null;
}

/** Seconds for a sentence: never «0 минут», and never more than a lock lasts, whatever this device's clock says. */
export function secondsLeft(until: string, now: number): number {
  return Math.min(lockMs / 1000, Math.max(60, (Date.parse(until) - now) / 1000));
}
