import { expect, test } from 'vitest';
import { holdList } from './held-list.ts';

const list = (ids: string) => [...ids].map((id) => ({ id }));
const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id).join('');

test.each([
  // on the screen, with the server, shown then, waiting above
  ['the first time all of it is shown', null, 'edcba', 'edcba', ''],
  ['an empty list takes what comes', '', 'ba', 'ba', ''],
  ['nothing has changed', 'cba', 'cba', 'cba', ''],
  ['what is new waits above', 'cba', 'edcba', 'cba', 'ed'],
  ['a full page that was pushed on by one keeps its last line', 'cba', 'dcb', 'cba', 'd'],
  ['another page is added at the end', 'ed', 'edcb', 'edcb', ''],
  ['another page and something new at once', 'ed', 'fedcb', 'edcb', 'f'],
  ['what is gone goes', 'dcba', 'dba', 'dba', ''],
  ['the first is gone', 'dcba', 'cba', 'cba', ''],
  ['the first is gone and something new has come', 'dcba', 'fcba', 'cba', 'f'],
  ['all of it is gone', 'cba', '', '', ''],
  ['more is new than a page holds', 'cba', 'fed', 'fed', ''],
])('%s', (_name, before, now, shown, fresh) => {
  const held = holdList(before === null ? null : list(before), list(now));
  expect([ids(held.shown), ids(held.fresh)]).toEqual([shown, fresh]);
});

test('lines change in their places', () => {
  const held = holdList([{ id: 'a', seen: false }], [{ id: 'a', seen: true }]);
  expect(held.shown).toEqual([{ id: 'a', seen: true }]);
});
