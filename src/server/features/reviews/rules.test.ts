import { describe, expect, test } from 'vitest';
import type { WorkStateDto } from '#shared/reviews.ts';
import { commentsFit, extraLeft, fittingScores, inOrder, isHeld, mayHandIn, pointsOf, quoteOf, verdictOf } from './rules.ts';

const criteria = [
  { id: 'K1', title: 'Ответ', max: 1 },
  { id: 'K2', title: 'Обоснование', max: 2 },
];

test.each<[WorkStateDto[], number, boolean, number]>([
  [[], 0, true, 0],
  [['waiting'], 0, false, 0],
  [['returned'], 0, true, 0],
  [['returned', 'waiting'], 3, false, 3],
  [['accepted'], 0, false, 0],
  [['accepted'], 1, true, 1],
  [['accepted', 'returned'], 1, true, 1],
  [['returned', 'accepted', 'accepted'], 1, false, 0],
  [['accepted', 'accepted'], 2, true, 1],
  [['waiting', 'accepted'], 1, false, 1],
])('after %j with %i granted another may be handed in: %j, %i left', (states, extra, may, left) => {
  expect([mayHandIn(states, extra), extraLeft(states, extra)]).toEqual([may, left]);
});

describe('points', () => {
  test.each([
    [{ K1: 1, K2: 2 }, 3],
    [{ K1: 0, K2: 0 }, 0],
    [{ K1: 1 }, null],
    [{}, null],
    [{ K1: 2, K2: 2 }, null],
    [{ K1: 1, K2: 1, K3: 1 }, null],
  ])('%j are %j', (scores, points) => expect(pointsOf(criteria, scores)).toBe(points));

  test('a task without criteria has none to give', () => expect(pointsOf([], {})).toBeNull());

  test.each([
    [0, 'wrong'],
    [1, 'partly'],
    [2, 'partly'],
    [3, 'right'],
  ])('%i of 3 is %s', (points, verdict) => expect(verdictOf(points, 3)).toBe(verdict));

  test('a draft keeps what fits the criteria of today', () => {
    expect(fittingScores(criteria, { K1: 2, K2: 0, K9: 1 })).toEqual({ K2: 0 });
  });
});

describe('remarks in the text', () => {
  test.each([
    [0, 4, true],
    [5, 9, true],
    [5, 10, false],
    [4, 5, false],
    [3, 3, false],
    [4, 2, false],
  ])('from %i to %i of «один два»: %j', (start, end, fits) => {
    expect(commentsFit('один дваx', [{ start, end, body: 'так' }])).toBe(fits);
  });

  test('are numbered in the order of the text', () => {
    const [a, b, c] = [
      { start: 5, end: 6 },
      { start: 0, end: 9 },
      { start: 0, end: 2 },
    ];
    expect(inOrder([a, b, c].filter((mark) => mark !== undefined))).toEqual([c, b, a]);
  });

  test('are quoted in one short line', () => {
    expect(quoteOf('Пусть\n  x = 1, тогда', { start: 0, end: 13 })).toBe('Пусть x = 1');
    expect(quoteOf('ы'.repeat(500), { start: 0, end: 500 })).toHaveLength(140);
  });
});

test('a lock ends by itself', () => {
  const heldUntil = new Date('2026-11-24T12:10:00Z');
  expect(isHeld({ heldBy: 'a', heldUntil }, new Date('2026-11-24T12:09:59Z'))).toBe(true);
  expect(isHeld({ heldBy: 'a', heldUntil }, heldUntil)).toBe(false);
  expect(isHeld({ heldBy: null, heldUntil: null }, heldUntil)).toBe(false);
});
