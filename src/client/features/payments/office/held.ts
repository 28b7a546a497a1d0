import type { AttemptDto, PaymentDetailsDto } from '#shared/payments-office.ts';

/** Does somebody have to say what becomes of a payment that does not fit? Not where its money has gone back, or is about to. */
export function isUndecided({ heldReason, state, refunds }: Pick<AttemptDto, 'heldReason' | 'state' | 'refunds'>): boolean {
  if (heldReason === null || state === 'refunded' || state === 'voided') return false;
  return !refunds.some((refund) => refund.state === 'waiting' || refund.state === 'sent');
}

export type Decision = 'accept' | 'back' | 'refuse';

/** What can be decided: money that nobody or nothing is there for cannot be taken, and a test card brought none. */
export function decisionsOn({ heldReason, capturedMinor }: Pick<AttemptDto, 'heldReason' | 'capturedMinor'>): Decision[] {
  if (capturedMinor === 0) return ['refuse'];
  return heldReason === 'person-gone' || heldReason === 'course-gone' ? ['back'] : ['accept', 'back'];
}

/** A course that was bought, and none of whose money is with the school any more: no refund could close it. */
export function mayBeClosed(
  {
    entitlement,
    attempts,
  }: { entitlement: PaymentDetailsDto['entitlement']; attempts: Pick<AttemptDto, 'capturedMinor' | 'refundedMinor'>[] },
  now = Date.now(),
): boolean {
  if (!entitlement || entitlement.endedAt !== null || (entitlement.until !== null && Date.parse(entitlement.until) <= now)) return false;
  return attempts.every(({ capturedMinor, refundedMinor }) => refundedMinor >= capturedMinor);
}
