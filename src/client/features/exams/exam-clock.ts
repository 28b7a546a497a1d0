/** How far two readings may differ before the newer one counts: answers take their time on the way. */
const tolerance = 400;

/**
 * The server's clock, kept going by a stopwatch: whatever is done to the clock of this device, the time left stays what it is. A stopwatch may stand still while
 * a device sleeps, so every answer of the server sets it anew.
 */
export function createExamClock(stopwatch: () => number = () => performance.now()) {
  let anchor: { server: number; at: number } | null = null;
  const now = () => (anchor ? anchor.server + stopwatch() - anchor.at : Date.now());
  return {
    now,
    stopwatch,
    /** `askedAt` and `answeredAt` are readings of the stopwatch around the request that brought `serverTime`. */
    set(serverTime: string, askedAt: number, answeredAt: number = stopwatch()): void {
      const travel = answeredAt - askedAt;
      const server = Date.parse(serverTime) + travel / 2;
      const off = anchor === null ? Number.POSITIVE_INFINITY : Math.abs(server - (anchor.server + answeredAt - anchor.at));
      if (off > tolerance + travel / 2) anchor = { server, at: answeredAt };
    },
  };
}

export type ExamClock = ReturnType<typeof createExamClock>;
