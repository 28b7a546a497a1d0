import { expect, test } from 'vitest';
import { choicesOf, filterQuery, readFilter } from './use-filter.ts';

const id = '018f6a1e-1111-4222-8333-444455556666';

test.each([
  ['', {}],
  ['?kind=tasks&from=2026-11-01', { kind: 'tasks', from: '2026-11-01' }],
  [`?actor=${id}&text=%D0%BA%D0%BE%D1%80%D0%BD%D0%B8`, { actor: id, text: 'корни' }],
  ['?actor=cli&action=course.import', { actor: 'cli', action: 'course.import' }],
  // Somebody has typed into the address.
  ['?kind=planets&from=yesterday&actor=root&action=a.b&page=7', {}],
])('%s', (search, filter) => {
  expect(readFilter(search)).toEqual(filter);
  expect(readFilter(filterQuery(readFilter(search)))).toEqual(filter);
});

test('a school that takes no payments is not told of deeds about them, unless they are asked for', () => {
  expect(choicesOf({}, true).kinds).toContain('payments');
  expect(choicesOf({}, true).actions).toContain('payment.refund');
  const off = choicesOf({}, false);
  expect(off.kinds).not.toContain('payments');
  expect(off.kinds).toContain('courses');
  expect(off.actions.filter((action) => /^(payment|promo|subscription)\./.test(action))).toEqual([]);
  expect(off.actions).toContain('course.price');
  expect(choicesOf({ kind: 'payments' }, false)).toMatchObject({
    kinds: expect.arrayContaining(['payments']),
    actions: expect.arrayContaining(['payment.refund']),
  });
  expect(choicesOf({ action: 'payment.refund' }, false).actions).toContain('payment.refund');
});
