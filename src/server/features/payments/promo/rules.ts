import type { PaymentPlan, PromoRefusal } from '#shared/payments.ts';
import type { PromoRowDto } from '#shared/payments-office.ts';

/** A code as the table has it, with what was used of it. */
export interface PromoCode {
  id: string;
  percent: number | null;
  amountMinor: number | null;
  currency: string | null;
  courseId: string | null;
  validFrom: Date | null;
  validUntil: Date | null;
  limitTotal: number | null;
  perPerson: number;
  disabledAt: Date | null;
}

export interface Purchase {
  courseId: string;
  plan: PaymentPlan;
  listMinor: number;
  currency: string;
}

/** Orders that hold a use: paid ones, and those that can still be paid. */
export interface Uses {
  total: number;
  byPerson: number;
}

/**
 * What a code leaves to be paid, never below nothing. A percentage is of whole minor units, and what is left over of the discount, less than a kopeck, is
 * the school's: 15 % of 9,99 ₽ is 1,49 ₽ off.
 */
export function priceWith(promo: Pick<PromoCode, 'percent' | 'amountMinor'>, listMinor: number): number {
  const discount = promo.percent === null ? (promo.amountMinor ?? 0) : Math.floor((listMinor * promo.percent) / 100);
  return Math.max(0, listMinor - discount);
}

/** May it be used for this now? The first reason of `promoRefusals` counts, so that who reads it knows what would help. */
export function judgePromo(
  promo: PromoCode | null,
  purchase: Purchase,
  uses: Uses,
  now: Date,
): { amountMinor: number } | { refused: PromoRefusal } {
  // One that was switched off is as if it had never been.
  if (!promo || promo.disabledAt) return { refused: 'unknown' };
  if (promo.validFrom && now < promo.validFrom) return { refused: 'not-yet' };
  if (promo.validUntil && now >= promo.validUntil) return { refused: 'over' };
  if (promo.limitTotal !== null && uses.total >= promo.limitTotal) return { refused: 'used-up' };
  if (uses.byPerson >= promo.perPerson) return { refused: 'used' };
  if (promo.courseId !== null && promo.courseId !== purchase.courseId) return { refused: 'other-course' };
  // A sum in another currency is for courses that are sold in it.
  if (promo.percent === null && promo.currency !== purchase.currency) return { refused: 'other-course' };
  const amountMinor = priceWith(promo, purchase.listMinor);
  // Nothing to charge is no card to keep, and without one there is no second month.
  if (purchase.plan === 'month' && amountMinor === 0) return { refused: 'not-by-month' };
  return { amountMinor };
}

/** What the office calls it. */
export function stateOf(
  promo: Pick<PromoCode, 'validFrom' | 'validUntil' | 'limitTotal' | 'disabledAt'>,
  used: number,
  now: Date,
): PromoRowDto['state'] {
  if (promo.disabledAt) return 'off';
  if (promo.validFrom && now < promo.validFrom) return 'not-yet';
  if (promo.validUntil && now >= promo.validUntil) return 'over';
  return promo.limitTotal !== null && used >= promo.limitTotal ? 'used-up' : 'live';
}
