import { readDecimal, withinTolerance } from './decimal.ts';
import { earnsHalf, halfOf } from './partial.ts';
import { readAnswer } from './read.ts';
import type { AnswerValue, FormatProblem } from './shapes.ts';
import { type AnswerSpec, keyAnswers } from './spec-schema.ts';

/** `partly` always comes with points: half of one point is none, so such an answer is wrong. */
export type Verdict = 'right' | 'partly' | 'wrong';

/** An answer that is not graded costs no attempt and earns nothing; an empty one is always such. */
export type AnswerCheck =
  | { graded: true; verdict: Verdict; points: number; canonical: string; understood: string }
  | { graded: false; problem: FormatProblem };

/**
 * Grades by the rules of the exam, by equality alone and never by likeness. `points` is the full score of the task. A key that cannot be
 * read equals no answer; `specProblems` tells the author so before anybody answers.
 */
export function checkAnswer(spec: AnswerSpec, points: number, value: AnswerValue): AnswerCheck {
  const reading = readAnswer(spec, value);
  if (!reading.ok) return { graded: false, problem: reading.problem };
  const { canonical, understood } = reading;
  const half = halfOf(points);
  const keys = canonicalKeys(spec);
  if (keys.some((key) => isRight(spec, key, canonical))) return { graded: true, verdict: 'right', points, canonical, understood };
  if (half > 0 && keys.some((key) => earnsHalf(spec, key, canonical))) {
    return { graded: true, verdict: 'partly', points: half, canonical, understood };
  }
  return { graded: true, verdict: 'wrong', points: 0, canonical, understood };
}

function canonicalKeys(spec: AnswerSpec): string[] {
  return keyAnswers(spec).flatMap((key) => {
    const reading = readAnswer(spec, key);
    return reading.ok ? [reading.canonical] : [];
  });
}

function isRight(spec: AnswerSpec, key: string, canonical: string): boolean {
  if (key === canonical) return true;
  const tolerance = spec.kind === 'number' && spec.tolerance !== undefined ? readDecimal(spec.tolerance) : null;
  return tolerance !== null && withinTolerance(canonical, key, tolerance);
}
