import { describe, expect, test } from 'vitest';
import { chatLeft, hintIsOpen, solutionState } from './rules.ts';

const fresh = (wrongCount: number) => ({ solved: false, wrongCount });
const solved = (wrongCount: number) => ({ solved: true, wrongCount });

describe('a hint shows after so many wrong answers, and to whoever has solved the task', () => {
  test.each([
    [1, fresh(0), false],
    [1, fresh(1), true],
    [3, fresh(2), false],
    [3, fresh(3), true],
    [3, fresh(30), true],
    [3, solved(0), true],
    [0, fresh(0), true],
  ])('after %s, %j: %s', (hintAfter, facts, open) => {
    expect(hintIsOpen({ hint: 'Вынесите множитель', hintAfter }, facts)).toBe(open);
    expect(hintIsOpen({ hint: null, hintAfter }, facts)).toBe(false);
  });
});

describe('a solution opens as the author says', () => {
  const wrongLeft = (left: number | null) => ({ state: 'closed', wrongLeft: left });
  const open = { state: 'open' };
  test.each([
    ['always', null, fresh(0), open],
    ['solved', null, fresh(0), wrongLeft(null)],
    ['solved', null, fresh(99), wrongLeft(null)],
    ['solved', null, solved(0), open],
    ['after', 3, fresh(0), wrongLeft(3)],
    ['after', 3, fresh(2), wrongLeft(1)],
    ['after', 3, fresh(3), open],
    ['after', 3, fresh(4), open],
    ['after', 3, solved(0), open],
    // The number is missing: rather closed than open.
    ['after', null, fresh(99), wrongLeft(null)],
  ] as const)('%s %s, %j: %j', (solutionRule, solutionAfter, facts, state) => {
    expect(solutionState({ hasSolution: true, solutionRule, solutionAfter }, facts)).toEqual(state);
    expect(solutionState({ hasSolution: false, solutionRule, solutionAfter }, facts)).toEqual({ state: 'none' });
  });
});

test.each([
  [3, fresh(0), 3],
  [3, fresh(2), 1],
  [3, fresh(3), 0],
  [3, fresh(7), 0],
  [3, solved(1), 0],
  [0, fresh(0), 0],
])('of %s wrong answers before the chat opens, with %j, %s are left', (chatAfter, facts, left) => {
  expect(chatLeft(chatAfter, facts)).toBe(left);
});
