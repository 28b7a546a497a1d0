import type { AnswerValue } from '#shared/answers/format.ts';
import { ANSWER_LIMITS } from '#shared/answers/limits.ts';
import type { AnswerFormatDto } from '#shared/tasks.ts';

/**
 * What the server can keep: one value beyond the limits would have all that is sent with it refused. Pasted tables may have cells of any length, and
 * half of a surrogate pair comes out of a text cut in the middle.
 */
export function storable(format: AnswerFormatDto, value: AnswerValue): AnswerValue {
  if (typeof value === 'string')
    return format.kind === 'long' ? clean(value) : clean(value).slice(0, ANSWER_LIMITS.textLength).toWellFormed();
  if (format.kind !== 'cells') return value;
  return value.map((row) =>
    (typeof row === 'string' ? [row] : row).map((cell) => clean(cell).slice(0, ANSWER_LIMITS.cellLength).toWellFormed()),
  );
}

function clean(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
