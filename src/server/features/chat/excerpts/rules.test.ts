import { describe, expect, test } from 'vitest';
import { excerptOf, excerptSource } from './rules.ts';

describe('a message in one line', () => {
  test.each([
    ['Почему 18?', 'Почему 18?'],
    ['# Вопрос\n\nПочему **именно** 18?', 'Вопрос Почему именно 18?'],
    ['- раз\n- два\n\n1. три', 'раз два три'],
    ['1) три', 'три'],
    ['> цитата\n> дальше', 'цитата дальше'],
    ['```python\nprint(1)\n```', 'print(1)'],
    ['смотрите `x + 1` и *это*, _то_ и ~~нет~~', 'смотрите x + 1 и это, то и нет'],
    ['[решение](https://example.ru/a) и ![тетрадь](files/a.png)', 'решение и тетрадь'],
    // Signs of arithmetic and of names are no marks.
    ['2*3*4 и a_b_c', '2*3*4 и a_b_c'],
    ['x ** 2 и y', 'x ** 2 и y'],
    ['$x_1 + x_2 = 7$', 'x_1 + x_2 = 7'],
    ['это $\\log_5 75$ или $$\\frac{a}{b}\\,c$$?', 'это log_5 75 или a/b c?'],
    ['стоит 5 $ в день', 'стоит 5 $ в день'],
    ['<b>жирно</b>', '<b>жирно</b>'],
    ['  \n\n ', ''],
    ['', ''],
    ['```', ''],
  ])('%j', (body, excerpt) => {
    expect(excerptOf(body)).toBe(excerpt);
  });

  test('a long one ends with «…», and never in the middle of a sign', () => {
    const excerpt = excerptOf('🙂'.repeat(500));
    expect([...excerpt]).toHaveLength(160);
    expect(excerpt.endsWith('🙂…')).toBe(true);
    expect(excerptOf('аб '.repeat(60)).endsWith('аб…')).toBe(true);
    expect(excerptOf('а'.repeat(160))).toBe('а'.repeat(160));
  });

  test('the beginning is enough', () => {
    const body = `**${'слово '.repeat(2000)}**`;
    expect(excerptOf(body.slice(0, excerptSource))).toBe(excerptOf(body));
  });

  test('signs by the thousand take no time worth telling', () => {
    for (const sign of ['*', '_', '$', '[', '`', '>', '- ', '![', '~'])
      expect(excerptOf(sign.repeat(8000)).length).toBeLessThanOrEqual(160);
  });
});
