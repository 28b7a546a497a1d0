/**
 * Keeps a number of calls a second, as the other side counts them. A call was taken somewhere between its beginning and its answer, so it counts from
 * its beginning until a second after its answer, less what no call can do without: the way there of the next one and the way back of this one. That is
 * known from the fastest of the last calls, so that only what round trips differ by costs anything. Whatever second the other side looks at, it
 * never saw more than allowed. Calls are spread evenly, not sent in bursts.
 */
export interface Pace {
  /**
   * Makes the call in its turn. A `reply` to somebody who waits goes before all that is a `notice`.
   * @param weight how many calls the other side takes it for
   */
  through<T>(kind: 'reply' | 'notice', call: () => Promise<T>, weight?: number): Promise<T>;
}

const windowMs = 1_000;
/** How far behind its even steps it may catch up, as far as the second has room: late timers and a busy processor would cost a part of the rate. */
const catchUpMs = 300;
/** Of the fastest round trip, what a call and the answer of another one take together for sure: enough even where the way is twice as fast at once. */
const sureShare = 0.75;
/** How many calls, and of how long ago, tell how fast the way is. Fewer than `fewest` tell nothing. */
const known = { most: 100, fewest: 10, ms: 10_000 } as const;

interface Waiting {
  weight: number;
  begin(): void;
}

export function createPace(perSecond: number, now: () => number = () => performance.now()): Pace {
  const most = Math.max(1, Math.floor(perSecond));
  const stepMs = windowMs / most;
  const replies: Waiting[] = [];
  const notices: Waiting[] = [];
  /** What was answered in the last second, oldest first. */
  const answered: { at: number; weight: number }[] = [];
  /** How long the last calls took, oldest first. */
  const trips: { at: number; ms: number }[] = [];
  /** Weights of calls without an answer yet. */
  let open = 0;
  let nextAt = 0;
  let timer: NodeJS.Timeout | undefined;

  /** How long an answered call still counts. */
  function countsMs(at: number): number {
    while (trips[0] && (trips.length > known.most || trips[0].at <= at - known.ms)) trips.shift();
    if (trips.length < known.fewest) return windowMs;
    return Math.max(windowMs / 2, windowMs - sureShare * Math.min(...trips.map(({ ms }) => ms)));
  }

  /** What counts at this instant, and when the oldest of what was answered stops to; null: nothing was. */
  function counted(at: number): { weight: number; until: number | null } {
    const forMs = countsMs(at);
    // Kept for a whole second: the next call may show that the way is faster than it was thought.
    while (answered[0] && answered[0].at + windowMs <= at) answered.shift();
    const counting = answered.filter((call) => call.at + forMs > at);
    const weight = counting.reduce((sum, call) => sum + call.weight, open);
    return { weight, until: counting[0] ? counting[0].at + forMs : null };
  }

  function look(): void {
    clearTimeout(timer);
    timer = undefined;
    for (;;) {
      const queue = replies.length > 0 ? replies : notices;
      const first = queue[0];
      if (!first) return;
      const at = now();
      if (at < nextAt) {
        lookAgain(nextAt - at);
        return;
      }
      const before = counted(at);
      // What weighs more than a whole second has to go some day, too.
      if (before.weight > 0 && before.weight + first.weight > most) {
        // Otherwise an answer is waited for, which looks again.
        if (before.until !== null) lookAgain(before.until - at);
        return;
      }
      queue.shift();
      open += first.weight;
      nextAt = Math.max(nextAt, at - catchUpMs) + stepMs * first.weight;
      first.begin();
    }
  }

  function lookAgain(ms: number): void {
    timer = setTimeout(look, Math.max(0, ms));
  }

  return {
    async through(kind, call, weight = 1) {
      await new Promise<void>((resolve) => {
        (kind === 'reply' ? replies : notices).push({ weight, begin: resolve });
        look();
      });
      const begunAt = now();
      try {
        return await call();
      } finally {
        const at = now();
        open -= weight;
        answered.push({ at, weight });
        trips.push({ at, ms: at - begunAt });
        look();
      }
    },
  };
}
