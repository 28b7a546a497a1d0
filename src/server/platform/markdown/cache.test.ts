import { expect, test } from 'vitest';
import { createCharacterCache } from './cache.ts';

test('what went unused for longest leaves when the characters run out', () => {
  const cache = createCharacterCache<number>(30);
  cache.set('aa', 1, 8);
  cache.set('bb', 2, 8);
  expect(cache.get('aa')).toBe(1);
  cache.set('cc', 3, 10);
  expect(['aa', 'bb', 'cc'].map((key) => cache.get(key))).toEqual([1, undefined, 3]);
});

test('an entry over the whole bound is not kept and drives nobody out', () => {
  const cache = createCharacterCache<number>(30);
  cache.set('aa', 1, 8);
  cache.set('bb', 2, 29);
  expect([cache.get('aa'), cache.get('bb')]).toEqual([1, undefined]);
});

test('the same key set again counts once', () => {
  const cache = createCharacterCache<number>(30);
  for (let i = 0; i < 10; i++) cache.set('aa', i, 8);
  cache.set('bb', 2, 18);
  expect([cache.get('aa'), cache.get('bb')]).toEqual([9, 2]);
});
