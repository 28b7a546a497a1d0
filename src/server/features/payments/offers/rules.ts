import type { PaymentPlan } from '#shared/payments.ts';
import { isEnrolled } from '../../courses/rules.ts';

export interface Owning {
  role: 'student' | 'moderator';
  /** Prices; 0: not sold so. */
  once: number;
  month: number;
  enrolment: { how: string; endsAt: Date | null } | null;
}

export type Owned = { how: 'free' | 'granted' | 'paid'; until: Date | null };

/** What somebody has of a course without paying again. Null: nothing. */
export function ownedOf({ role, once, month, enrolment }: Owning, now: Date): Owned | null {
  // Moderators see every course; there is nothing to be bought.
  if ((once === 0 && month === 0) || role === 'moderator') return { how: 'free', until: null };
  if (!enrolment || !isEnrolled(enrolment.endsAt ?? forGood, now)) return null;
  const { how, endsAt } = enrolment;
  return { how: how === 'paid' || how === 'granted' ? how : 'free', until: endsAt };
}

const forGood = new Date('9999-12-31T00:00:00Z');

/** May it be bought in this way all the same? Who has it by the month may buy it for good, and begin a new subscription once the last one is over. */
export function mayBuy(plan: PaymentPlan, owned: Owned | null, subscribed: boolean): boolean {
  if (plan === 'month' && subscribed) return false;
  return owned === null || (owned.how === 'paid' && owned.until !== null);
}
