import { z } from 'zod';
import { ANSWER_LIMITS } from './limits.ts';
import type { AnswerValue } from './shapes.ts';

const keyText = z.string().max(200);
const optionId = z
  .string()
  .max(ANSWER_LIMITS.optionIdLength)
  .regex(/^[a-z0-9]+$/);
const option = z.strictObject({ id: optionId, text: z.string().max(2000) });
const options = z.array(option).max(ANSWER_LIMITS.options);
const oneErrorRule = z.enum(['none', 'ege']);
const symbols = {
  key: keyText,
  length: z.int().min(1).max(200).optional(),
  alphabet: z.enum(['latin', 'cyrillic']).optional(),
  partial: oneErrorRule,
};

const criterion = z.strictObject({
  id: z
    .string()
    .max(10)
    .regex(/^[\p{L}\p{N}]+$/u),
  title: z.string().max(1000),
  max: z.int().min(1).max(ANSWER_LIMITS.criterionPoints),
});

/** The truth about a task's answer. Stored as JSON, never sent to a student; keys are kept as the author typed them. */
export const answerSpecSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('number'), key: keyText, tolerance: keyText.optional() }),
  z.strictObject({ kind: z.literal('word'), key: z.array(keyText).max(50), spelling: z.literal('strict').optional() }),
  z.strictObject({ kind: z.literal('choice'), key: keyText, options }),
  z.strictObject({ kind: z.literal('choices'), key: z.array(keyText).max(ANSWER_LIMITS.options), options, partial: oneErrorRule }),
  z.strictObject({ kind: z.literal('sequence'), ...symbols }),
  z.strictObject({ kind: z.literal('set'), ...symbols }),
  z.strictObject({
    kind: z.literal('cells'),
    key: z.array(z.array(z.string().max(ANSWER_LIMITS.cellLength)).max(ANSWER_LIMITS.cols)).max(ANSWER_LIMITS.rows),
    rows: z.int().min(1).max(ANSWER_LIMITS.rows),
    cols: z.int().min(1).max(ANSWER_LIMITS.cols),
    partial: z.enum(['none', 'swapped', 'one-right', 'swapped-or-one-right']),
  }),
  /** Has no key: a teacher grades it. The points of the task are the sum of the maxima. */
  z.strictObject({ kind: z.literal('long'), criteria: z.array(criterion).max(ANSWER_LIMITS.criteria) }),
]);

export type AnswerSpec = z.infer<typeof answerSpecSchema>;

/** Every answer the key itself counts as right, in the shape a student would send it. */
export function keyAnswers(spec: AnswerSpec): AnswerValue[] {
  if (spec.kind === 'long') return [];
  return spec.kind === 'word' ? spec.key : [spec.key];
}

/** What a long answer can bring at most. */
export function criteriaPoints(criteria: readonly { max: number }[]): number {
  return criteria.reduce((sum, { max }) => sum + max, 0);
}
