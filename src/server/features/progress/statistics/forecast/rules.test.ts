import { describe, expect, test } from 'vitest';
import { forecastRule } from '#shared/statistics-rules.ts';
import { type ExamPlan, type FirstAnswers, forecastOf, scoreOf } from './rules.ts';

/** Informatics 2025: 29 primary points, 60 from 14 of them, 80 from 21. */
const scale = [7, 14, 20, 27, 34, 40, 43, 46, 48, 51, 54, 56, 59, 62, 64, 67, 70, 72, 75, 78, 80, 83, 85, 88, 90, 93, 95, 98, 100];
const numbers = Array.from({ length: 27 }, (_, index) => ({ number: index + 1, points: index >= 25 ? 2 : 1 }));
const plan: ExamPlan = { target: 80, year: 2025, scale, numbers };

/** `right` of `count` answers to one number were right. */
const of = (number: number, right: number, count: number, maxPoints = 1): FirstAnswers[] => [
  { number, points: maxPoints, maxPoints, answers: right },
  { number, points: 0, maxPoints, answers: count - right },
];
const eachOf = (last: number, right: number, count: number) => numbers.slice(0, last).flatMap(({ number }) => of(number, right, count));
const primary = (answers: FirstAnswers[], over: Partial<ExamPlan> = {}) => forecastOf({ ...plan, ...over }, answers).now?.primary ?? null;

describe('the points expected: of each number its share of right first answers', () => {
  test.each([
    ['all right, once each', eachOf(27, 1, 1), 29],
    ['all wrong', eachOf(27, 0, 1), 0],
    ['half of each', eachOf(27, 2, 4), 15],
    ['ten numbers always, the others never tried', eachOf(10, 3, 3), 10],
    ['a number weighs the same, however often it was answered', [...of(1, 20, 20), ...of(2, 0, 1), ...of(3, 1, 1)], 2],
    ['two points for number 26', [...of(26, 8, 8), ...of(1, 0, 1), ...of(2, 0, 1)], 2],
    ['a part of the points is a part', [{ number: 26, points: 1, maxPoints: 2, answers: 10 }, ...of(1, 0, 1), ...of(2, 0, 1)], 1],
    ['the share counts, not the points a task has', [...of(26, 10, 10, 1), ...of(1, 0, 1), ...of(2, 0, 1)], 2],
    ['thirds are rounded, not cut', [...of(1, 2, 3), ...of(2, 2, 3), ...of(3, 2, 4)], 2],
    ['halves go up', [...of(1, 5, 10), ...of(2, 0, 1), ...of(3, 0, 1)], 1],
    ['a number the course does not have counts for nothing', [...eachOf(10, 1, 1), ...of(99, 50, 50)], 10],
    [
      'points that a task has no more are not above the whole',
      [{ number: 1, points: 3, maxPoints: 1, answers: 10 }, ...of(2, 0, 1), ...of(3, 0, 1)],
      1,
    ],
  ])('%s', (_, answers, expected) => {
    expect(primary(answers)).toBe(expected);
  });

  test('is never more than the exam gives, also where the tasks of the course have more points', () => {
    const rich = numbers.map(({ number }) => ({ number, points: 5 }));
    const { now } = forecastOf({ ...plan, numbers: rich }, eachOf(27, 4, 4));
    expect(now).toMatchObject({ primary: 29, score: 100, high: { primary: 29, score: 100 } });
  });
});

describe('below so many answers and numbers nothing is said', () => {
  const { leastAnswers, leastNumbers } = forecastRule;
  test.each([
    ['no answer', [], false],
    ['one answer too few', eachOf(leastAnswers - 1, 1, 1), false],
    ['just enough answers', eachOf(leastAnswers, 1, 1), true],
    ['one number too few', eachOf(leastNumbers - 1, 5, 10), false],
    ['just enough numbers', eachOf(leastNumbers, 2, 4), true],
    ['answers that do not count are none', [...eachOf(leastAnswers - 1, 1, 1), ...of(99, 1, 1)], false],
    ['tasks without points say nothing', numbers.map(({ number }) => ({ number, points: 0, maxPoints: 0, answers: 3 })), false],
  ])('%s', (_, answers, said) => {
    expect(forecastOf(plan, answers).now !== null).toBe(said);
  });

  test('what it is made from is said all the same', () => {
    expect(forecastOf(plan, [...of(1, 1, 2), ...of(5, 0, 1), ...of(99, 3, 3)]).basis).toEqual({ answers: 3, numbers: 2, ofNumbers: 27 });
    expect(forecastOf({ ...plan, numbers: [] }, of(1, 9, 9)).basis).toEqual({ answers: 0, numbers: 0, ofNumbers: 0 });
  });
});

