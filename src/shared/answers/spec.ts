import { readDecimal } from './decimal.ts';
import { foldSymbols } from './normalise.ts';
import { readAnswer } from './read.ts';
import type { Alphabet, AnswerOption, Criterion, FormatProblem } from './shapes.ts';
import { type AnswerSpec, keyAnswers } from './spec-schema.ts';

export { type AnswerSpec, answerSpecSchema, criteriaPoints, keyAnswers } from './spec-schema.ts';

/** Something in a well-formed specification that its author has to fix. `index` counts accepted answers from 0, as do rows and columns. */
export type SpecProblem =
  | { code: 'key-unreadable'; index: number; problem: FormatProblem }
  | { code: 'key-repeated'; index: number; sameAs: number }
  | { code: 'key-option-unknown'; id: string }
  | { code: 'key-option-repeated'; id: string }
  | { code: 'key-outside-alphabet'; symbol: string }
  | { code: 'key-larger-than-grid'; rows: number; cols: number }
  | { code: 'key-cell-empty'; row: number; col: number }
  | { code: 'tolerance-not-a-number' }
  | { code: 'tolerance-negative' }
  | { code: 'options-too-few'; count: number }
  | { code: 'option-id-repeated'; id: string }
  | { code: 'option-text-empty'; id: string }
  | { code: 'option-text-repeated'; id: string; sameAs: string }
  | { code: 'criteria-none' }
  | { code: 'criterion-id-repeated'; id: string }
  | { code: 'criterion-title-empty'; id: string };

/** Empty when a student can give the right answer and no part of the specification contradicts another. */
export function specProblems(spec: AnswerSpec): SpecProblem[] {
  const problems = problemsOfKind(spec);
  if (spec.kind === 'long') return problems;
  // A key refused for a reason already named would only be reported twice.
  return problems.some((problem) => problem.code.startsWith('key-')) ? problems : [...problems, ...unreadableKeys(spec)];
}

function problemsOfKind(spec: AnswerSpec): SpecProblem[] {
  switch (spec.kind) {
    case 'number':
      return spec.tolerance === undefined ? [] : toleranceProblems(spec.tolerance);
    case 'word':
      return [];
    case 'choice':
      return [...optionProblems(spec.options), ...keyOptionProblems(spec.options, [spec.key])];
    case 'choices':
      return [...optionProblems(spec.options), ...keyOptionProblems(spec.options, spec.key)];
    case 'sequence':
    case 'set':
      return spec.alphabet === undefined ? [] : alphabetProblems(spec.key, spec.alphabet);
    case 'cells':
      return gridProblems(spec);
    case 'long':
      return criteriaProblems(spec.criteria);
  }
}

function unreadableKeys(spec: AnswerSpec): SpecProblem[] {
  const problems: SpecProblem[] = [];
  const seen = new Map<string, number>();
  const keys = keyAnswers(spec);
  for (const [index, key] of (keys.length === 0 ? [''] : keys).entries()) {
    const reading = readAnswer(spec, key);
    if (!reading.ok) {
      problems.push({ code: 'key-unreadable', index, problem: reading.problem });
      continue;
    }
    const sameAs = seen.get(reading.canonical);
    if (sameAs === undefined) seen.set(reading.canonical, index);
    else problems.push({ code: 'key-repeated', index, sameAs });
  }
  return problems;
}

function toleranceProblems(tolerance: string): SpecProblem[] {
  const canonical = readDecimal(tolerance);
  if (canonical === null) return [{ code: 'tolerance-not-a-number' }];
  return canonical.startsWith('-') ? [{ code: 'tolerance-negative' }] : [];
}

function optionProblems(options: AnswerOption[]): SpecProblem[] {
  const problems: SpecProblem[] = options.length < 2 ? [{ code: 'options-too-few', count: options.length }] : [];
  const ids = new Set<string>();
  const idByText = new Map<string, string>();
  for (const { id, text } of options) {
    const shown = text.normalize('NFC').trim();
    const sameAs = idByText.get(shown);
    if (ids.has(id)) problems.push({ code: 'option-id-repeated', id });
    if (shown === '') problems.push({ code: 'option-text-empty', id });
    else if (sameAs !== undefined) problems.push({ code: 'option-text-repeated', id, sameAs });
    else idByText.set(shown, id);
    ids.add(id);
  }
  return problems;
}

function criteriaProblems(criteria: Criterion[]): SpecProblem[] {
  if (criteria.length === 0) return [{ code: 'criteria-none' }];
  const ids = new Set<string>();
  return criteria.flatMap(({ id, title }): SpecProblem[] => {
    const repeated: SpecProblem[] = ids.has(id) ? [{ code: 'criterion-id-repeated', id }] : [];
    ids.add(id);
    return title.trim() === '' ? [...repeated, { code: 'criterion-title-empty', id }] : repeated;
  });
}

function keyOptionProblems(options: AnswerOption[], key: string[]): SpecProblem[] {
  return key.flatMap((id, i): SpecProblem[] => {
    if (!options.some((option) => option.id === id)) return [{ code: 'key-option-unknown', id }];
    return key.indexOf(id) < i ? [{ code: 'key-option-repeated', id }] : [];
  });
}

/** A letter left in the other script after look-alikes were mapped could never be typed by a student who believes the statement. */
function alphabetProblems(key: string, alphabet: Alphabet): SpecProblem[] {
  const otherScript = alphabet === 'latin' ? /\p{Script=Cyrillic}/u : /\p{Script=Latin}/u;
  const symbol = otherScript.exec(foldSymbols(key, alphabet))?.[0];
  return symbol === undefined ? [] : [{ code: 'key-outside-alphabet', symbol }];
}

function gridProblems(spec: AnswerSpec & { kind: 'cells' }): SpecProblem[] {
  const cols = Math.max(0, ...spec.key.map((cells) => cells.length));
  if (spec.key.length > spec.rows || cols > spec.cols) return [{ code: 'key-larger-than-grid', rows: spec.key.length, cols }];
  return spec.key.flatMap((cells, row) =>
    Array.from({ length: cols }, (_, col) => col)
      .filter((col) => (cells[col] ?? '').trim() === '')
      .map((col): SpecProblem => ({ code: 'key-cell-empty', row, col })),
  );
}
