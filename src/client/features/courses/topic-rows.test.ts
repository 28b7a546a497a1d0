import { describe, expect, test } from 'vitest';
import type { CourseDto, TopicRowDto } from '#shared/courses.ts';
import { courseAction, isCourseOpen, isDone, nextOpening, rowKind, spokenMinutes } from './topic-rows.ts';

function topic(slug: string, open: boolean, opensAt: string, done = 0): TopicRowDto {
  return { slug, title: slug, number: 1, open, opensAt, fresh: false, tasks: { done, total: 3 } };
}

const first = topic('first', true, '2026-11-12T15:00:00Z', 3);
const second = topic('second', true, '2026-11-19T15:00:00Z', 1);
const later = topic('later', false, '2026-12-10T15:00:00Z');
const sooner = topic('sooner', false, '2026-11-26T15:00:00Z');

function course(mine: Partial<NonNullable<CourseDto['mine']>> | null, topics = [first, second, later], forSale = false): CourseDto {
  const count = { done: 0, total: 0 };
  const facts = { enrolled: true, allowed: true, topics: count, tasks: count, openTopics: 2, firstTry: count, continueTopic: null };
  return { topics, forSale, mine: mine && { ...facts, ...mine } } as CourseDto;
}

test('the next opening is the earliest date among the locked, whatever the order of topics', () => {
  expect(nextOpening([first, later, sooner])?.slug).toBe('sooner');
  expect(nextOpening([first, second])).toBeNull();
});

test('what kind of row', () => {
  expect(rowKind(first, 'sooner', true)).toBe('open');
  expect(rowKind(sooner, 'sooner', true)).toBe('next');
  expect(rowKind(later, 'sooner', true)).toBe('locked');
  expect(rowKind(first, 'sooner', false)).toBe('closed');
  expect(rowKind(sooner, 'sooner', false)).toBe('next');
});

test('a guest finds the topics of a course open that costs nothing, and those of a paid one locked', () => {
  const { mine } = course({});
  const [guest, free] = [{ mine: null }, { priceMinor: 0, monthlyMinor: 0 }];
  expect(isCourseOpen({ ...guest, ...free })).toBe(true);
  expect(isCourseOpen({ ...guest, ...free, priceMinor: 100 })).toBe(false);
  expect(isCourseOpen({ ...guest, ...free, monthlyMinor: 100 })).toBe(false);
  expect(isCourseOpen({ mine, ...free, priceMinor: 100 })).toBe(true);
});

test('a topic without tasks is never done', () => {
  expect(isDone(first)).toBe(true);
  expect(isDone(second)).toBe(false);
  expect(isDone({ ...first, tasks: { done: 0, total: 0 } })).toBe(false);
});

describe('the one next step of a course', () => {
  test.each([
    ['a guest registers', course(null), { kind: 'register' }],
    ['a newcomer starts with the first open topic', course({ enrolled: false }), { kind: 'start', slug: 'first' }],
    ['a student goes on', course({ continueTopic: 'second' }), { kind: 'continue', slug: 'second', number: 1 }],
    ['nothing to go on with: the last topic is done', course({ continueTopic: 'first' }), null],
    ['nothing is open yet', course({ enrolled: false }, [later, sooner]), null],
    ['the course is not open to this person', course({ enrolled: false, allowed: false }), null],
    ['and is sold', course({ enrolled: false, allowed: false }, [first], true), { kind: 'buy' }],
    ['a guest buys what is sold', course(null, [first], true), { kind: 'buy' }],
    ['whose month is over buys again', course({ allowed: false, continueTopic: 'second' }, [second], true), { kind: 'buy' }],
    [
      'what has just been bought is started',
      course({ continueTopic: 'second', firstTry: null }, [second], true),
      { kind: 'start', slug: 'second' },
    ],
    ['what was bought goes on', course({ continueTopic: 'second' }, [second], true), { kind: 'continue', slug: 'second', number: 1 }],
  ])('%s', (_, given, action) => {
    expect(courseAction(given)).toEqual(action);
  });
});

test.each([
  [30 * 60_000, 30],
  [30 * 60_000 + 1, null],
  [29 * 60_000, null],
  [5 * 60_000 - 9000, 5],
  [59_000, 1],
  [50_000, null],
  [0, null],
  [-1000, null],
])('with %i ms left %s is said', (left, said) => {
  expect(spokenMinutes(left)).toBe(said);
});
