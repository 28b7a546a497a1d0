/**
 * Keeps a number of calls a second, as the other side counts them. A call counts from its beginning until a second after its answer: it was taken
 * somewhere in between, so whatever second the other side looks at, it never saw more than allowed. Calls are spread evenly, not sent in bursts.
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

interface Waiting {
  weight: number;
  begin(): void;
}

export function createPace(perSecond: number, now: () => number = () => performance.now()): Pace {
  const most = Math.max(1, Math.floor(perSecond));
  const stepMs = windowMs / most;
  const replies: Waiting[] = [];
  const notices: Waiting[] = [];
  /** When what was answered stops to count, oldest first. */
  const answered: { until: number; weight: number }[] = [];
  /** Weights of calls without an answer yet, and of those whose answer is younger than a second. */
  let open = 0;
  let recent = 0;
  let nextAt = 0;
  let timer: NodeJS.Timeout | undefined;

  function counted(at: number): number {
    for (let first = answered[0]; first && first.until <= at; first = answered[0]) {
      recent -= first.weight;
      answered.shift();
    }
    return open + recent;
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
      if (before > 0 && before + first.weight > most) {
        // Otherwise an answer is waited for, which looks again.
        if (answered[0]) lookAgain(answered[0].until - at);
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
      try {
        return await call();
      } finally {
        open -= weight;
        recent += weight;
        answered.push({ until: now() + windowMs, weight });
        look();
      }
    },
  };
}
