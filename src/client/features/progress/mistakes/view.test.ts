import { expect, test } from 'vitest';
import type { MistakeDto } from '#shared/mistakes.ts';
import { isTomorrow, mergeCards } from './view.ts';

const card = (taskId: string, step = 1): MistakeDto => ({
  taskId,
  title: taskId,
  examNumber: null,
  points: 1,
  course: { slug: 'c', title: 'Курс' },
  topic: { slug: 't', title: 'Тема' },
  taskSlug: taskId,
  attemptId: null,
  solution: false,
  step,
  dueOn: '2026-11-24',
  statementHtml: '',
  format: { kind: 'number' },
  files: [],
});
const today = '2026-11-24';

test.each<[string, string[], string[], string[], string[]]>([
  ['nothing new', ['a', 'b'], ['a', 'b'], [], ['a', 'b']],
  ['answered here: it stays in its place', ['a', 'b'], ['b'], ['a'], ['a', 'b']],
  ['done in another tab: it goes', ['a', 'b'], ['b'], [], ['b']],
  ['something came up: at the end', ['a', 'b'], ['c', 'a', 'b'], [], ['a', 'b', 'c']],
  ['the order of the page stays', ['b', 'a'], ['a', 'b'], [], ['b', 'a']],
])('%s', (_, before, due, kept, expected) => {
  const merged = mergeCards({ today, cards: before.map((id) => card(id)) }, { today, due: due.map((id) => card(id)) }, (id) =>
    kept.includes(id),
  );
  expect(merged.cards.map(({ taskId }) => taskId)).toEqual(expected);
});

test('the next day is another list, whatever was answered', () => {
  const before = { today, cards: [card('a')] };
  expect(mergeCards(before, { today: '2026-11-25', due: [card('b')] }, () => true)).toEqual({ today: '2026-11-25', cards: [card('b')] });
});

test('a task that is due anew shows what the server says of it', () => {
  expect(mergeCards({ today, cards: [card('a')] }, { today, due: [card('a', 2)] }, () => false).cards[0]?.step).toBe(2);
});

test.each([
  ['2026-11-25', true],
  ['2026-11-26', false],
  ['2026-11-24', false],
])('%s is tomorrow of the 24th: %s', (on, expected) => {
  expect(isTomorrow(on, today)).toBe(expected);
});
