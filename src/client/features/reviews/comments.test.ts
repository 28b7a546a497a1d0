import { expect, test } from 'vitest';
import { quoteOf, trimmed } from './comments.ts';

test.each([
  [0, 4, { start: 0, end: 4 }],
  [4, 10, { start: 5, end: 9 }],
  [4, 5, null],
  [9, 12, { start: 11, end: 12 }],
])('from %i to %i', (start, end, place) => {
  expect(trimmed('один два2 \nx', { start, end })).toEqual(place);
});

test('a quotation is one short line', () => {
  expect(quoteOf('а\n  б', { start: 0, end: 5 })).toBe('а б');
  expect(quoteOf('ы'.repeat(200), { start: 0, end: 200 })).toHaveLength(90);
});
