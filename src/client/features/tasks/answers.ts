import type { AnswerFormat, AnswerValue } from '#shared/answers/format.ts';
import { optionPlaces } from '#shared/answers/option-places.ts';
import type { AnswerFormatDto } from '#shared/tasks.ts';

/** The same format in the words of the shared reader of answers; the text of options plays no part in reading. */
export function toAnswerFormat(format: AnswerFormatDto): AnswerFormat {
  if (format.kind === 'long') return { kind: 'long', criteria: format.criteria.map(({ id, html, max }) => ({ id, title: html, max })) };
  if (format.kind !== 'choice' && format.kind !== 'choices') return format;
  return { kind: format.kind, options: format.options.map(({ id, html }) => ({ id, text: html })) };
}

export function blankAnswer(format: AnswerFormatDto): AnswerValue {
  if (format.kind === 'choices') return [];
  return format.kind === 'cells' ? blankGrid(format.rows, format.cols) : '';
}

export function blankGrid(rows: number, cols: number): string[][] {
  return Array.from({ length: rows }, () => Array.from({ length: cols }, () => ''));
}

/** Is this something the field of that format could hold? What lay in a browser's storage may belong to an older version of the task. */
export function fits(format: AnswerFormatDto, value: unknown): value is AnswerValue {
  switch (format.kind) {
    case 'choice':
      return typeof value === 'string' && (value === '' || format.options.some((option) => option.id === value));
    case 'choices':
      return Array.isArray(value) && value.every((id) => format.options.some((option) => option.id === id));
    case 'cells':
      return (
        Array.isArray(value) &&
        value.length === format.rows &&
        value.every((row) => Array.isArray(row) && row.length === format.cols && row.every((cell) => typeof cell === 'string'))
      );
    default:
      return typeof value === 'string';
  }
}

/** For «мы поняли ваш ответ как» and the list of attempts: options have ids that nobody sees, so they are called by their places. */
export function showUnderstood(format: AnswerFormatDto, understood: string): string {
  if (format.kind !== 'choice' && format.kind !== 'choices') return understood;
  return optionPlaces(format.options, understood.split(',')).join(', ');
}

/** A right answer given earlier, put back into its field. */
export function fromUnderstood(format: AnswerFormatDto, understood: string): AnswerValue {
  switch (format.kind) {
    case 'choices':
      return understood.split(',');
    case 'cells': {
      const given = understood.split('; ').map((row) => row.split(' · ').map((cell) => (cell === '—' ? '' : cell)));
      return blankGrid(format.rows, format.cols).map((row, r) => row.map((_, c) => given[r]?.[c] ?? ''));
    }
    default:
      return understood;
  }
}

export function sameAnswer(a: AnswerValue, b: AnswerValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

const signs = /^\s*[-\u2010-\u2015\u2212]\s*/;

/** Number keyboards of phones have no minus, so a button beside the field sets and removes it. */
export function toggleSign(text: string): string {
  return signs.test(text) ? text.replace(signs, '') : `\u2212${text.trimStart()}`;
}
