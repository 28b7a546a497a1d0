import { z } from 'zod';
import { ANSWER_LIMITS } from './limits.ts';
import type { AnswerFormat, AnswerOption, AnswerValue, Criterion } from './shapes.ts';
import type { AnswerSpec } from './spec-schema.ts';

export type { AnswerFormat, AnswerOption, AnswerValue } from './shapes.ts';

/** PostgreSQL stores neither U+0000 nor half of a surrogate pair, and nobody types them. */
const storable = (text: string) => !text.includes('\0') && text.isWellFormed();
const text = (length: number) => z.string().max(length).refine(storable);

/** An answer as it arrives from outside, before anything is known about the task. */
export const answerValueSchema: z.ZodType<AnswerValue, AnswerValue> = z.union([
  text(ANSWER_LIMITS.textLength),
  z.array(text(ANSWER_LIMITS.optionIdLength)).max(ANSWER_LIMITS.options),
  z.array(z.array(text(ANSWER_LIMITS.cellLength)).max(ANSWER_LIMITS.cols)).max(ANSWER_LIMITS.rows),
]);

/** Names every field it lets out, so that a field added to the specification stays on the server until it is named here. */
export function answerFormat(spec: AnswerSpec): AnswerFormat {
  switch (spec.kind) {
    case 'number':
    case 'word':
      return { kind: spec.kind };
    case 'choice':
    case 'choices':
      return { kind: spec.kind, options: spec.options.map(({ id, text }): AnswerOption => ({ id, text })) };
    case 'sequence':
    case 'set':
      return {
        kind: spec.kind,
        ...(spec.length === undefined ? {} : { length: spec.length }),
        ...(spec.alphabet === undefined ? {} : { alphabet: spec.alphabet }),
      };
    case 'cells':
      return { kind: spec.kind, rows: spec.rows, cols: spec.cols };
    case 'long':
      return { kind: spec.kind, criteria: spec.criteria.map(({ id, title, max }): Criterion => ({ id, title, max })) };
  }
}
