import type { OfferDto, PaymentPlan } from '#shared/payments.ts';

/**
 * How the course may be paid for, in the order in which it is offered. Whoever has it for a while may still buy it for good; by the month only where no
 * subscription runs, for a cancelled one is taken back and not begun anew.
 */
export function plansOf({ once, month, owned, subscription }: OfferDto): PaymentPlan[] {
  if (owned && (owned.how !== 'paid' || owned.until === null)) return [];
  const subscribed = subscription !== null && subscription.state !== 'ended';
  return [...(once === null ? [] : (['once'] as const)), ...(month === null || subscribed ? [] : (['month'] as const))];
}

/** A course paid by the month that is now bought for good: the charges end with that. Those of a cancelled one have ended already. */
export function replacesSubscription({ subscription }: OfferDto, plan: PaymentPlan): boolean {
  return plan === 'once' && subscription !== null && subscription.state !== 'ended' && subscription.cancelledAt === null;
}

/** The days behind a month that could not be charged: the course is open, and not paid. */
export function isMonthDue({ subscription }: Pick<OfferDto, 'subscription'>): boolean {
  return subscription?.state === 'past_due' && subscription.cancelledAt === null;
}
