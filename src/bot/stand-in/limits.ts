/** Telegram's limits of sending: over all in any second, and per chat one a second after a short burst. */
export interface Limits {
  /** Takes room for so many messages; or says how many seconds to wait. */
  take(chatId: number, count: number): { retryAfter: number; ignored: boolean } | null;
  /** Refuses everything in one chat, or everywhere, for so long. */
  pause(chatId: number | 'all', seconds: number): void;
  /** The most that were taken within any second. */
  peak(): number;
}

interface Pause {
  from: number;
  until: number;
}

/** What comes so soon after a 429 may have been under way when it was said. */
const underWayMs = 300;

export function createLimits({ perSecond, burst, now }: { perSecond: number; burst: number; now: () => number }): Limits {
  /** Instants of what was taken in the last second, oldest first from `first` on. */
  let taken: number[] = [];
  let first = 0;
  let peak = 0;
  const rooms = new Map<number, { left: number; at: number }>();
  const pauses = new Map<number | 'all', Pause>();

  function pausedFor(scope: number | 'all', at: number) {
    const pause = pauses.get(scope);
    if (!pause) return null;
    if (at >= pause.until) {
      pauses.delete(scope);
      return null;
    }
    return { retryAfter: Math.ceil((pause.until - at) / 1000), ignored: at - pause.from > underWayMs };
  }

  function refuse(scope: number | 'all', at: number, waitMs: number) {
    const retryAfter = Math.max(1, Math.ceil(waitMs / 1000));
    pauses.set(scope, { from: at, until: at + retryAfter * 1000 });
    return { retryAfter, ignored: false };
  }

  function forgetOld(at: number) {
    while (first < taken.length && (taken[first] ?? at) <= at - 1000) first += 1;
    if (first < 4096) return;
    taken = taken.slice(first);
    first = 0;
  }

  return {
    take(chatId, count) {
      const at = now();
      const paused = pausedFor('all', at) ?? pausedFor(chatId, at);
      if (paused) return paused;
      forgetOld(at);
      const over = taken.length - first + count - perSecond;
      if (over > 0) return refuse('all', at, (taken[first + over - 1] ?? at) + 1000 - at);
      const room = rooms.get(chatId) ?? { left: burst, at };
      const left = Math.min(burst, room.left + (at - room.at) / 1000);
      // An album is let into an empty chat, however short the burst: it could never be sent otherwise.
      if (left < Math.min(count, burst)) return refuse(chatId, at, (Math.min(count, burst) - left) * 1000);
      rooms.set(chatId, { left: left - count, at });
      for (let index = 0; index < count; index++) taken.push(at);
      peak = Math.max(peak, taken.length - first);
      return null;
    },
    pause(scope, seconds) {
      const at = now();
      pauses.set(scope, { from: at, until: at + seconds * 1000 });
    },
    peak: () => peak,
  };
}
