/** Scales of the exam: test scores by primary points. `points[i]` is the test score of i + 1 primary points. */
import * as z from 'zod';

/** What is wrong with a table, and at which primary point. `last`: full marks are 100. */
export interface ScaleProblem {
  reason: 'length' | 'order' | 'last';
  /** How many values there should be; the least that may stand here. */
  expected: number;
  /** Primary point, from 1: the first one that is missing, too many or too low. */
  at: number;
}

/** One rule for the office, for course files and for the seed. Null: it is a scale of an exam with so many primary points. */
export function scaleProblem(points: readonly number[], maxPrimary: number): ScaleProblem | null {
  const low = points.findIndex((score, i) => score < (points[i - 1] ?? 0));
  if (low !== -1) return { reason: 'order', expected: points[low - 1] ?? 0, at: low + 1 };
  if (points.length !== maxPrimary) return { reason: 'length', expected: maxPrimary, at: Math.min(points.length, maxPrimary) + 1 };
  return points.at(-1) === 100 ? null : { reason: 'last', expected: 100, at: points.length };
}

/** Least number of primary points whose test score reaches the target; null where the scale does not reach it or is missing. */
export function primaryForTarget(scale: readonly number[] | null, target: number): number | null {
  const index = scale?.findIndex((score) => score >= target) ?? -1;
  return index < 0 ? null : index + 1;
}

export const officeScaleDto = z.object({
  year: z.int(),
  points: z.array(z.int()),
  /** Exams that name it, of courses that are there. */
  exams: z.int(),
});
export type OfficeScaleDto = z.infer<typeof officeScaleDto>;

export const scaleSubjectDto = z.object({
  id: z.string(),
  title: z.string(),
  maxPrimary: z.int(),
  /** Newest first: the first one is what courses and forecasts use. */
  scales: z.array(officeScaleDto),
});
export type ScaleSubjectDto = z.infer<typeof scaleSubjectDto>;

export const scaleListDto = z.array(scaleSubjectDto);

/** `conflict`: another table stands there than the one that was edited; null where it was removed. Nothing was written. */
export const scaleSavedDto = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('saved') }),
  z.object({ outcome: z.literal('conflict'), points: z.array(z.int()).nullable() }),
]);
export type ScaleSavedDto = z.infer<typeof scaleSavedDto>;

/** All there was of it: what takes the removal back. */
export const removedScaleDto = z.object({ points: z.array(z.int()) });
