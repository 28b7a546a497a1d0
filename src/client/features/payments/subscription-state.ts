import type { SubscriptionDto } from '#shared/payments.ts';

/**
 * What a subscription is to whoever has it: `charging`: nothing can be done for a moment; `due`: a charge was declined; `running`; `cancelled`: no more
 * charges, see `isResumable`; `over`.
 */
export type SubscriptionStanding = 'charging' | 'due' | 'running' | 'cancelled' | 'over';

export function standingOf({ state, charging, cancelledAt }: SubscriptionDto): SubscriptionStanding {
  if (state === 'ended') return 'over';
  // A charge that is at the bank while it was cancelled changes nothing about that.
  if (cancelledAt !== null) return 'cancelled';
  if (charging) return 'charging';
  return state === 'past_due' ? 'due' : 'running';
}

/** The last moment of the course by this subscription, where it is still to come. Of one that has ended only the server knows it: money may have gone back. */
export function openUntil({ state, paidUntil, openUntil: told }: SubscriptionDto, now: number): string | null {
  const until = state === 'ended' ? told : (told ?? paidUntil);
  return until !== null && Date.parse(until) > now ? until : null;
}

/** May it be taken back? Only while a month is paid, and from the card that is still there. */
export function isResumable(subscription: SubscriptionDto, now: number): boolean {
  const { state, mask, paidUntil } = subscription;
  return (
    standingOf(subscription) === 'cancelled' && state === 'active' && mask !== null && paidUntil !== null && Date.parse(paidUntil) > now
  );
}
