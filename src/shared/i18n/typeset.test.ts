import { describe, expect, test } from 'vitest';
import { tie, typeset } from './typeset.ts';

const visible = (text: string) => text.replaceAll('\u00a0', '~');

describe('tie', () => {
  test.each([
    ['Код стоит в теме письма', 'Код стоит в~теме письма'],
    ['и в теме', 'и~в~теме'],
    ['Отправили 6 цифр на почту', 'Отправили 6~цифр на~почту'],
    ['1 490 ₽', '1~490~₽'],
    ['№ 6 на экзамене', '№~6 на~экзамене'],
    ['Пример: +7 900 000-00-00', 'Пример: +7~900~000-00-00'],
    ['Число – балл', 'Число~– балл'],
    ['Если бы знать', 'Если~бы знать'],
    ['Загляните в «Спам»', 'Загляните в~«Спам»'],
    ['(в скобках)', '(в~скобках)'],
    ['слово женское', 'слово женское'],
  ])('%s', (typed, set) => {
    expect(visible(tie(typed))).toBe(set);
  });
});

test('typeset reaches strings and functions of a whole catalogue and keeps its shape', () => {
  const set = typeset({ a: 'в теме', deep: { b: (n: number) => `${n} дней` }, list: ['и так'] });
  expect(visible(set.a)).toBe('в~теме');
  expect(visible(set.deep.b(3))).toBe('3~дней');
  expect(set.list.map(visible)).toEqual(['и~так']);
});
