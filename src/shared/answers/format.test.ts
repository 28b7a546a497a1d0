import { describe, expect, test } from 'vitest';
import { answerFormat, answerValueSchema } from './format.ts';
import type { AnswerSpec } from './spec.ts';

const options = [
  { id: 'a', text: 'one' },
  { id: 'b', text: 'two' },
];

describe('the browser learns nothing of the key', () => {
  test.each<[AnswerSpec, object]>([
    [{ kind: 'number', key: '12,5', tolerance: '0,1' }, { kind: 'number' }],
    [{ kind: 'word', key: ['первый', '1-й'], spelling: 'strict' }, { kind: 'word' }],
    [
      { kind: 'choice', key: 'b', options },
      { kind: 'choice', options },
    ],
    [
      { kind: 'choices', key: ['a', 'b'], options, partial: 'ege' },
      { kind: 'choices', options },
    ],
    [{ kind: 'sequence', key: '4132', partial: 'ege' }, { kind: 'sequence' }],
    [
      { kind: 'sequence', key: 'xyzw', length: 4, alphabet: 'latin', partial: 'none' },
      { kind: 'sequence', length: 4, alphabet: 'latin' },
    ],
    [{ kind: 'set', key: '135', partial: 'ege' }, { kind: 'set' }],
    [
      { kind: 'cells', key: [['1', '2']], rows: 10, cols: 2, partial: 'swapped' },
      { kind: 'cells', rows: 10, cols: 2 },
    ],
  ])('%j → %j', (spec, format) => {
    expect(answerFormat(spec)).toStrictEqual(format);
  });

  test('an option gives its id and text and nothing beside them', () => {
    const marked = options.map((option) => ({ ...option, right: option.id === 'b' }));
    expect(answerFormat({ kind: 'choice', key: 'b', options: marked })).toStrictEqual({ kind: 'choice', options });
  });
});

describe('size of an answer', () => {
  const table = (rows: number, cols: number, cell: string) => Array.from({ length: rows }, () => Array<string>(cols).fill(cell));

  test.each([
    ['nothing', ''],
    ['500 characters', 'я'.repeat(500)],
    ['40 options', Array<string>(40).fill('a')],
    ['60 × 12 cells of 40 characters', table(60, 12, '1'.repeat(40))],
    ['an emoji', '👍'],
  ])('%s pass', (_, value) => {
    expect(answerValueSchema.parse(value)).toEqual(value);
  });

  test.each([
    ['501 characters', 'я'.repeat(501)],
    ['a megabyte', 'x'.repeat(1_000_000)],
    ['41 options', Array<string>(41).fill('a')],
    ['a long option', ['a'.repeat(21)]],
    ['61 rows', table(61, 1, '1')],
    ['13 columns', table(1, 13, '1')],
    ['a cell of 41 characters', table(1, 1, '1'.repeat(41))],
    ['rows and ids mixed', ['a', ['b']]],
    ['a number', 5],
    ['null', null],
    ['an object', { length: 1 }],
    ['a null character, which the database does not store', 'a\0'],
    ['half of a surrogate pair, which the database does not store', 'a\ud800'],
  ])('%s are refused', (_, value) => {
    expect(answerValueSchema.safeParse(value).success).toBe(false);
  });
});
