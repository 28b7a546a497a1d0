import { expect, test } from 'vitest';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { AnswerSpec } from '#shared/answers/spec.ts';
import { type Grade, gradeOf } from './rules.ts';

const number: AnswerSpec = { kind: 'number', key: '12,5' };
const cells: AnswerSpec = { kind: 'cells', rows: 2, cols: 2, key: [['1', '2']], partial: 'swapped' };
const none = { understood: null, verdict: null, points: 0, maxPoints: 2 };

test.each<[says: string, spec: AnswerSpec, given: AnswerValue | null, grade: Grade]>([
  ['right', number, '12.50', { understood: '12,5', verdict: 'right', points: 2, maxPoints: 2 }],
  ['wrong', number, '13', { understood: '13', verdict: 'wrong', points: 0, maxPoints: 2 }],
  ['half', cells, [['2', '1']], expect.objectContaining({ verdict: 'partly', points: 1, maxPoints: 2 })],
  ['nothing', number, null, none],
  ['taken away', number, '', none],
  ['no number', number, 'двенадцать', none],
  ['of another form', number, [['12,5']], none],
  ['longer than any answer', number, '1'.repeat(600), none],
])('%s', (_, spec, given, grade) => {
  expect(gradeOf({ spec, points: 2 }, given)).toEqual(grade);
});
