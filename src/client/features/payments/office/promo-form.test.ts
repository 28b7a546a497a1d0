import { describe, expect, test } from 'vitest';
import { judgePromo } from '#server/features/payments/promo/rules.ts';
import { createPromoInput, type PromoRowDto } from '#shared/payments-office.ts';
import { emptyPromo, fieldsOf, type Price, previewsOf, readPromo } from './promo-form.ts';

const zone = 'Europe/Moscow';
const course = '0b9f2f5e-3c1d-4a8b-9d5e-6f7a8b9c0d1e';
const typed = { ...emptyPromo, code: 'осень 10' };

test('what is typed is what the server takes: code in capitals, days by the school’s clock, the last one included', () => {
  const read = readPromo({ ...typed, courseId: course, from: '2026-12-01', until: '2026-12-31', limit: '1 000', note: ' в газете ' }, zone);
  const input = {
    code: 'ОСЕНЬ10',
    discount: { kind: 'percent', percent: 10 },
    courseId: course,
    validFrom: '2026-11-30T21:00:00.000Z',
    validUntil: '2026-12-31T21:00:00.000Z',
    limitTotal: 1000,
    perPerson: 1,
    note: 'в газете',
  };
  expect(read).toEqual({ input });
  expect(createPromoInput.parse(input)).toEqual(input);
});

test('a code that is there is shown as it was typed, and saved unchanged it stays as it was', () => {
  const row: PromoRowDto = {
    id: course,
    code: 'LETO',
    discount: { kind: 'amount', amountMinor: 49_990, currency: 'KZT' },
    course: { id: course, title: 'Математика' },
    validFrom: null,
    validUntil: '2026-12-31T21:00:00.000Z',
    limitTotal: 5,
    perPerson: 2,
    note: '',
    used: 1,
    state: 'live',
  };
  const fields = fieldsOf(row, zone, 'ru');
  expect(fields).toMatchObject({
    kind: 'amount',
    amount: '499,90',
    currency: 'KZT',
    from: '',
    until: '2026-12-31',
    limit: '5',
    perPerson: '2',
  });
  const { code, discount, validFrom, validUntil, limitTotal, perPerson, note } = row;
  expect(readPromo(fields, zone)).toEqual({
    input: { code, discount, courseId: course, validFrom, validUntil, limitTotal, perPerson, note },
  });
});

test.each([
  [{ code: 'А' }, { code: 'codeWrong' }],
  [{ code: '10 %' }, { code: 'codeWrong' }],
  [{ percent: '0' }, { percent: 'percentWrong' }],
  [{ percent: '101' }, { percent: 'percentWrong' }],
  [{ percent: '12,5' }, { percent: 'percentWrong' }],
  [{ kind: 'amount', amount: '' }, { amount: 'amountWrong' }],
  [{ kind: 'amount', amount: '0' }, { amount: 'amountWrong' }],
  [{ from: '2026-12-02', until: '2026-12-01' }, { until: 'datesWrong' }],
  [{ limit: '0' }, { limit: 'limitWrong' }],
  [{ limit: '1000001' }, { limit: 'limitWrong' }],
  [{ perPerson: '' }, { perPerson: 'perPersonWrong' }],
  [
    { code: '', percent: 'x', perPerson: '0' },
    { code: 'codeWrong', percent: 'percentWrong', perPerson: 'perPersonWrong' },
  ],
] as const)('%j is refused beside its field', (over, problems) => {
  expect(readPromo({ ...typed, ...over }, zone)).toEqual({ problems });
});

test('one day is a time as well', () => {
  expect(readPromo({ ...typed, from: '2026-12-01', until: '2026-12-01' }, zone)).toHaveProperty('input');
});

describe('the preview says what the server will do', () => {
  const prices: Price[] = [1, 29, 999, 149_000, 149_050].flatMap((amountMinor) =>
    (['once', 'month'] as const).flatMap((plan) =>
      ['RUB', 'KZT'].map((currency) => ({ courseId: course, title: 'Курс', plan, amountMinor, currency })),
    ),
  );
  test.each([
    { kind: 'percent', percent: 15 },
    { kind: 'percent', percent: 100 },
    { kind: 'percent', percent: 1 },
    { kind: 'amount', amountMinor: 999, currency: 'RUB' },
    { kind: 'amount', amountMinor: 200_000, currency: 'RUB' },
  ] as const)('%j', (discount) => {
    const promo = {
      id: course,
      percent: discount.kind === 'percent' ? discount.percent : null,
      amountMinor: discount.kind === 'amount' ? discount.amountMinor : null,
      currency: discount.kind === 'amount' ? discount.currency : null,
      courseId: null,
      validFrom: null,
      validUntil: null,
      limitTotal: null,
      perPerson: 1,
      disabledAt: null,
    };
    for (const preview of previewsOf(discount, prices)) {
      const { plan, amountMinor: listMinor, currency } = preview;
      const judged = judgePromo(promo, { courseId: course, plan, listMinor, currency }, { total: 0, byPerson: 0 }, new Date());
      const same = {
        applied: { amountMinor: preview.outcome === 'applied' ? preview.afterMinor : 0 },
        free: { amountMinor: 0 },
        refused: { refused: 'not-by-month' },
        'other-currency': { refused: 'other-course' },
      }[preview.outcome];
      expect(judged, JSON.stringify(preview)).toEqual(same);
    }
  });
});
