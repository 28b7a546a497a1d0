import { describe, expect, test } from 'vitest';
import { groupFilterInput } from '#shared/statistics.ts';
import { groupFilterOf, groupIsNarrow, groupSearchOf, shadeOf } from './group-filter.ts';

const whole = { course: 'math-80', q: '', sort: 'name', active: 'all' } as const;

test.each([
  ['', {}],
  ['?q=%D0%B8%D0%BB%D1%8C%D1%8F', { q: 'илья' }],
  ['?active=idle&sort=active', { active: 'idle', sort: 'active' }],
] as const)('an address and its filter are one: %s', (search, over) => {
  const filter = { ...whole, ...over };
  expect(groupFilterOf('math-80', search)).toEqual(filter);
  expect(groupSearchOf(filter)).toBe(search);
});

test.each(['?sort=shoe', '?active=often', '?page=7', '?q='])('what an address cannot mean is left out: %s', (search) => {
  expect(groupFilterOf('math-80', search)).toEqual(whole);
});

test('whatever an address means the server takes', () => {
  expect(groupFilterInput.safeParse(groupFilterOf('math-80', `?q=${'я'.repeat(900)}&sort=active`)).success).toBe(true);
});

test('only what leaves somebody out is a filter', () => {
  expect(groupIsNarrow({ ...whole, sort: 'active', q: '  ' })).toBe(false);
  expect(groupIsNarrow({ ...whole, q: 'и' })).toBe(true);
  expect(groupIsNarrow({ ...whole, active: 'week' })).toBe(true);
});

describe('the shade of a cell', () => {
  test.each([
    [0, 0, 5, 'none'],
    [0, 2, 5, 'tried'],
    [1, 1, 5, 'some'],
    [2, 5, 4, 'some'],
    [3, 5, 5, 'most'],
    [5, 5, 5, 'all'],
    [1, 1, 1, 'all'],
    // A task was taken away while the numbers travelled.
    [2, 2, 1, 'all'],
  ] as const)('%i solved, %i tried of %i: %s', (solved, tried, tasks, shade) => {
    expect(shadeOf({ solved, tried }, tasks)).toBe(shade);
  });
});
