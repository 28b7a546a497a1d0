import { currencies, mostMinor, promoCodeText } from '#shared/payments.ts';
import type { CreatePromoInput, PromoRowDto } from '#shared/payments-office.ts';
import { dayAndTime, dayPlus, instantOf, isDay } from '#shared/wall-clock.ts';
import { asTyped, typedMinor } from './money.ts';

/** As typed. */
export interface PromoFields {
  code: string;
  kind: 'percent' | 'amount';
  percent: string;
  amount: string;
  currency: string;
  courseId: string;
  /** Days by the school's clock; the last one is included. */
  from: string;
  until: string;
  limit: string;
  perPerson: string;
  note: string;
}

export type PromoField = keyof PromoFields;
export type PromoProblem = 'codeWrong' | 'percentWrong' | 'amountWrong' | 'datesWrong' | 'limitWrong' | 'perPersonWrong';

export const emptyPromo: PromoFields = {
  code: '',
  kind: 'percent',
  percent: '10',
  amount: '',
  currency: 'RUB',
  courseId: '',
  from: '',
  until: '',
  limit: '',
  perPerson: '1',
  note: '',
};

/** The fields of a code that is there. */
export function fieldsOf(row: PromoRowDto, zone: string, locale: string): PromoFields {
  const { discount } = row;
  return {
    code: row.code,
    kind: discount.kind,
    percent: discount.kind === 'percent' ? String(discount.percent) : '',
    amount: discount.kind === 'amount' ? asTyped(discount.amountMinor, locale) : '',
    currency: discount.kind === 'amount' ? discount.currency : 'RUB',
    courseId: row.course?.id ?? '',
    from: row.validFrom ? dayAndTime(row.validFrom, zone).on : '',
    // The midnight behind the last day, or whatever moment it was: the day that is still in it.
    until: row.validUntil ? dayAndTime(new Date(Date.parse(row.validUntil) - 1), zone).on : '',
    limit: row.limitTotal === null ? '' : String(row.limitTotal),
    perPerson: String(row.perPerson),
    note: row.note,
  };
}

const whole = (typed: string, most: number): number | null => {
  const bare = typed.replaceAll(/\s/g, '');
  if (!/^\d{1,7}$/.test(bare)) return null;
  const number = Number(bare);
  return number >= 1 && number <= most ? number : null;
};

/** The discount that was typed, or null while it is none. */
export function discountOf({ kind, percent, amount, currency }: PromoFields): CreatePromoInput['discount'] | null {
  if (kind === 'percent') {
    const share = whole(percent, 100);
    return share === null ? null : { kind, percent: share };
  }
  const minor = typedMinor(amount);
  const known = currencies.find((one) => one === currency);
  return minor === null || minor === 0 || minor > mostMinor || !known ? null : { kind, amountMinor: minor, currency: known };
}

/** What is to be sent, or what is wrong in which field. */
export function readPromo(
  typed: PromoFields,
  zone: string,
): { input: CreatePromoInput } | { problems: Partial<Record<PromoField, PromoProblem>> } {
  const problems: Partial<Record<PromoField, PromoProblem>> = {};
  const code = promoCodeText.safeParse(typed.code);
  if (!code.success) problems.code = 'codeWrong';
  const discount = discountOf(typed);
  if (!discount) problems[typed.kind] = typed.kind === 'percent' ? 'percentWrong' : 'amountWrong';
  const midnight = (on: string) => (isDay(on) ? instantOf(on, '00:00', zone).toISOString() : null);
  const validFrom = midnight(typed.from);
  const validUntil = isDay(typed.until) ? midnight(dayPlus(typed.until, 1)) : null;
  if (validFrom && validUntil && validUntil <= validFrom) problems.until = 'datesWrong';
  const limitTotal = typed.limit.trim() === '' ? null : whole(typed.limit, 1_000_000);
  if (typed.limit.trim() !== '' && limitTotal === null) problems.limit = 'limitWrong';
  const perPerson = whole(typed.perPerson, 100);
  if (perPerson === null) problems.perPerson = 'perPersonWrong';
  if (Object.keys(problems).length > 0 || !code.success || !discount || perPerson === null) return { problems };
  return {
    input: {
      code: code.data,
      discount,
      courseId: typed.courseId || null,
      validFrom,
      validUntil,
      limitTotal,
      perPerson,
      note: typed.note.trim(),
    },
  };
}

/** A price of a course, as it is sold. */
export interface Price {
  courseId: string;
  title: string;
  plan: 'once' | 'month';
  amountMinor: number;
  currency: string;
}

export type Preview = Price & ({ outcome: 'applied'; afterMinor: number } | { outcome: 'free' | 'refused' | 'other-currency' });

/** What the code would make of each price: the same rule as the server's. */
export function previewsOf(discount: CreatePromoInput['discount'], prices: Price[]): Preview[] {
  return prices.map((price): Preview => {
    if (discount.kind === 'amount' && discount.currency !== price.currency) return { ...price, outcome: 'other-currency' };
    const afterMinor =
      discount.kind === 'percent'
        ? price.amountMinor - Math.floor((price.amountMinor * discount.percent) / 100)
        : Math.max(0, price.amountMinor - discount.amountMinor);
    if (afterMinor > 0) return { ...price, outcome: 'applied', afterMinor };
    return { ...price, outcome: price.plan === 'once' ? 'free' : 'refused' };
  });
}
