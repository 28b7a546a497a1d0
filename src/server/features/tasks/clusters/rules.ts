import { optionPlaces } from '#shared/answers/option-places.ts';
import { readAnswer } from '#shared/answers/read.ts';
import { type AnswerSpec, keyAnswers } from '#shared/answers/spec.ts';

/** The right answer in words, as an answer of a student is shown; null where there is none to show. */
export function keyInWords(spec: AnswerSpec | null): string | null {
  if (!spec || spec.kind === 'long') return null;
  if ('options' in spec) return optionPlaces(spec.options, [spec.key].flat()).join(', ');
  // Words as their author spelt them: reading would fold ё to е.
  if (spec.kind === 'word') return spec.key.join(' / ');
  const words = keyAnswers(spec).map((value) => {
    const reading = readAnswer(spec, value);
    return reading.ok ? reading.understood : String(value);
  });
  const tolerance = spec.kind === 'number' && spec.tolerance !== undefined ? ` ± ${spec.tolerance}` : '';
  return words.join('') + tolerance;
}

/** A place between two pages of clusters, which go by their size. */
export interface ClusterCursor {
  students: number;
  hash: string;
}

export function toClusterCursor({ students, hash }: ClusterCursor): string {
  return `${students}.${hash}`;
}

/** Null for what no page ever gave out. */
export function clusterCursor(text: string): ClusterCursor | null {
  const parts = /^(\d{1,9})\.([\w-]{43})$/.exec(text);
  return parts ? { students: Number(parts[1]), hash: parts[2] ?? '' } : null;
}
