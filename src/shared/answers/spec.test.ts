import { describe, expect, test } from 'vitest';
import { type AnswerSpec, answerSpecSchema, keyAnswers, type SpecProblem, specProblems } from './spec.ts';

/** A table on one line: cells by spaces, rows by semicolons, `_` for a blank cell. */
const rows = (text: string) => text.split('; ').map((cells) => cells.split(' ').map((cell) => (cell === '_' ? '' : cell)));
const options = [
  { id: 'a', text: 'one' },
  { id: 'b', text: 'two' },
];
const good: AnswerSpec[] = [
  { kind: 'number', key: '12,50', tolerance: '0,01' },
  { kind: 'word', key: ['первый', '1-й'] },
  { kind: 'word', key: ['ёлка', 'елка'], spelling: 'strict' },
  { kind: 'choice', key: 'b', options },
  { kind: 'choices', key: ['b', 'a'], options, partial: 'ege' },
  { kind: 'sequence', key: '4 1 3 2', length: 4, partial: 'ege' },
  { kind: 'sequence', key: 'хуzw', length: 4, alphabet: 'latin', partial: 'none' },
  { kind: 'set', key: '531', length: 3, partial: 'ege' },
  { kind: 'cells', key: rows('18 57; 20 63'), rows: 10, cols: 2, partial: 'swapped-or-one-right' },
];

test.each(good)('$kind: a good specification passes the schema unchanged and has no problems', (spec) => {
  expect(answerSpecSchema.parse(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
  expect(specProblems(spec)).toEqual([]);
});

describe('what the author is told', () => {
  test.each<[AnswerSpec, SpecProblem[]]>([
    [{ kind: 'number', key: '12 см' }, [{ code: 'key-unreadable', index: 0, problem: { code: 'not-a-number' } }]],
    [{ kind: 'number', key: '' }, [{ code: 'key-unreadable', index: 0, problem: { code: 'empty' } }]],
    [{ kind: 'number', key: '1', tolerance: '5%' }, [{ code: 'tolerance-not-a-number' }]],
    [{ kind: 'number', key: '1', tolerance: '-1' }, [{ code: 'tolerance-negative' }]],
    [
      { kind: 'number', key: 'x', tolerance: '-1' },
      [{ code: 'tolerance-negative' }, { code: 'key-unreadable', index: 0, problem: { code: 'not-a-number' } }],
    ],
    [{ kind: 'word', key: [] }, [{ code: 'key-unreadable', index: 0, problem: { code: 'empty' } }]],
    [{ kind: 'word', key: ['да', ' '] }, [{ code: 'key-unreadable', index: 1, problem: { code: 'empty' } }]],
    [{ kind: 'word', key: ['ёлка', 'нет', 'Елка'] }, [{ code: 'key-repeated', index: 2, sameAs: 0 }]],
    [{ kind: 'choice', key: 'c', options }, [{ code: 'key-option-unknown', id: 'c' }]],
    [{ kind: 'choice', key: 'a', options: options.slice(0, 1) }, [{ code: 'options-too-few', count: 1 }]],
    [{ kind: 'choice', key: 'a', options: [...options, { id: 'a', text: 'three' }] }, [{ code: 'option-id-repeated', id: 'a' }]],
    [
      { kind: 'choice', key: 'a', options: [...options, { id: 'c', text: ' two' }, { id: 'd', text: '' }] },
      [
        { code: 'option-text-repeated', id: 'c', sameAs: 'b' },
        { code: 'option-text-empty', id: 'd' },
      ],
    ],
    [{ kind: 'choices', key: [], options, partial: 'ege' }, [{ code: 'key-unreadable', index: 0, problem: { code: 'empty' } }]],
    [{ kind: 'choices', key: ['a', 'a'], options, partial: 'ege' }, [{ code: 'key-option-repeated', id: 'a' }]],
    [
      { kind: 'sequence', key: '4132', length: 3, partial: 'ege' },
      [{ code: 'key-unreadable', index: 0, problem: { code: 'length', needed: 3, given: 4 } }],
    ],
    [{ kind: 'sequence', key: 'xyж', alphabet: 'latin', partial: 'ege' }, [{ code: 'key-outside-alphabet', symbol: 'ж' }]],
    [{ kind: 'set', key: 'абz', alphabet: 'cyrillic', partial: 'ege' }, [{ code: 'key-outside-alphabet', symbol: 'z' }]],
    [
      { kind: 'set', key: '1351', partial: 'ege' },
      [{ code: 'key-unreadable', index: 0, problem: { code: 'repeated-symbols', symbol: '1' } }],
    ],
    [
      { kind: 'cells', key: rows('1 two'), rows: 1, cols: 2, partial: 'none' },
      [{ code: 'key-unreadable', index: 0, problem: { code: 'cell-not-a-number', row: 0, col: 1 } }],
    ],
    [{ kind: 'cells', key: rows('1 2; 3'), rows: 2, cols: 2, partial: 'none' }, [{ code: 'key-cell-empty', row: 1, col: 1 }]],
    [{ kind: 'cells', key: rows('1 2; 3 4'), rows: 1, cols: 2, partial: 'none' }, [{ code: 'key-larger-than-grid', rows: 2, cols: 2 }]],
    [{ kind: 'cells', key: [], rows: 1, cols: 2, partial: 'none' }, [{ code: 'key-unreadable', index: 0, problem: { code: 'empty' } }]],
  ])('%j → %j', (spec, problems) => {
    expect(specProblems(spec)).toEqual(problems);
  });
});

describe('the schema refuses', () => {
  test.each([
    ['an unknown kind', { kind: 'essay', key: '' }],
    ['an unknown field', { kind: 'number', key: '1', fuzzy: true }],
    ['a key that is not text', { kind: 'number', key: 1.5 }],
    ['a key of another kind', { kind: 'choice', key: ['a'], options }],
    ['an unknown rule for half of the points', { kind: 'set', key: '12', partial: 'half' }],
    ['a length of zero', { kind: 'set', key: '12', length: 0, partial: 'none' }],
    ['an id that could break a list of ids', { kind: 'choice', key: 'a', options: [{ id: 'a,b', text: '' }] }],
    ['61 rows', { kind: 'cells', key: rows('1'), rows: 61, cols: 1, partial: 'none' }],
    ['a long key', { kind: 'word', key: ['я'.repeat(201)] }],
  ])('%s', (_, spec) => {
    expect(answerSpecSchema.safeParse(spec).success).toBe(false);
  });
});

test('only a word has several accepted answers', () => {
  expect(good.map((spec) => keyAnswers(spec).length)).toEqual([1, 2, 2, 1, 1, 1, 1, 1, 1]);
});
