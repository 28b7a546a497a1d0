import { describe, expect, test } from 'vitest';
import { tasks as text } from '#shared/i18n/ru/tasks.ts';
import type { AnswerFormatDto, SubmitResult, TaskStateDto } from '#shared/tasks.ts';
import { gradedVerdict, pendingVerdict, problemVerdict, resultVerdict } from './verdict.ts';

const number: AnswerFormatDto = { kind: 'number' };
const choices: AnswerFormatDto = { kind: 'choices', options: ['a', 'b', 'c'].map((id) => ({ id, html: id })) };
const cells: AnswerFormatDto = { kind: 'cells', rows: 2, cols: 2 };
const visible = (value: string) => value.replaceAll('\u00a0', ' ');

describe('a counted answer', () => {
  test.each([
    ['right', 1, 'Верно, 1 балл', 'Мы поняли ваш ответ как 12,5.'],
    ['right', 2, 'Верно, 2 балла', 'Мы поняли ваш ответ как 12,5.'],
    ['partly', 1, 'Почти: 1 балл из 2', 'Мы поняли ваш ответ как 12,5. Можно исправить.'],
    ['wrong', 0, 'Пока неверно', 'Мы поняли ваш ответ как 12,5.'],
  ] as const)('%s, %i', (verdict, points, title, words) => {
    const view = gradedVerdict({ verdict, points, understood: '12,5' }, { format: number, points: 2 }, text);
    expect(view.state).toBe(verdict);
    expect(visible(view.title)).toBe(title);
    expect(visible(view.text)).toBe(words);
  });

  test('the public task has no points', () => {
    expect(gradedVerdict({ verdict: 'right', understood: '4' }, { format: number }, text).title).toBe('Верно');
    expect(gradedVerdict({ verdict: 'partly', understood: '4' }, { format: number }, text).title).toBe('Почти');
  });

  test('options are called by their places, a long table is not repeated', () => {
    expect(gradedVerdict({ verdict: 'wrong', points: 0, understood: 'a,c' }, { format: choices, points: 1 }, text).text).toBe(
      'Ваш выбор: 1, 3.',
    );
    const table = Array.from({ length: 20 }, () => '11 · 12').join('; ');
    expect(gradedVerdict({ verdict: 'wrong', points: 0, understood: table }, { format: cells, points: 1 }, text).text).toBe('');
  });
});

describe('an answer that cost nothing', () => {
  test.each([
    [{ code: 'empty' }, number, '', 'Введите ответ', 'Попытка не потрачена.'],
    [{ code: 'empty' }, choices, [], 'Выберите ответ', 'Попытка не потрачена.'],
    [{ code: 'not-a-number' }, number, '12 см', 'Нужно число без единиц измерения', 'Попытка не потрачена.'],
    [{ code: 'length', needed: 4, given: 3 }, number, '243', 'Нужны 4 цифры', 'Вы ввели 3. Попытка не потрачена.'],
    [{ code: 'length', needed: 1, given: 2 }, number, 'аб', 'Нужен 1 символ', 'Вы ввели 2. Попытка не потрачена.'],
    [{ code: 'repeated-symbols' }, number, '22', 'Символы повторяются', 'Запишите каждый по одному разу. Попытка не потрачена.'],
    [{ code: 'cell-not-a-number', row: 1, col: 0 }, cells, [], 'Строка 2, столбец 1: нужно число', 'Попытка не потрачена.'],
    [{ code: 'too-long' }, number, '1', 'Ответ слишком длинный', 'Попытка не потрачена.'],
    [{ code: 'from-the-future' }, number, '1', 'Ответ не прочитался', 'Обновите страницу и ответьте ещё раз. Попытка не потрачена.'],
  ])('%j', (problem, format, value, title, words) => {
    const view = problemVerdict(problem, format, value, text);
    expect([view.state, visible(view.title), visible(view.text)]).toEqual(['format', title, words]);
  });

  test('a repeat says how the same answer fared and when', () => {
    const state = {} as TaskStateDto;
    const repeat: SubmitResult = { outcome: 'repeat', verdict: 'wrong', points: 0, understood: '12', at: '2026-11-24T15:50:00Z', state };
    const view = resultVerdict(repeat, '12', { format: number, points: 1 }, text, () => 'в 18:50');
    expect(view).toEqual({ state: 'repeat', title: 'Этот ответ уже был', text: '12 не подошло в 18:50. Попытка не потрачена.' });
  });
});

test('an answer that waits shows what is kept', () => {
  expect(pendingVerdict('12,5', number, false, text).text).toBe('Ответ 12,5 хранится на этом устройстве.');
  expect(pendingVerdict('a', choices, false, text).text).toBe('Ответ хранится на этом устройстве.');
  expect(pendingVerdict('12,5', number, true, text).title).toBe('Вход истёк');
});
