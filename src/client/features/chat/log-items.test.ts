import { expect, test } from 'vitest';
import type { MessageDto } from '#shared/chat.ts';
import { byDay, firstShown, stepUp, windowSize, windowStep } from './log-items.ts';

const messages = (count: number): MessageDto[] =>
  Array.from({ length: count }, (_, index) => ({
    threadId: 't',
    seq: index + 1,
    rev: index + 1,
    kind: 'text',
    author: { id: null, name: null, teacher: false },
    clientId: null,
    html: '',
    body: null,
    files: [],
    at: `2026-11-${String(20 + Math.floor(index / 2)).padStart(2, '0')}T16:00:00Z`,
    editedAt: null,
    deleted: null,
    restorable: false,
  }));

test.each([
  ['few: all of them', 10, null, true, 1],
  ['many: the newest', 1000, null, true, 1000 - windowSize + 1],
  ['one has gone up: from there', 1000, 700, false, 700],
  ['at the end, little drawn: it stays', 1000, 850, true, 850],
  ['at the end, much drawn: let go', 1000, 700, true, 1000 - windowSize + 1],
  ['none', 0, null, true, 1],
])('what is drawn, %s', (_name, count, from, atBottom, expected) => {
  expect(firstShown(messages(count), from, atBottom)).toBe(expected);
});

test('goes up by steps, and says when all that is loaded is drawn', () => {
  const all = messages(100);
  expect(stepUp(all, 61)).toBe(61 - windowStep);
  expect(stepUp(all, 20)).toBe(1);
  expect(stepUp(all, 1)).toBeNull();
});

test('messages stand by day, in their order', () => {
  const days = byDay(messages(5), (at) => at.slice(0, 10));
  expect(days.map(({ day, messages: of }) => [day, of.map(({ seq }) => seq)])).toEqual([
    ['2026-11-20', [1, 2]],
    ['2026-11-21', [3, 4]],
    ['2026-11-22', [5]],
  ]);
});
