import type { PaymentState } from '#shared/payments.ts';

/**
 * T-Bank's words for how a payment stands. Money has come with CONFIRMED and not before; what goes back leaves it captured until it has arrived.
 * What is not listed (UNKNOWN, a new word) counts for nothing and is asked again.
 */
const states = new Map<string, PaymentState>(
  Object.entries({
    NEW: 'opened',
    FORM_SHOWED: 'opened',
    PREAUTHORIZING: 'opened',
    AUTHORIZING: 'opened',
    '3DS_CHECKING': 'opened',
    '3DS_CHECKED': 'opened',
    PAY_CHECKING: 'opened',
    CHECKING: 'opened',
    CHECKED: 'opened',
    PROCESSING: 'opened',
    AUTHORIZED: 'authorized',
    CONFIRMING: 'authorized',
    REVERSING: 'authorized',
    PARTIAL_REVERSED: 'authorized',
    CONFIRMED: 'captured',
    REFUNDING: 'captured',
    ASYNC_REFUNDING: 'captured',
    PARTIAL_REFUNDED: 'partly_refunded',
    REFUNDED: 'refunded',
    REVERSED: 'voided',
    CANCELED: 'voided',
    REJECTED: 'failed',
    AUTH_FAIL: 'failed',
    DEADLINE_EXPIRED: 'expired',
    ATTEMPTS_EXPIRED: 'expired',
  }),
);

export const stateOf = (status: string): PaymentState => states.get(status) ?? 'opened';

/** Nobody has begun to pay, so it can be withdrawn. */
export const isUntouched = (status: string): boolean => status === 'NEW' || status === 'FORM_SHOWED';

/** Money is on its way back. */
export const isGivingBack = (status: string): boolean => status === 'REFUNDING' || status === 'ASYNC_REFUNDING' || status === 'REVERSING';

/** Nothing can be paid any more, and nothing was. */
export const isOver = (status: string): boolean => ['failed', 'expired', 'voided'].includes(stateOf(status));

/** Nothing, or not told: messages name the sum of one refund, and an answer may name what is left. REFUNDED needs no sum. */
export const refundedBy = (status: string): 0 | null =>
  isGivingBack(status) || status === 'PARTIAL_REFUNDED' || status === 'REFUNDED' ? null : 0;
