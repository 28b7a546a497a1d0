import { expect, test } from 'vitest';
import { deletedState, isReplay, mayRestore, mayStillEdit } from './rules.ts';

const at = new Date('2026-11-24T12:00:00Z');

test.each([
  [{ deletedAt: null, deletedBy: null }, null],
  [{ deletedAt: at, deletedBy: null }, 'author'],
  [{ deletedAt: at, deletedBy: 'teacher' }, 'moderator'],
])('%j was deleted by %s', (message, state) => {
  expect(deletedState(message)).toBe(state);
});

test.each([
  ['at once', 0, true],
  ['a minute before the day is over', 24 * 60 - 1, true],
  ['a day later', 24 * 60, false],
])('a message may be changed %s', (_, minutes, may) => {
  expect(mayStillEdit(at, new Date(at.getTime() + minutes * 60_000))).toBe(may);
});

test.each([
  ['their own, which they deleted', { authorId: 'me', deletedBy: null }, true],
  ['their own, which a teacher deleted', { authorId: 'me', deletedBy: 'teacher' }, false],
  ['what they deleted of somebody else', { authorId: 'other', deletedBy: 'me' }, true],
  ['what its author deleted', { authorId: 'other', deletedBy: null }, false],
  ['of an account that is gone', { authorId: null, deletedBy: null }, false],
])('may put back %s', (_, message, may) => {
  expect(mayRestore(message, 'me')).toBe(may);
});

const sent = { threadId: 't', body: 'a', fileIds: ['1', '2'] };
test.each([
  [{}, true],
  [{ body: 'b' }, false],
  [{ threadId: 'u' }, false],
  [{ fileIds: ['2', '1'] }, false],
  [{ fileIds: ['1'] }, false],
])('the same with %j is the same message: %s', (over, same) => {
  expect(isReplay(sent, { ...sent, ...over })).toBe(same);
});
