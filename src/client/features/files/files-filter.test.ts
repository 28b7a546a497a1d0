import { expect, test } from 'vitest';
import { filterToSearch, isFiltered, readFilter } from './files-filter.ts';

const course = '0197a6a0-0000-7000-8000-000000000001';
const usual = { page: 1, search: '', sort: 'newest', courseId: undefined, kind: undefined };

test.each([
  ['', usual],
  [
    `q=%D1%82%D0%B5%D1%81%D1%82&course=${course}&kind=video&sort=largest&page=3`,
    { page: 3, search: 'тест', sort: 'largest', courseId: course, kind: 'video' },
  ],
  ['page=0&sort=odd&kind=odd&course=1', usual],
  ['page=x&q=%20%20', usual],
  ['page=99999999', { ...usual, page: 100_000 }],
  [`q=${'a'.repeat(200)}`, { ...usual, search: 'a'.repeat(100) }],
])('?%s', (search, filter) => {
  expect(readFilter(search)).toEqual(filter);
});

test('what was read is written the same, and the usual is left out', () => {
  expect(filterToSearch(readFilter(''))).toBe('');
  const search = `?q=a+b&course=${course}&kind=picture&sort=name&page=2`;
  expect(filterToSearch(readFilter(search))).toBe(search);
});

test('an order is no filter', () => {
  expect(isFiltered(readFilter('sort=name&page=2'))).toBe(false);
  expect(isFiltered(readFilter('kind=video'))).toBe(true);
});