describe('the scale', () => {
  test.each([
    [0, 0],
    [1, 7],
    [14, 62],
    [29, 100],
    [30, 100],
  ])('%i primary points are %i', (points, score) => {
    expect(scoreOf(scale, points)).toBe(score);
  });

  test('says what the target and the two marks take', () => {
    expect(forecastOf(plan, [])).toMatchObject({
      year: 2025,
      maxPrimary: 29,
      target: 80,
      targetPrimary: 21,
      marks: [
        { score: 60, primary: 14 },
        { score: 80, primary: 21 },
      ],
    });
    expect(forecastOf({ ...plan, target: 70, scale: scale.slice(0, 18) }, []).marks).toEqual([
      { score: 60, primary: 14 },
      { score: 70, primary: 17 },
      { score: 80, primary: null },
    ]);
  });
});

/** The same numbers in every run. */
function chance(seed: number) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function anyAnswers(random: () => number): FirstAnswers[] {
  return numbers.flatMap(({ number, points }) => {
    if (random() < 0.3) return [];
    const count = 1 + Math.floor(random() * 12);
    const right = Math.floor(random() * (count + 1));
    const partly = points > 1 && random() < 0.5 ? [{ number, points: 1, maxPoints: 2, answers: 1 + Math.floor(random() * 3) }] : [];
    return [...of(number, right, count, points), ...partly];
  });
}

describe('the range', () => {
  test('lies around the forecast and within the exam, whatever was answered; more right never means less', () => {
    const random = chance(42);
    for (let round = 0; round < 300; round += 1) {
      const answers = anyAnswers(random);
      const { now } = forecastOf(plan, answers);
      if (!now) continue;
      expect(now.low.primary).toBeGreaterThanOrEqual(0);
      expect(now.low.primary).toBeLessThanOrEqual(now.primary);
      expect(now.primary).toBeLessThanOrEqual(now.high.primary);
      expect(now.high.primary).toBeLessThanOrEqual(29);
      for (const one of [now, now.low, now.high]) expect(one.score).toBe(scoreOf(scale, one.primary));
      const better = forecastOf(plan, [...answers.filter(({ number }) => number !== 5), ...of(5, 12, 12)]).now;
      expect(better?.primary).toBeGreaterThanOrEqual(now.primary);
    }
  });

  test('does not depend on the order of the answers', () => {
    const answers = anyAnswers(chance(7));
    expect(forecastOf(plan, answers.toReversed())).toEqual(forecastOf(plan, answers));
  });

  test('is wide for a student who is sometimes right, and narrow for one who always is', () => {
    const width = (answers: FirstAnswers[]) => {
      const { now } = forecastOf(plan, answers);
      return now ? now.high.primary - now.low.primary : Number.NaN;
    };
    expect(width(eachOf(27, 10, 20))).toBeGreaterThan(2 * width(eachOf(27, 20, 20)));
    expect(width(eachOf(27, 20, 20))).toBeGreaterThanOrEqual(0);
  });

  // Students are made whose true skill at each number is known, they train, and then they sit the exam.
  test.each([
    ['who know half, two answers a number', 0, 1, 2],
    ['who know half, six answers a number', 0, 1, 6],
    ['who know much, six answers a number', 2, 1, 6],
    ['who know little, three answers a number', -1.5, 1.5, 3],
  ])('holds four results of five of students %s', (_, level, spread, count) => {
    const random = chance(2027);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const rounds = 800;
    let held = 0;
    for (let round = 0; round < rounds; round += 1) {
      const skills = numbers.map(({ number, points }) => ({
        number,
        points,
        skill: 1 / (1 + Math.exp((number - 14) / 9 - level - spread * normal())),
      }));
      const rightOf = (tries: number, skill: number) => Array.from({ length: tries }, () => random() < skill).filter(Boolean).length;
      const { now } = forecastOf(
        plan,
        skills.flatMap(({ number, skill }) => of(number, rightOf(count, skill), count)),
      );
      const result = skills.reduce((sum, { points, skill }) => sum + rightOf(points, skill), 0);
      if (now && result >= now.low.primary && result <= now.high.primary) held += 1;
    }
    expect(held / rounds).toBeGreaterThan(0.77);
    expect(held / rounds).toBeLessThan(0.93);
  });
});
