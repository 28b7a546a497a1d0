import { expect, test } from 'vitest';
import { describe as describeOrder } from './rules.ts';

const order = { number: 1024, title: 'Математика 60', plan: 'once', locale: 'ru' };
test.each([
  ['once', {}, 'Курс «Математика 60», заказ 1024'],
  ['by the month', { plan: 'month' }, 'Курс «Математика 60», 1 месяц, заказ 1024'],
  ['in English', { plan: 'month', locale: 'en' }, 'Course “Математика 60”, 1 month, order 1024'],
])('what a statement of the bank says: %s', (_, over, text) => {
  expect(describeOrder({ ...order, ...over })).toBe(text);
});

test('a long name is cut, and the number of the order is not', () => {
  const text = describeOrder({ ...order, title: 'Очень длинное название 🎓 '.repeat(20), plan: 'month' });
  expect(text.length).toBeLessThanOrEqual(140);
  expect(text).toMatch(/…», 1 месяц, заказ 1024$/);
  expect(text.isWellFormed()).toBe(true);
});

test.each([0, 1])('a name is never cut within a letter (%i)', (at) => {
  expect(describeOrder({ ...order, title: `${'я'.repeat(at)}${'🎓'.repeat(100)}` }).isWellFormed()).toBe(true);
});
