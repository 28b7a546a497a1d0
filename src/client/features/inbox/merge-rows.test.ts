import { describe, expect, test } from 'vitest';
import { mergeRows, stepFrom } from './merge-rows.ts';

const rows = (ids: string) => [...ids].map((threadId) => ({ threadId, excerpt: 'before' }));
const later = (ids: string) => [...ids].map((threadId) => ({ threadId, excerpt: 'after' }));
const idsOf = (list: { threadId: string }[]) => list.map(({ threadId }) => threadId).join('');

describe('what is on the screen', () => {
  test.each([
    // shown, fresh, still, open → rows, held, stale
    ['nothing yet: all of it, though the pointer is there', '', 'abc', true, undefined, 'abc', 0, false],
    ['at rest: as the server has it', 'abc', 'dca', false, undefined, 'dca', 0, false],
    ['a new one on top waits while a row is pointed at', 'abc', 'dabc', true, undefined, 'abc', 1, false],
    ['two between waits as well', 'abc', 'adebc', true, undefined, 'abc', 2, false],
    ['the end may grow: nothing moves', 'abc', 'abcde', true, undefined, 'abcde', 0, false],
    ['on top and at the end', 'abc', 'xabcd', true, undefined, 'abcd', 1, false],
    ['one that is gone stays where it was', 'abc', 'ac', true, undefined, 'abc', 0, true],
    ['the open one that is gone is nothing to renew', 'abc', 'ac', true, 'b', 'abc', 0, false],
    ['one that moved stays where it was', 'abc', 'cab', true, undefined, 'abc', 0, true],
    ['all are gone and others came', 'ab', 'cd', true, undefined, 'abcd', 0, true],
    ['all are gone', 'ab', '', true, undefined, 'ab', 0, true],
    ['the open one keeps its place when it leaves the filter', 'abcd', 'abd', false, 'c', 'abcd', 0, false],
    ['also when its neighbours leave with it', 'abcd', 'ae', false, 'c', 'ace', 0, false],
    ['also the first', 'abc', 'bc', false, 'a', 'abc', 0, false],
    ['also alone', 'a', '', false, 'a', 'a', 0, false],
    ['the open one that is still there goes where it belongs', 'abc', 'cab', false, 'c', 'cab', 0, false],
    ['an open one that never stood here is not put in', 'abc', 'abc', false, 'z', 'abc', 0, false],
  ])('%s', (_case, shown, fresh, still, openId, expected, held, stale) => {
    const merged = mergeRows({ shown: rows(shown), fresh: later(fresh), still, openId });
    expect([idsOf(merged.rows), merged.held, merged.stale]).toEqual([expected, held, stale]);
  });

  test('rows change their words where they stand', () => {
    const merged = mergeRows({ shown: rows('ab'), fresh: later('ba'), still: true, openId: undefined });
    expect(merged.rows).toEqual(later('ab'));
  });

  test('ten thousand rows are merged at once', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => ({ threadId: String(at) }));
    const started = performance.now();
    expect(mergeRows({ shown: many, fresh: [{ threadId: 'new' }, ...many], still: true, openId: undefined }).held).toBe(1);
    expect(mergeRows({ shown: many, fresh: many.slice(0, 9000), still: false, openId: '9500' }).rows).toHaveLength(9001);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

test.each([
  [undefined, 1, 'a'],
  [undefined, -1, 'c'],
  ['a', 1, 'b'],
  ['b', -1, 'a'],
  ['c', 1, 'c'],
  ['a', -1, 'a'],
  ['gone', 1, 'a'],
] as const)('a step from %s by %i leads to %s', (from, step, to) => {
  expect(stepFrom(['a', 'b', 'c'], from, step)).toBe(to);
});
test('there is no step in an empty list', () => expect(stepFrom([], 'a', 1)).toBeUndefined());
