import type { PaymentState } from '#shared/payments.ts';
import type { PaymentSnapshot } from '../../../platform/payments.ts';

/** What was asked for. */
export interface Asked {
  amountMinor: number;
  currency: string;
  test: boolean;
  /** Whom the provider was told; null: the account is gone. */
  personId: string | null;
}

export const misfits = ['test', 'currency', 'amount', 'customer', 'person-gone', 'course-gone'] as const;
export type Misfit = (typeof misfits)[number];

/**
 * What of a payment does not fit what was asked; the first is the reason why it is held. Compared with the attempt as it was written, never with a price of
 * today. Once something was given back T-Bank names what is left, so that less than was asked tells nothing any more.
 */
export function misfitsOf(asked: Asked, told: PaymentSnapshot): Misfit[] {
  const found: Misfit[] = [];
  if (told.test && !asked.test) found.push('test');
  if (told.currency !== asked.currency) found.push('currency');
  if (told.state === 'captured' ? told.amountMinor !== asked.amountMinor : told.amountMinor > asked.amountMinor) found.push('amount');
  if (told.customerId !== null && asked.personId !== null && told.customerId !== asked.personId) found.push('customer');
  return found;
}

/** When it was paid, by the provider's clock as far as that can be: not before it was begun, and not in the future. */
export function paidAtOf({ createdAt }: { createdAt: Date }, { at }: Pick<PaymentSnapshot, 'at'>, now: Date): Date {
  return at === null || at > now ? now : at < createdAt ? createdAt : at;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Behind the end of a page the provider may need some time to say how it ended. */
const watchedAfterMs = hourMs;
/** So long a bank may hold money that it does not take; what became of a charge it tells no longer either. */
const longestMs = 8 * 24 * hourMs;
/** Nothing is waited for by itself. */
const known: readonly PaymentState[] = ['captured', 'partly_refunded', 'refunded', 'voided', 'expired'];
/** Minutes between two questions. */
const pace = [3, 5, 10, 15, 30];

/**
 * When the provider is asked next what became of an attempt. Null: not any more.
 * @param attempt `inDoubt`: a call for it was sent, and its outcome is not known; `checks`: how often it was asked
 */
export function nextCheckAt(
  attempt: { state: PaymentState; inDoubt: boolean; expiresAt: Date; createdAt: Date; checks: number },
  now: Date,
): Date | null {
  const { state, inDoubt, expiresAt, createdAt, checks } = attempt;
  if (known.includes(state)) return null;
  const last = state === 'authorized' || inDoubt ? createdAt.getTime() + longestMs : expiresAt.getTime() + watchedAfterMs;
  if (now.getTime() >= last) return null;
  const minutes = pace[checks] ?? (checks < 20 ? 30 : 180);
  return new Date(Math.min(now.getTime() + minutes * minuteMs, last));
}
