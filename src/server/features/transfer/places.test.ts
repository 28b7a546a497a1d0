import { expect, test } from 'vitest';
import { placesFor } from './places.ts';

const at = (slug: string, position: number, deletedAt: Date | null = null) => ({ slug, position, deletedAt });

test.each<[string, string[], ReturnType<typeof at>[], Record<string, number>]>([
  ['new things count from 0', ['a', 'b'], [], { a: 0, b: 1 }],
  ['who stands right stays, with gaps', ['a', 'b', 'c'], [at('a', 0), at('b', 4), at('c', 9)], { a: 0, b: 4, c: 9 }],
  ['what is gone leaves a gap', ['b'], [at('a', 0), at('b', 1)], { b: 1 }],
  ['a new one in a gap', ['a', 'n', 'b'], [at('a', 0), at('b', 4)], { a: 0, n: 1, b: 4 }],
  ['a new one pushes the others', ['n', 'a', 'b'], [at('a', 0), at('b', 1)], { n: 0, a: 1, b: 2 }],
  ['another order counts anew', ['b', 'a'], [at('a', 0), at('b', 4)], { b: 0, a: 1 }],
  ['two at one place count anew', ['a', 'b'], [at('a', 3), at('b', 3)], { a: 0, b: 1 }],
  ['a deleted one has no place', ['a', 'b'], [at('a', 7, new Date(0)), at('b', 0)], { a: 0, b: 1 }],
])('%s', (_, slugs, present, expected) => {
  expect(Object.fromEntries(placesFor(slugs, present))).toEqual(expected);
});
