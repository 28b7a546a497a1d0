import { expect, test } from 'vitest';
import type { FaqListDto } from '#shared/support.ts';
import { beginnings, shownOfEach } from './beginnings.ts';

function listOf(...counts: number[]): FaqListDto {
  const categories = counts.map((_, at) => ({ id: `c${at}`, slug: `c${at}`, title: `C${at}` }));
  const items = counts.flatMap((count, at) =>
    Array.from({ length: count }, (_, place) => ({
      id: `${at}-${place}`,
      slug: `${at}-${place}`,
      title: '',
      categoryId: `c${at}`,
      matched: [],
    })),
  );
  return { categories, items };
}
const told = (list: FaqListDto, ...opened: string[]) =>
  beginnings(list, new Set(opened)).map(({ category, items, rest }) => `${category.id}: ${items.map(({ id }) => id).join(' ')} +${rest}`);

test('each category begins; what is left out is counted', () => {
  expect(told(listOf(2, shownOfEach + 3))).toEqual(['c0: 0-0 0-1 +0', 'c1: 1-0 1-1 1-2 1-3 +3']);
});

test('none is left out alone, and an empty category is none', () => {
  expect(told(listOf(shownOfEach + 1, 0))).toEqual(['c0: 0-0 0-1 0-2 0-3 0-4 +0']);
});

test('what is open is never left out', () => {
  expect(told(listOf(8), '0-6')).toEqual(['c0: 0-0 0-1 0-2 0-3 0-6 +3']);
});
