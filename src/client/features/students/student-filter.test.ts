import { describe, expect, test } from 'vitest';
import { studentFilterInput } from '#shared/students.ts';
import { filterOf, isNarrow, searchOf, wholeSchool } from './student-filter.ts';

test.each([
  ['', {}],
  ['?q=%D0%B8%D0%BB%D1%8C%D1%8F', { q: 'илья' }],
  ['?course=math-80&activity=never&state=blocked', { course: 'math-80', activity: 'never', state: 'blocked' }],
  ['?sort=name', { sort: 'name', order: 'asc' }],
  ['?sort=active&order=asc', { sort: 'active', order: 'asc' }],
  ['?order=asc', { order: 'asc' }],
] as const)('an address and its filter are one: %s', (search, over) => {
  const filter = { ...wholeSchool, ...over };
  expect(filterOf(search)).toEqual(filter);
  expect(searchOf(filter)).toBe(search);
});

describe('what an address cannot mean is left out', () => {
  test.each(['?sort=shoe', '?activity=often', '?state=', '?course=../etc', '?order=up', '?page=7'])('%s', (search) => {
    expect(filterOf(search)).toEqual(wholeSchool);
  });

  test('and whatever it means the server takes', () => {
    expect(studentFilterInput.safeParse(filterOf(`?q=${'я'.repeat(900)}&sort=name`)).success).toBe(true);
  });
});

test('only what leaves somebody out is a filter', () => {
  expect(isNarrow({ ...wholeSchool, sort: 'name', order: 'asc', q: '  ' })).toBe(false);
  expect(isNarrow({ ...wholeSchool, q: 'и' })).toBe(true);
  expect(isNarrow({ ...wholeSchool, state: 'blocked' })).toBe(true);
});
