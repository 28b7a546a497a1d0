import { describe, expect, test } from 'vitest';
import { arranged, isMoved, type Lift, lift, placeAt, type Step, step, target } from './places.ts';

const lists = [
  { id: 'one', items: ['a', 'b', 'c'] },
  { id: 'two', items: [] },
  { id: 'three', items: ['d', 'e'] },
];
const lifted = (id: string): Lift => {
  const found = lift(lists, id);
  if (!found) throw new Error('not there');
  return found;
};
const walk = (id: string, steps: Step[], crossing = true) => steps.reduce((at, to) => step(at, to, crossing), lifted(id));
const shown = (at: Lift) =>
  arranged(at)
    .map((list) => list.items.join(''))
    .join('|');

describe('by keys', () => {
  test.each<[string, string, Step[], boolean, string, { listId: string; beforeId: string | null }]>([
    ['down', 'a', ['down'], true, 'bac||de', { listId: 'one', beforeId: 'c' }],
    ['down to the end', 'a', ['down', 'down'], true, 'bca||de', { listId: 'one', beforeId: null }],
    ['over the edge into an empty list', 'a', ['down', 'down', 'down'], true, 'bc|a|de', { listId: 'two', beforeId: null }],
    ['through it', 'a', ['down', 'down', 'down', 'down'], true, 'bc||ade', { listId: 'three', beforeId: 'd' }],
    ['up over the edge', 'd', ['up', 'up'], true, 'abcd||e', { listId: 'one', beforeId: null }],
    ['the last place of all stays', 'e', ['down', 'down'], true, 'abc||de', { listId: 'three', beforeId: null }],
    ['the first place of all stays', 'a', ['up'], true, 'abc||de', { listId: 'one', beforeId: 'b' }],
    ['not over an edge where lists are apart', 'c', ['down', 'down'], false, 'abc||de', { listId: 'one', beforeId: null }],
    ['to the first place', 'c', ['first'], true, 'cab||de', { listId: 'one', beforeId: 'a' }],
    ['to the last place', 'a', ['last'], true, 'bca||de', { listId: 'one', beforeId: null }],
  ])('%s', (_, id, steps, crossing, expected, to) => {
    const at = walk(id, steps, crossing);
    expect(shown(at)).toBe(expected);
    expect(target(at)).toEqual(to);
  });

  test('there and back again is no move', () => {
    expect(isMoved(walk('b', ['down', 'up']))).toBe(false);
    expect(isMoved(walk('b', ['down']))).toBe(true);
    expect(isMoved(walk('c', ['down', 'up']))).toBe(false);
  });

  test('what is not there is not lifted', () => {
    expect(lift(lists, 'x')).toBeNull();
  });
});

describe('by the pointer', () => {
  const zones = [
    { list: 0, top: 0, middles: [60, 100], open: true, count: 2 },
    { list: 1, top: 130, middles: [], open: false, count: 7 },
    { list: 2, top: 170, middles: [230], open: true, count: 1 },
  ];
  test.each([
    ['above everything', -20, { list: 0, index: 0 }],
    ['on the head of a list', 20, { list: 0, index: 0 }],
    ['between two', 80, { list: 0, index: 1 }],
    ['behind the last', 120, { list: 0, index: 2 }],
    ['on a folded list: its end', 150, { list: 1, index: 7 }],
    ['below everything', 900, { list: 2, index: 1 }],
  ])('%s', (_, y, place) => {
    expect(placeAt(zones, y)).toEqual(place);
  });

  test('where there are no lists there is no place', () => {
    expect(placeAt([], 5)).toBeNull();
  });
});
