import { expect, test } from 'vitest';
import type { FaqOfficeListDto } from '#shared/support.ts';
import { placeOfArticle, withArticleMoved, withCategoryMoved, withoutArticle } from './faq-changes.ts';

const article = (id: string) => ({ id, slug: id, title: id, published: true, helped: 0, notHelped: 0, updatedAt: '2026-11-23T00:00:00Z' });
const list: FaqOfficeListDto = [
  { id: 'one', slug: 'one', title: 'One', articles: ['a', 'b', 'c'].map(article) },
  { id: 'two', slug: 'two', title: 'Two', articles: [] },
  { id: 'three', slug: 'three', title: 'Three', articles: ['d'].map(article) },
];
const shown = (of: FaqOfficeListDto) => of.map(({ id, articles }) => `${id}:${articles.map((one) => one.id).join('')}`).join(' ');

test.each<[string, string, string | null, string]>([
  ['a', 'one', 'c', 'one:bac two: three:d'],
  ['a', 'one', null, 'one:bca two: three:d'],
  ['a', 'two', null, 'one:bc two:a three:d'],
  ['c', 'three', 'd', 'one:ab two: three:cd'],
  ['b', 'one', 'b', 'one:abc two: three:d'],
  ['x', 'one', null, 'one:abc two: three:d'],
  ['a', 'three', 'gone meanwhile', 'one:bc two: three:da'],
])('%s moved into %s before %s', (id, categoryId, beforeId, expected) => {
  expect(shown(withArticleMoved(list, id, { categoryId, beforeId }))).toBe(expected);
});

test('a move is taken back to where it came from', () => {
  for (const id of ['a', 'b', 'c', 'd']) {
    const from = placeOfArticle(list, id);
    if (!from) throw new Error('not there');
    expect(shown(withArticleMoved(withArticleMoved(list, id, { categoryId: 'two', beforeId: null }), id, from))).toBe(shown(list));
  }
  expect(placeOfArticle(list, 'x')).toBeNull();
});

test('categories move, what is deleted is gone', () => {
  expect(shown(withCategoryMoved(list, 'three', 'one'))).toBe('three:d one:abc two:');
  expect(shown(withoutArticle(list, 'b'))).toBe('one:ac two: three:d');
});
