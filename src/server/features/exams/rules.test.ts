import { describe, expect, test } from 'vitest';
import { graceMs } from '#shared/exams.ts';
import {
  attemptsAllowed,
  bestOf,
  deadlineOf,
  dueBefore,
  type ExamWindow,
  endedAt,
  examState,
  isBlank,
  isDue,
  type ReviewTerms,
  reviewOpensAt,
  scoreOf,
  wakeAt,
} from './rules.ts';

const at = (time: string) => new Date(`2026-11-24T${time}Z`);
const maybe = (time: string | null) => time && at(time.length === 5 ? `${time}:00` : time);

describe('the deadline of an attempt begun at 12:00', () => {
  test.each<[limit: number | null, closes: string | null, extra: number, ends: string | null]>([
    [60, null, 0, '13:00'],
    [60, null, 30, '13:30'],
    [60, '12:40', 0, '12:40'],
    [60, '12:40', 30, '13:10'],
    [60, '14:00', 0, '13:00'],
    [null, '14:00', 0, '14:00'],
    [null, '14:00', 15, '14:15'],
    [null, null, 15, null],
  ])('limit %s, closes %s, extra %s: %s', (limitMinutes, closes, extraMinutes, ends) => {
    expect(deadlineOf({ startedAt: at('12:00:00'), limitMinutes, closesAt: maybe(closes) || null, extraMinutes })).toEqual(maybe(ends));
  });
});

test('an attempt is due when the grace is over, not before, and never without a deadline', () => {
  const deadline = at('13:00:00');
  const after = (ms: number) => new Date(deadline.getTime() + ms);
  expect([-1, 0, graceMs - 1, graceMs, graceMs + 1].map((ms) => isDue(deadline, after(ms)))).toEqual([false, false, false, true, true]);
  expect(isDue(null, after(1e12))).toBe(false);
  // The statement that looks for due ones says the same.
  for (const ms of [graceMs - 1, graceMs]) expect(deadline <= dueBefore(after(ms))).toBe(isDue(deadline, after(ms)));
  expect(isDue(deadline, wakeAt(deadline))).toBe(true);
});

test.each([
  ['before the deadline', '12:59:59', '12:59:59'],
  ['in the grace', '13:00:03', '13:00:00'],
  ['an hour late', '14:00:00', '13:00:00'],
])('ended %s: counts as over at %s → %s', (_, now, ended) => {
  expect(endedAt(at('13:00:00'), at(now))).toEqual(at(ended));
  expect(endedAt(null, at(now))).toEqual(at(now));
});

describe('what may be done with an exam at 12:00', () => {
  const plain: ExamWindow = { opensAt: null, closesAt: null, attempts: 1, extra: { minutes: 0, attempts: 0 }, used: 0, running: false };
  test.each<[string, Partial<ExamWindow>, string]>([
    ['nothing stands in the way', {}, 'open'],
    ['it opens a second later', { opensAt: at('12:00:01') }, 'soon'],
    ['it opens now', { opensAt: at('12:00:00') }, 'open'],
    ['it closes now', { closesAt: at('12:00:00') }, 'closed'],
    ['it closes a second later', { closesAt: at('12:00:01') }, 'open'],
    ['it closed, and one has minutes left', { closesAt: at('11:50:00'), extra: { minutes: 15, attempts: 0 } }, 'open'],
    ['the attempt is used', { used: 1 }, 'used'],
    ['another was given', { used: 1, extra: { minutes: 0, attempts: 1 } }, 'open'],
    ['there is no limit of attempts', { attempts: null, used: 100 }, 'open'],
    ['it is over and used', { closesAt: at('11:00:00'), used: 1 }, 'closed'],
    ['one is running, though it is over', { closesAt: at('11:00:00'), used: 1, running: true }, 'open'],
  ])('%s', (_, over, state) => {
    expect(examState({ ...plain, ...over }, at('12:00:00'))).toBe(state);
  });
  test('attempts that were given are added', () => {
    expect(attemptsAllowed({ attempts: 2, extra: { minutes: 0, attempts: 3 } })).toBe(5);
    expect(attemptsAllowed({ attempts: null, extra: { minutes: 0, attempts: 3 } })).toBeNull();
  });
});

describe('the review of an attempt that was over at 12:00 opens', () => {
  const closing: ReviewTerms = {
    review: 'closing',
    finishedAt: at('12:00:00'),
    closesAt: null,
    longestExtra: 0,
    attempts: 1,
    extra: { attempts: 0 },
    used: 1,
    running: false,
  };
  test.each<[string, Partial<ReviewTerms>, string | null]>([
    ['at once', { review: 'finish', closesAt: at('18:00:00') }, '12:00:00'],
    ['when the exam is closed and nothing is under way', { closesAt: at('18:00:00') }, '18:00:05'],
    ['after the longest extra minutes of anybody', { closesAt: at('18:00:00'), longestExtra: 30 }, '18:30:05'],
    ['when the attempts are used up', {}, '12:00:00'],
    ['not while one is left', { attempts: 2 }, null],
    ['not while one was given', { extra: { attempts: 1 } }, null],
    ['not while the last one is running', { attempts: 2, used: 2, running: true }, null],
    ['when the last one is over', { attempts: 2, used: 2 }, '12:00:00'],
    ['when the attempt is over, where attempts have no end', { attempts: null, used: 50 }, '12:00:00'],
    ['not while another one is running there', { attempts: null, used: 2, running: true }, null],
  ])('%s', (_, over, opens) => {
    expect(reviewOpensAt({ ...closing, ...over })).toEqual(maybe(opens));
  });
});

describe('points become a test score', () => {
  const scale = { year: 2025, points: [10, 40, 100] };
  test.each([
    [0, 3, 0],
    [1, 3, 10],
    [3, 3, 100],
    [2, 4, null],
    [0, 0, null],
  ])('%s of %s: %s', (points, maxPoints, score) => {
    expect(scoreOf({ points, maxPoints, waiting: 0 }, scale)).toEqual({
      points,
      maxPoints,
      score,
      scaleYear: score === null ? null : 2025,
      waiting: 0,
    });
  });
  test('only where there is a scale', () => {
    expect(scoreOf({ points: 3, maxPoints: 3, waiting: 1 }, null)).toMatchObject({ score: null, scaleYear: null, waiting: 1 });
  });
});

test('the best attempt has the most points, and is the earlier one of two equal', () => {
  const [a, b, c] = [2, 5, 5].map((points, index) => ({ points, number: index + 1 }));
  expect(bestOf([c, b, a].filter((attempt) => attempt !== undefined))).toBe(b);
  expect(bestOf([])).toBeNull();
});

test.each([
  [null, true],
  ['', true],
  ['  \n', true],
  [[], true],
  [[['', ' '], ['']], true],
  ['0', false],
  [['a'], false],
  [
    [
      ['', ''],
      ['', '7'],
    ],
    false,
  ],
])('%j is blank: %s', (value, blank) => {
  expect(isBlank(value)).toBe(blank);
});
