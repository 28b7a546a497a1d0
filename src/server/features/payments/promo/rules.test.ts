import { describe, expect, test } from 'vitest';
import { promoCodeText } from '#shared/payments.ts';
import { judgePromo, type PromoCode, type Purchase, priceWith, stateOf } from './rules.ts';

const now = new Date('2026-11-24T12:00:00Z');
const hours = (n: number) => new Date(now.getTime() + n * 3_600_000);
const promo = (over: Partial<PromoCode> = {}): PromoCode => ({
  id: 'p',
  percent: 20,
  amountMinor: null,
  currency: null,
  courseId: null,
  validFrom: null,
  validUntil: null,
  limitTotal: null,
  perPerson: 1,
  disabledAt: null,
  ...over,
});
const purchase: Purchase = { courseId: 'c', plan: 'once', listMinor: 199_000, currency: 'RUB' };
const judge = (over: Partial<PromoCode> = {}, uses = { total: 0, byPerson: 0 }, of: Partial<Purchase> = {}) =>
  judgePromo(promo(over), { ...purchase, ...of }, uses, now);

describe('what a code leaves to be paid', () => {
  test.each([
    [{ percent: 20 }, 199_000, 159_200],
    [{ percent: 15 }, 999, 850],
    [{ percent: 1 }, 99, 99],
    [{ percent: 1 }, 1, 1],
    [{ percent: 33 }, 1_000_000_000, 670_000_000],
    [{ percent: 100 }, 199_000, 0],
    [{ percent: null, amountMinor: 50_000 }, 199_000, 149_000],
    [{ percent: null, amountMinor: 199_000 }, 199_000, 0],
    [{ percent: null, amountMinor: 500_000 }, 199_000, 0],
  ])('%j of %i leaves %i', (code, list, rest) => expect(priceWith({ amountMinor: null, ...code }, list)).toBe(rest));

  test('always a whole number of minor units, between nothing and the price', () => {
    for (let percent = 1; percent <= 100; percent += 1)
      for (const list of [1, 3, 99, 101, 199_000, 290_055, 1_000_000_000]) {
        const rest = priceWith({ percent, amountMinor: null }, list);
        expect(Number.isSafeInteger(rest) && rest >= 0 && rest <= list).toBe(true);
      }
  });
});

describe('may it be used', () => {
  test.each<[string, ReturnType<typeof judge>, ReturnType<typeof judge>]>([
    ['a code', judge(), { amountMinor: 159_200 }],
    ['none', judgePromo(null, purchase, { total: 0, byPerson: 0 }, now), { refused: 'unknown' }],
    ['switched off', judge({ disabledAt: hours(-1) }), { refused: 'unknown' }],
    ['before it begins', judge({ validFrom: hours(1) }), { refused: 'not-yet' }],
    ['from its first moment', judge({ validFrom: now }), { amountMinor: 159_200 }],
    ['at its end', judge({ validUntil: now }), { refused: 'over' }],
    ['up to its end', judge({ validUntil: hours(1) }), { amountMinor: 159_200 }],
    ['the last use', judge({ limitTotal: 2 }, { total: 1, byPerson: 0 }), { amountMinor: 159_200 }],
    ['all used', judge({ limitTotal: 2 }, { total: 2, byPerson: 0 }), { refused: 'used-up' }],
    ['used by this person', judge({}, { total: 1, byPerson: 1 }), { refused: 'used' }],
    ['twice is allowed', judge({ perPerson: 2 }, { total: 1, byPerson: 1 }), { amountMinor: 159_200 }],
    ['of its course', judge({ courseId: 'c' }), { amountMinor: 159_200 }],
    ['of another course', judge({ courseId: 'd' }), { refused: 'other-course' }],
    ['a sum in another currency', judge({ percent: null, amountMinor: 1, currency: 'KZT' }), { refused: 'other-course' }],
    ['a percentage knows no currency', judge({ percent: 50 }, undefined, { currency: 'KZT' }), { amountMinor: 99_500 }],
    ['100 %, once', judge({ percent: 100 }), { amountMinor: 0 }],
    ['100 %, by the month', judge({ percent: 100 }, undefined, { plan: 'month' }), { refused: 'not-by-month' }],
    ['99 %, by the month', judge({ percent: 99 }, undefined, { plan: 'month' }), { amountMinor: 1990 }],
  ])('%s', (_name, judged, expected) => expect(judged).toEqual(expected));

  test('of several reasons the first is told', () =>
    expect(judge({ validUntil: hours(-1), limitTotal: 1, courseId: 'd' }, { total: 1, byPerson: 1 })).toEqual({ refused: 'over' }));
});

test.each([
  [{}, 0, 'live'],
  [{ limitTotal: 3 }, 3, 'used-up'],
  [{ limitTotal: 3, validUntil: hours(-1) }, 3, 'over'],
  [{ validFrom: hours(1) }, 0, 'not-yet'],
  [{ disabledAt: now, validUntil: hours(-1) }, 0, 'off'],
] as const)('the office sees %j with %i uses as %s', (over, used, state) => expect(stateOf(promo(over), used, now)).toBe(state));

describe('what people type', () => {
  test.each([
    [' otlichno-20 ', 'OTLICHNO-20'],
    ['май 2027', 'МАЙ2027'],
    ['ｏｔｌ２０', 'OTL20'],
    ['лето\u200b', 'ЛЕТО'],
  ])('%j is %s', (typed, code) => expect(promoCodeText.parse(typed)).toBe(code));
  test.each(['', ' ', 'A', '%', 'a%b', "x' OR 1=1", '🙂🙂', 'a'.repeat(41)])('%j is no code', (typed) =>
    expect(promoCodeText.safeParse(typed).success).toBe(false),
  );
});
