import { expect, test } from 'vitest';
import { filterQuery, readFilter } from './use-filter.ts';

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
