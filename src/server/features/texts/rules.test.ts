import { describe, expect, test } from 'vitest';
import { checkAnswer } from '#shared/answers/check.ts';
import type { AnswerSpec } from '#shared/answers/spec.ts';
import { likelyAnswers, showAnswer } from './rules.ts';

const options = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: `Вариант ${id}` }));
const specs: [string, AnswerSpec][] = [
  ['a decimal', { kind: 'number', key: '12,5' }],
  ['a whole number', { kind: 'number', key: '144' }],
  ['a negative number', { kind: 'number', key: '−0,75' }],
  ['nought', { kind: 'number', key: '0' }],
  ['a number written with a plus', { kind: 'number', key: '+3' }],
  ['a number with a tolerance', { kind: 'number', key: '3.14', tolerance: '0,01' }],
  ['words', { kind: 'word', key: ['вследствие', 'из-за'] }],
  ['strict spelling', { kind: 'word', key: ['ещё раз'], spelling: 'strict' }],
  ['one of the options', { kind: 'choice', key: 'b', options }],
  ['some of the options', { kind: 'choices', key: ['a', 'c'], options, partial: 'ege' }],
  ['all of the options', { kind: 'choices', key: ['a', 'b', 'c', 'd'], options, partial: 'none' }],
  ['a sequence', { kind: 'sequence', key: '4132', length: 4, partial: 'ege' }],
  ['a sequence of one', { kind: 'sequence', key: '4', partial: 'ege' }],
  ['letters in a row', { kind: 'sequence', key: 'zyxw', alphabet: 'latin', partial: 'none' }],
  ['a set', { kind: 'set', key: '135', length: 3, partial: 'ege' }],
  ['a set of nine', { kind: 'set', key: '123456789', partial: 'ege' }],
  [
    'cells',
    {
      kind: 'cells',
      key: [
        ['18', '57'],
        ['20', '63'],
      ],
      rows: 10,
      cols: 2,
      partial: 'swapped',
    },
  ],
  ['one cell', { kind: 'cells', key: [['18']], rows: 1, cols: 1, partial: 'none' }],
];

describe.each(specs)('%s', (_, spec) => {
  const answers = likelyAnswers(spec).map(({ value, origin }) => ({ value, origin, check: checkAnswer(spec, 2, value) }));

  test('the key and its notations are right', () => {
    const wrong = answers.filter(
      ({ origin, check }) => (origin === 'key' || origin === 'notation') && !(check.graded && check.verdict === 'right'),
    );
    expect(wrong).toEqual([]);
    expect(answers[0]?.origin).toBe('key');
  });

  test('what is malformed costs no attempt', () => {
    expect(answers.filter(({ origin, check }) => origin === 'malformed' && check.graded)).toEqual([]);
  });

  test('none is there twice, and each can be shown', () => {
    expect(new Set(answers.map(({ value }) => JSON.stringify(value))).size).toBe(answers.length);
    expect(answers.map(({ value }) => showAnswer(spec, value)).filter((shown) => shown === '')).toEqual([]);
  });
});

test('students write fractions, and these are what they have on paper', () => {
  const malformed = (key: string) =>
    likelyAnswers({ kind: 'number', key })
      .filter(({ origin }) => origin === 'malformed')
      .map(({ value }) => value);
  expect(malformed('12,5')).toEqual(['25/2', 'x = 12,5']);
  expect(malformed('-0,75')).toEqual(['-3/4', 'x = -0,75']);
  expect(malformed('7')).toEqual(['14/2', 'x = 7']);
});

test('a long answer has none: a teacher reads it', () => {
  expect(likelyAnswers({ kind: 'long', criteria: [{ id: 'K1', title: 'Решение', max: 2 }] })).toEqual([]);
});

test.each<[AnswerSpec, string | string[] | string[][], string]>([
  [{ kind: 'choices', key: ['a'], options, partial: 'none' }, ['d', 'a'], '1, 4'],
  [{ kind: 'choice', key: 'a', options }, 'c', '3'],
  [
    { kind: 'cells', key: [['1']], rows: 2, cols: 2, partial: 'none' },
    [
      ['1', ''],
      ['2', '3'],
    ],
    '1 · —; 2 · 3',
  ],
  [{ kind: 'number', key: '1' }, '+1,0', '+1,0'],
])('is shown as %#', (spec, value, shown) => {
  expect(showAnswer(spec, value)).toBe(shown);
});
