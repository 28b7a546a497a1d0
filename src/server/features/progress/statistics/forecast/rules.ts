import type { ForecastDto } from '#shared/statistics.ts';
import { forecastRule } from '#shared/statistics-rules.ts';
import { primaryForTarget } from '../../../courses/rules.ts';

/** The exam as the tasks of a course show it, and the scale that turns its points into a test score. */
export interface ExamPlan {
  target: number;
  year: number;
  /** Test scores by primary points, 1 … maximum. */
  scale: readonly number[];
  numbers: readonly { number: number; points: number }[];
}

/** First answers to tasks of one number of the exam that brought so many points of so many. */
export interface FirstAnswers {
  number: number;
  points: number;
  maxPoints: number;
  answers: number;
}

export type Forecast = Pick<ForecastDto, 'year' | 'maxPrimary' | 'target' | 'targetPrimary' | 'marks' | 'now' | 'basis'>;

/** What the range leaves out at either end: between them it holds four results of five. */
const tail = 0.1;
/** A number that was answered a few times is taken to go, by so many answers, as all numbers together go. */
const priorAnswers = 2;
/** Sums of shares are not exact. */
const epsilon = 1e-9;
const marks = [60, 80];

/** What the exam would bring by these answers. The rule in words: docs/statistics.md. */
export function forecastOf(plan: ExamPlan, answers: readonly FirstAnswers[]): Forecast {
  const maxPrimary = plan.scale.length;
  const tallies = tally(plan, answers);
  const basis = {
    answers: tallies.reduce((sum, { count }) => sum + count, 0),
    numbers: tallies.filter(({ count }) => count > 0).length,
    ofNumbers: tallies.length,
  };
  const enough = basis.answers >= forecastRule.leastAnswers && basis.numbers >= forecastRule.leastNumbers;
  return {
    year: plan.year,
    maxPrimary,
    target: plan.target,
    targetPrimary: primaryForTarget(plan.scale, plan.target),
    marks: [...new Set([...marks, plan.target])]
      .sort((a, b) => a - b)
      .map((score) => ({ score, primary: primaryForTarget(plan.scale, score) })),
    now: enough ? resultOf(plan.scale, tallies) : null,
    basis,
  };
}

interface Tally {
  points: number;
  count: number;
  /** Answers that were right, those that brought a part of the points by their part. */
  right: number;
}

/** One for each number of the exam; answers to other tasks count for nothing. */
function tally(plan: ExamPlan, answers: readonly FirstAnswers[]): Tally[] {
  const byNumber = new Map(plan.numbers.map(({ number, points }) => [number, { points, count: 0, right: 0 }]));
  for (const { number, points, maxPoints, answers: count } of answers) {
    const found = byNumber.get(number);
    if (!found || maxPoints <= 0) continue;
    found.count += count;
    // A task may have had more points when it was answered than it has now.
    found.right += count * Math.min(1, Math.max(0, points / maxPoints));
  }
  return [...byNumber.values()];
}

function resultOf(scale: readonly number[], tallies: readonly Tally[]): ForecastDto['now'] {
  const expected = tallies.reduce((sum, { points, count, right }) => sum + (count > 0 ? (points * right) / count : 0), 0);
  const primary = Math.min(scale.length, Math.round(expected + epsilon));
  const chances = chancesOf(tallies, scale.length);
  const result = (of: number) => ({ primary: of, score: scoreOf(scale, of) });
  return {
    ...result(primary),
    low: result(Math.min(primary, quantile(chances, tail))),
    high: result(Math.max(primary, quantile(chances, 1 - tail))),
  };
}

/** Test score of primary points by a scale. */
export function scoreOf(scale: readonly number[], primary: number): number {
  return scale[Math.min(primary, scale.length) - 1] ?? 0;
}

/**
 * How likely each sum of points is, 0 … maximum: every number that was tried brings points by a beta-binomial distribution, and the numbers do not
 * know of each other. Exact, and the same every time.
 */
function chancesOf(tallies: readonly Tally[], maximum: number): number[] {
  const tried = tallies.filter(({ count }) => count > 0);
  const count = tried.reduce((sum, one) => sum + one.count, 0);
  const right = tried.reduce((sum, one) => sum + one.right, 0);
  // Of nobody it is known that they are always right: two answers more, one of them wrong.
  const overall = (right + 1) / (count + 2);
  let sums = [1, ...Array<number>(maximum).fill(0)];
  for (const one of tried) {
    const a = priorAnswers * overall + one.right;
    const b = priorAnswers * (1 - overall) + one.count - one.right;
    sums = added(sums, betaBinomial(one.points, a, b));
  }
  return sums;
}

/** The distribution of a sum; what goes beyond the end stays at the end. */
function added(sums: readonly number[], points: readonly number[]): number[] {
  const result = Array<number>(sums.length).fill(0);
  for (const [sum, chance] of sums.entries()) {
    if (chance === 0) continue;
    for (const [more, itsChance] of points.entries()) {
      const at = Math.min(sums.length - 1, sum + more);
      result[at] = (result[at] ?? 0) + chance * itsChance;
    }
  }
  return result;
}

/** Chances of 0 … n successes where the chance of one is spread by Beta(a, b). */
function betaBinomial(n: number, a: number, b: number): number[] {
  let chance = 1;
  for (let i = 0; i < n; i += 1) chance *= (b + i) / (a + b + i);
  const chances = [chance];
  for (let k = 0; k < n; k += 1) {
    chance *= ((n - k) / (k + 1)) * ((a + k) / (b + n - k - 1));
    chances.push(chance);
  }
  return chances;
}

/** The least sum up to which at least this share of all results lies. */
function quantile(chances: readonly number[], share: number): number {
  let below = 0;
  const found = chances.findIndex((chance) => {
    below += chance;
    return below >= share - epsilon;
  });
  return found < 0 ? chances.length - 1 : found;
}
