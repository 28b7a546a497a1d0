import { expect, test } from 'vitest';
import { rowProblem } from './transfer-problems.ts';

test.each([
  ['Description', 'Вопросы типа «Описание» (текст без вопроса) не переносятся.'],
  ['ddwtos', 'Вопросы типа «Перетаскивание в текст» (ddwtos) не переносятся.'],
  ['a plug-in of somebody', 'Вопросы типа a plug-in of somebody не переносятся.'],
])('a question of the kind %s is called as its author knows it', (kind, words) => {
  expect(rowProblem({ code: 'question-kind', kind })).toBe(words);
});
