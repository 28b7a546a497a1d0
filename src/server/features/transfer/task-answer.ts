import { ANSWER_LIMITS } from '#shared/answers/limits.ts';
import { type AnswerSpec, answerSpecSchema, type SpecProblem, specProblems } from '#shared/answers/spec.ts';
import { type AnswerKind, alphabets, answerKeys, answerKinds, cellRules, keysOfKind, oneErrorRules, spellings } from '#shared/task-keys.ts';
import type { Fields } from './fields.ts';
import type { SourceProblem } from './problems.ts';

/** The answer's specification out of the front matter; null where it cannot be used. */
export function readAnswerSpec(fields: Fields, problems: SourceProblem[]): AnswerSpec | null {
  const before = problems.length;
  const kind = fields.oneOf('kind', answerKinds, undefined);
  if (kind === undefined) {
    if (problems.length === before) problems.push({ line: fields.line, code: 'key-missing', key: 'kind' });
    return null;
  }
  for (const key of answerKeys) {
    if (fields.has(key) && !keysOfKind[kind].includes(key)) problems.push({ line: fields.lineOf(key), code: 'key-unfit', key, kind });
  }
  if (kind === 'long') {
    if (fields.has('key')) problems.push({ line: fields.lineOf('key'), code: 'key-unfit', key: 'key', kind });
    if (!fields.has('criteria')) problems.push({ line: fields.line, code: 'key-missing', key: 'criteria' });
  } else if (!fields.has('key')) problems.push({ line: fields.line, code: 'key-missing', key: 'key' });
  const written = specOfKind(kind, fields, problems);
  // What the reading above has refused would only be reported twice.
  if (problems.length > before) return null;
  const parsed = answerSpecSchema.safeParse(written);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const key = keyOfField(String(issue.path[0] ?? 'key'));
      problems.push({ line: fields.lineOf(key), code: 'value-invalid', key, expected: 'shorter' });
    }
    return null;
  }
  const found = specProblems(parsed.data);
  for (const problem of found) problems.push({ line: lineOfProblem(problem, fields), code: 'answer', problem });
  return found.length === 0 ? parsed.data : null;
}

function specOfKind(kind: AnswerKind, fields: Fields, problems: SourceProblem[]): unknown {
  const options = () => fields.pairs('options').map(({ key, text }) => ({ id: key, text }));
  const list = () => fields.list('key').map(({ text }) => text);
  switch (kind) {
    case 'number':
      return { kind, key: fields.raw('key'), ...present('tolerance', fields.raw('tolerance')) };
    case 'word':
      return { kind, key: list(), ...present('spelling', fields.oneOf('spelling', spellings, undefined)) };
    case 'choice':
      return { kind, key: fields.raw('key'), options: options() };
    case 'choices':
      return { kind, key: list(), options: options(), partial: fields.oneOf('partial', oneErrorRules, 'none') };
    case 'sequence':
    case 'set':
      return {
        kind,
        key: fields.raw('key'),
        ...present('length', fields.integer('length', { min: 1, max: 200, otherwise: null })),
        ...present('alphabet', fields.oneOf('alphabet', alphabets, undefined)),
        partial: fields.oneOf('partial', oneErrorRules, 'ege'),
      };
    case 'cells': {
      const key = fields.rows('key');
      return { kind, key, ...readGrid(fields, key, problems), partial: fields.oneOf('partial', cellRules, 'none') };
    }
    case 'long':
      return { kind, criteria: readCriteria(fields, problems) };
  }
}

/** The lines `- id: K1`, `title: …`, `max: 2`, as maps. Free of problems it may be read again. */
export function criteriaFields(fields: Fields): Fields[] {
  return fields.maps('criteria', ['id', 'title', 'max']);
}

function readCriteria(fields: Fields, problems: SourceProblem[]): unknown[] {
  return criteriaFields(fields).map((criterion) => {
    const id = criterion.requiredText('id', 10);
    if (!/^[\p{L}\p{N}]*$/u.test(id))
      problems.push({ line: criterion.lineOf('id'), code: 'value-invalid', key: 'id', expected: 'criterion-id' });
    const title = criterion.requiredText('title', 1000);
    if (!criterion.has('max')) problems.push({ line: criterion.line, code: 'key-missing', key: 'max' });
    return { id, title, max: criterion.integer('max', { min: 1, max: ANSWER_LIMITS.criterionPoints, otherwise: 1 }) };
  });
}

/** `10x2`; without it, the grid is as large as the key. */
function readGrid(fields: Fields, key: string[][], problems: SourceProblem[]): { rows: number; cols: number } {
  const own = { rows: Math.max(1, key.length), cols: Math.max(1, ...key.map((row) => row.length)) };
  const raw = fields.raw('grid');
  if (raw === null) return own;
  // The letter x of either keyboard, or the sign of multiplication.
  const [, rows, cols] = /^([1-9]\d?) ?[xх×] ?([1-9]\d?)$/.exec(raw) ?? [];
  if (rows !== undefined && cols !== undefined) return { rows: Number(rows), cols: Number(cols) };
  problems.push({ line: fields.lineOf('grid'), code: 'value-invalid', key: 'grid', expected: 'grid' });
  return own;
}

function present<K extends string, T>(key: K, value: T | null | undefined): { [P in K]?: T } {
  return value === null || value === undefined ? {} : ({ [key]: value } as { [P in K]: T });
}

function keyOfField(field: string): string {
  return field === 'rows' || field === 'cols' ? 'grid' : field;
}

function lineOfProblem(problem: SpecProblem, fields: Fields): number {
  switch (problem.code) {
    case 'key-unreadable':
      return lineOfAccepted(problem.index, fields);
    case 'key-repeated':
      return lineOfAccepted(problem.index, fields);
    case 'tolerance-not-a-number':
    case 'tolerance-negative':
      return fields.lineOf('tolerance');
    case 'options-too-few':
      return fields.lineOf('options');
    case 'option-id-repeated':
    case 'option-text-empty':
    case 'option-text-repeated':
      return fields.pairs('options').find(({ key }) => key === problem.id)?.line ?? fields.lineOf('options');
    case 'criteria-none':
      return fields.lineOf('criteria');
    case 'criterion-id-repeated':
    case 'criterion-title-empty':
      return (
        criteriaFields(fields)
          .findLast((criterion) => criterion.raw('id')?.trim() === problem.id)
          ?.lineOf('id') ?? fields.lineOf('criteria')
      );
    case 'key-option-unknown':
    case 'key-option-repeated':
    case 'key-outside-alphabet':
    case 'key-larger-than-grid':
    case 'key-cell-empty':
      return fields.lineOf('key');
  }
}

/** Only a word has a list of accepted answers. */
function lineOfAccepted(index: number, fields: Fields): number {
  return (fields.raw('kind') === 'word' ? fields.list('key')[index]?.line : undefined) ?? fields.lineOf('key');
}
