import { openUntil } from '../subscriptions/rules.ts';

export interface LiveSubscription {
  /** Null: nothing is paid yet. */
  paidUntil: Date | null;
  cancelledAt: Date | null;
}

/**
 * Until when a course is somebody's by what they paid. Undefined: not at all; null: for good. A subscription that goes on keeps it open for the grace
 * behind what is paid, so that a card that is declined once closes nothing.
 * @param untils of rights that were not taken back
 */
export function enrolledUntilBy(
  untils: readonly (Date | null)[],
  subscription: LiveSubscription | null,
  now: Date,
): Date | null | undefined {
  if (untils.includes(null)) return null;
  const ends = untils.map((until) => until?.getTime() ?? 0);
  // Without a right there is nothing to lengthen: its money went back.
  if (ends.length > 0 && subscription?.paidUntil && !subscription.cancelledAt) ends.push(openUntil(subscription.paidUntil).getTime());
  const end = Math.max(0, ...ends);
  return end > now.getTime() ? new Date(end) : undefined;
}
