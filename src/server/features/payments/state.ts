import type { DeclineClass, OrderView, PaymentState } from '#shared/payments.ts';

const ranks: Record<PaymentState, number> = {
  created: 0,
  opened: 1,
  failed: 2,
  expired: 2,
  authorized: 3,
  voided: 4,
  captured: 5,
  partly_refunded: 6,
  refunded: 7,
};

/**
 * Messages come late and in any order: an attempt only ever moves up. Those that ended without money lie below money, which may come all the same; one
 * that was withdrawn lies above held money, which it lets go.
 */
export function rankOf(state: PaymentState): number {
  return ranks[state];
}

/** Money was taken, whatever became of it since. */
export function isCaptured(state: PaymentState): boolean {
  return ranks[state] >= ranks.captured;
}

/** Money that is not there yet may still come of it by itself: its page may be open, or a charge on its way. */
export function isLive({ state, payUrl, sentAt }: { state: PaymentState; payUrl: string | null; sentAt: Date | null }): boolean {
  return (
    state === 'created' ||
    state === 'opened' ||
    state === 'authorized' ||
    (ranks[state] < ranks.authorized && (payUrl !== null || sentAt !== null))
  );
}

export interface ViewedAttempt {
  state: PaymentState;
  kind: string;
  payUrl: string | null;
  heldReason: string | null;
  sentAt: Date | null;
  capturedMinor: number;
  refundedMinor: number;
  /** It paid an order that was paid already: it goes back by itself, and is not what the order is looked at by. */
  double: boolean;
}

export interface ViewedOrder {
  state: 'open' | 'paid' | 'closed';
  closedReason: string | null;
  expiresAt: Date;
}

/** What an order looks like to its buyer. @param attempts newest first */
export function orderView(order: ViewedOrder, attempts: readonly ViewedAttempt[], now: Date): OrderView {
  if (order.state === 'paid') {
    const paying = attempts.filter(({ state, double }) => isCaptured(state) && !double);
    // One that cost nothing has no attempts, and nothing to be given back.
    return paying.length > 0 && paying.every(({ capturedMinor, refundedMinor }) => refundedMinor >= capturedMinor) ? 'refunded' : 'paid';
  }
  if (attempts.some(({ heldReason, state }) => heldReason !== null && state !== 'refunded')) return 'held';
  // Money that came and bought nothing here: it was given back, or is about to be.
  if (attempts.some(({ state }) => isCaptured(state))) return 'refunded';
  if (attempts.some(({ state, kind, sentAt }) => state === 'authorized' || (kind === 'saved' && sentAt !== null))) return 'checking';
  const [latest] = attempts;
  if (order.state === 'closed') return latest && order.closedReason === 'declined' ? 'declined' : 'closed';
  if (order.expiresAt <= now || latest?.state === 'expired' || latest?.state === 'voided') return 'closed';
  if (latest?.state === 'failed') return 'declined';
  if (latest?.kind === 'saved') return 'checking';
  return latest?.state === 'opened' && latest.payUrl !== null ? 'to-pay' : 'opening';
}

/** Why the latest try was declined. */
export function declineOf(attempts: readonly { state: PaymentState; declineClass: string | null }[]): DeclineClass | null {
  const [latest] = attempts;
  // Written from `declineClasses` only.
  return latest?.state === 'failed' ? ((latest.declineClass ?? 'other') as DeclineClass) : null;
}

/** A word of the database that is one of a list. */
export function known<T extends string>(list: readonly T[], word: string): T {
  const found = list.find((one) => one === word);
  if (found === undefined) throw new Error(`«${word}» is none of ${list.join(', ')}`);
  return found;
}
