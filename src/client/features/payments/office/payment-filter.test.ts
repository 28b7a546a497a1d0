import { describe, expect, test } from 'vitest';
import { paymentsListInput } from '#shared/payments-office.ts';
import { everything, filterOf, isNarrow, searchOf } from './payment-filter.ts';

const id = '0b9f2f5e-3c1d-4a8b-9d5e-6f7a8b9c0d1e';

test.each([
  ['', {}],
  ['?q=%E2%84%96+1024', { search: '№ 1024' }],
  ['?filter=attention&provider=tbank', { filter: 'attention', provider: 'tbank' }],
  [`?course=${id}&person=${id}`, { courseId: id, personId: id }],
] as const)('an address and its filter are one: %s', (search, over) => {
  const filter = { ...everything, ...over };
  expect(filterOf(search)).toEqual(filter);
  expect(searchOf(filter)).toBe(search);
});

describe('what an address cannot mean is left out', () => {
  test.each(['?filter=shoes', '?provider=paypal', '?course=math-80', '?person=', '?page=7'])('%s', (search) => {
    expect(filterOf(search)).toEqual(everything);
  });

  test('and whatever it means the server takes', () => {
    expect(paymentsListInput.safeParse(filterOf(`?q=${'я'.repeat(900)}&filter=paid`)).success).toBe(true);
  });
});

test('only what leaves something out is a filter', () => {
  expect(isNarrow({ ...everything, search: '  ' })).toBe(false);
  expect(isNarrow({ ...everything, search: '7' })).toBe(true);
  expect(isNarrow({ ...everything, provider: 'tbank' })).toBe(true);
});
