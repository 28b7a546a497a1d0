import { expect, test } from 'vitest';
import { searchInput } from './search.ts';

test.each([
  ['  Логарифмы ', 'Логарифмы'],
  ['а\0б', 'аб'],
  ['\0', ''],
  ['\ud800', '\ufffd'],
])('%j is searched as %j', (typed, searched) => {
  expect(searchInput(100).parse(typed)).toBe(searched);
});

test('what is too long is refused', () => {
  expect(searchInput(3).safeParse('абвг').success).toBe(false);
});
