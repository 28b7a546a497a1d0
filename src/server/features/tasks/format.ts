import { answerFormat } from '#shared/answers/format.ts';
import type { AnswerOption } from '#shared/answers/shapes.ts';
import type { AnswerSpec } from '#shared/answers/spec.ts';
import type { ShownAnswerDto } from '#shared/clusters.ts';
import type { AnswerFormatDto } from '#shared/tasks.ts';
import type { App } from '../../platform/app.ts';
import type { FileUrl } from '../courses/topic-files.ts';

/** The form of the answer with its options rendered; nothing in it comes from the key. */
export function toAnswerFormatDto(app: App, spec: AnswerSpec, fileUrl?: FileUrl): AnswerFormatDto {
  const format = answerFormat(spec);
  if ('options' in format)
    return {
      kind: format.kind,
      options: format.options.map(({ id, text }) => ({ id, html: app.markdown.renderInline(text, { fileUrl }) })),
    };
  if (format.kind === 'long')
    return {
      kind: format.kind,
      criteria: format.criteria.map(({ id, title, max }) => ({ id, max, html: app.markdown.renderInline(title, { fileUrl }) })),
    };
  return format;
}

/** An answer as the student saw it: options by their places and texts. */
export function toShownAnswerDto(
  app: App,
  answer: { options: AnswerOption[] | null; understood: string },
  fileUrl?: FileUrl,
): ShownAnswerDto {
  const ids = answer.understood.split(',');
  const chosen = (answer.options ?? []).flatMap((option, index) =>
    ids.includes(option.id) ? [{ place: index + 1, html: app.markdown.renderInline(option.text, { fileUrl }) }] : [],
  );
  return chosen.length > 0 ? { kind: 'options', chosen } : { kind: 'text', text: answer.understood };
}
