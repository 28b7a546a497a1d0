import { expect, test } from 'vitest';
import { placedBefore } from './rules.ts';

test.each([
  ['abc', 'c', 'a', 'cab'],
  ['abc', 'a', null, 'bca'],
  ['abc', 'a', 'c', 'bac'],
  ['abc', 'b', 'b', 'abc'],
  ['abc', 'b', 'x', 'acb'],
  ['a', 'a', null, 'a'],
])('%s: %s before %s is %s', (ids, id, beforeId, order) => {
  expect(placedBefore([...ids], id, beforeId).join('')).toBe(order);
});
