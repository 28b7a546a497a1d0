import { expect, test } from 'vitest';
import { checkAnswer } from './check.ts';
import { answerFormat } from './format.ts';
import { type AnswerSpec, answerSpecSchema, criteriaPoints, keyAnswers, specProblems } from './spec.ts';

const spec: AnswerSpec = {
  kind: 'long',
  criteria: [
    { id: 'K1', title: 'Верный ответ', max: 1 },
    { id: 'K2', title: 'Обоснование', max: 2 },
  ],
};

test('a long answer has criteria instead of a key', () => {
  expect(answerSpecSchema.parse(spec)).toEqual(spec);
  expect([keyAnswers(spec), specProblems(spec), criteriaPoints(spec.criteria)]).toEqual([[], [], 3]);
});

test('criteria are public', () => {
  expect(answerFormat(spec)).toEqual(spec);
});

test.each(['2', '', ['K1'], [['2']]].map((value) => [value]))('the checker never grades it: %j', (value) => {
  expect(checkAnswer(spec, 3, value)).toMatchObject({ graded: false });
});

test.each([
  [[], ['criteria-none']],
  [[{ id: 'K1', title: ' ', max: 1 }], ['criterion-title-empty']],
  [
    [
      { id: 'K1', title: 'а', max: 1 },
      { id: 'K1', title: 'б', max: 1 },
    ],
    ['criterion-id-repeated'],
  ],
])('%j is refused', (criteria, codes) => {
  expect(specProblems({ kind: 'long', criteria }).map(({ code }) => code)).toEqual(codes);
});
