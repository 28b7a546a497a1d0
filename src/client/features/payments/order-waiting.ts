import type { OrderView } from '#shared/payments.ts';

/** Since when one waits, in seconds, and how often the server is asked then. A hint of the server comes before that; this is for when it does not. */
const pace: readonly [fromSeconds: number, everySeconds: number][] = [
  [0, 2],
  [60, 5],
  [300, 15],
];

/** When the bank itself is asked, in seconds from the start of waiting: its message may be late, or lost. */
export const bankAskedAt = [0, 10, 30, 60, 120, 300] as const;
/** From then on it is said that one need not wait here. */
export const longAfterMs = { opening: 10_000, checking: 60_000 } as const;
/** Whoever came back without paying is not told for longer that a payment is being checked. */
export const cameBackForMs = 20_000;

/** Milliseconds until the order is read again; false: nothing is to come. */
export function askAgainIn(view: OrderView | undefined, cameBack: boolean, waitedMs: number): number | false {
  if (view === undefined) return false;
  if (view === 'opening') return waitedMs < 15_000 ? 1000 : 3000;
  if (view === 'checking' || (view === 'to-pay' && cameBack)) {
    const [, every] = pace.findLast(([from]) => waitedMs >= from * 1000) ?? [0, 2];
    return every * 1000;
  }
  // It may be paid in another tab or on the phone.
  return view === 'to-pay' ? 10_000 : false;
}
