import { describe, expect, test } from 'vitest';
import {
  courseIsAllowed,
  isEnrolled,
  primaryForTarget,
  readingMinutes,
  topicIsDone,
  topicIsFresh,
  topicIsOpen,
  topicToContinue,
} from './rules.ts';

const opensAt = new Date('2026-11-26T15:00:00Z');
const before = new Date('2026-11-26T14:59:59.999Z');
const long = new Date('2030-01-01T00:00:00Z');
const nothing = { visited: false, openedEarly: false };

describe('the one rule of opening', () => {
  test.each([
    ['a guest a moment before', { role: 'guest', ...nothing }, before, false],
    ['a student a moment before', { role: 'student', ...nothing }, before, false],
    ['a moderator a moment before', { role: 'moderator', ...nothing }, before, true],
    ['a guest at the instant', { role: 'guest', ...nothing }, opensAt, true],
    ['a student at the instant', { role: 'student', ...nothing }, opensAt, true],
    ['a student long after', { role: 'student', ...nothing }, long, true],
    ['a student who was in it before its date moved', { role: 'student', visited: true, openedEarly: false }, before, true],
    ['a student for whom it was opened early', { role: 'student', visited: false, openedEarly: true }, before, true],
  ] as const)('%s', (_, who, now, open) => {
    expect(topicIsOpen({ opensAt, ...who }, now)).toBe(open);
  });
});

test.each([
  ['a student in a free course', false, false, 'student', true],
  ['a student in a paid course', true, false, 'student', false],
  ['a student whom it was granted', true, true, 'student', true],
  ['a moderator in a paid course', true, false, 'moderator', true],
] as const)('%s is let in: %s %s %s %s', (_, paid, enrolled, role, allowed) => {
  expect(courseIsAllowed({ paid, enrolled, role })).toBe(allowed);
});

test.each([
  ['nobody who does not take the course', null, false],
  ['until a moment after', new Date(opensAt.getTime() + 1), true],
  ['until this very instant', opensAt, false],
  ['until yesterday', before, false],
])('an enrolment holds: %s', (_, until, holds) => {
  expect(isEnrolled(until, opensAt)).toBe(holds);
});

test.each([
  [before, false],
  [opensAt, true],
  [new Date('2026-12-03T14:59:59.999Z'), true],
  [new Date('2026-12-03T15:00:00Z'), false],
])('at %o a topic is new: %s', (now, fresh) => {
  expect(topicIsFresh(opensAt, now)).toBe(fresh);
});

test.each([
  [[6, 11, 17, 64, 66], 60, 4],
  [[6, 11, 17, 64, 66], 64, 4],
  [[6, 11, 17, 64, 66], 65, 5],
  [[6, 11, 17, 64, 66], 1, 1],
  [[6, 11, 17, 64, 66], 80, null],
  [[], 60, null],
  [null, 60, null],
])('on the scale %j the target %s takes %s primary points', (scale, target, points) => {
  expect(primaryForTarget(scale, target)).toBe(points);
});

test.each([
  [{ done: 0, total: 3 }, true, false],
  [{ done: 2, total: 3 }, true, false],
  [{ done: 3, total: 3 }, true, true],
  [{ done: 0, total: 0 }, false, false],
  [{ done: 0, total: 0 }, true, true],
])('%j of the tasks, opened %s: the topic is done: %s', (tasks, visited, done) => {
  expect(topicIsDone({ tasks, visited })).toBe(done);
});

test.each([
  [0, 1],
  [100, 1],
  [149, 1],
  [150, 2],
  [1600, 16],
])('%s words take %s minutes', (words, minutes) => {
  expect(readingMinutes(words)).toBe(minutes);
});

type Topic = Parameters<typeof topicToContinue>[0][number];

/** `a 1/3 +2` – topic a, open, 1 of 3 tasks solved, worked on last at hour 2; `b -` – locked. */
function topics(text: string): Topic[] {
  return text.split(', ').map((line) => {
    const [slug = '', counts = '', hour] = line.split(' ');
    const [done = 0, total = 0] = counts.split('/').map(Number);
    const lastAt = hour ? new Date(Date.UTC(2026, 10, 24, Number(hour))) : null;
    return counts === '-'
      ? { slug, open: false, visited: false, tasks: { done: 0, total: 4 }, lastAt }
      : { slug, open: true, visited: lastAt !== null, tasks: { done, total }, lastAt };
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
  ['and left when it was read', 'a 0/0 +1, b 0/3', 'b'],
  ['a locked one never, although it was worked on before', 'a 3/3 +1, b - +3', 'a'],
  ['nothing is open', 'a -, b -', null],
])('to go on with: %s', (_, text, slug) => {
  expect(topicToContinue(topics(text))).toBe(slug);
});

test('a course without topics has nothing to go on with', () => {
  expect(topicToContinue([])).toBeNull();
});
