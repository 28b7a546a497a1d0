import { describe, expect, test } from 'vitest';
import { withAdded, without, withPutBack } from './task-changes.ts';

const list = (ids: string) => [...ids].map((id) => ({ id }));
const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id).join('');

describe('a change made again on what somebody else has made of the list', () => {
  test.each([
    ['added behind what they added', withAdded(list('xy')), 'abc', 'abcxy'],
    ['added, and they had the same thought', withAdded(list('xy')), 'axb', 'axby'],
    ['taken out', without(['b', 'c']), 'abcd', 'ad'],
    ['taken out by them as well', without(['b']), 'ac', 'ac'],
    ['put back where it stood', withPutBack({ id: 'b' }, 'c'), 'acd', 'abcd'],
    ['put back where its neighbour is gone', withPutBack({ id: 'b' }, 'c'), 'ad', 'adb'],
    ['put back where it is there again', withPutBack({ id: 'b' }, 'a'), 'acb', 'bac'],
  ])('%s', (_, change, before, after) => {
    expect(ids(change(list(before)))).toBe(after);
  });
});
