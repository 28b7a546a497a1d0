import { expect, test } from 'vitest';
import { topicToContinue } from './queries.ts';

type Topic = Parameters<typeof topicToContinue>[0][number];

/** `a 1/3 +2` – topic a, open, 1 of 3 tasks solved, worked on last at hour 2; `b -` – locked. */
function topics(text: string): Topic[] {
  return text.split(', ').map((line) => {
    const [slug = '', counts = '', hour] = line.split(' ');
    const [done = 0, total = 0] = counts.split('/').map(Number);
    const lastAt = hour ? new Date(Date.UTC(2026, 10, 24, Number(hour))) : null;
    return counts === '-' ? { slug, open: false, tasks: { done: 0, total: 4 }, lastAt } : { slug, open: true, tasks: { done, total }, lastAt };
  });
}

test.each([
  ['nothing begun: the first one', 'a 0/3, b 0/3, c -', 'a'],
  ['the one worked on last', 'a 1/3 +1, b 1/3 +3, c 1/3 +2', 'b'],
  ['begun goes before not begun', 'a 0/3, b 1/3 +1', 'b'],
  ['what is done is left, although it was last', 'a 1/3 +1, b 3/3 +3, c 0/3', 'a'],
  ['all begun is done: the next in order', 'a 3/3 +1, b 0/3, c 0/3', 'b'],
  ['all is done: the last open one', 'a 3/3 +2, b 3/3 +1, c -', 'b'],
  ['a topic without tasks is passed through', 'a 0/0, b 0/3', 'a'],
  ['a locked one never, although it was worked on before', 'a 3/3 +1, b - +3', 'a'],
  ['nothing is open', 'a -, b -', null],
])('to go on with: %s', (_, text, slug) => {
  expect(topicToContinue(topics(text))).toBe(slug);
});

test('a course without topics has nothing to go on with', () => {
  expect(topicToContinue([])).toBeNull();
});
