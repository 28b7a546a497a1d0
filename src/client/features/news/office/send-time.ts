import { instantOf, isDay, isTime } from '#shared/wall-clock.ts';

/** When it is to go, as two fields have it. */
export interface SendTime {
  later: boolean;
  on: string;
  time: string;
}

/** By the school's clocks. Null: now. `problem`: no time at all, or one that is over. */
export function sendAtOf({ later, on, time }: SendTime, zone: string, now: number): { at: string | null } | { problem: 'wrong' | 'past' } {
  if (!later) return { at: null };
  if (!isDay(on) || !isTime(time)) return { problem: 'wrong' };
  const at = instantOf(on, time, zone);
  return at.getTime() <= now ? { problem: 'past' } : { at: at.toISOString() };
}
