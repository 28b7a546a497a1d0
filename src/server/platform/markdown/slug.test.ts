import { expect, test } from 'vitest';
import { slugOf, uniqueSlugs } from './slug.ts';

test.each([
  ['Степени, корни и логарифмы', 'stepeni-korni-i-logarifmy'],
  ['Объём щётки', 'obem-schetki'],
  ['ЧТО-ТО №1: «да»', 'chto-to-1-da'],
  ['Ёлка / йод', 'elka-yod'],
  ['й в разложенном виде', 'y-v-razlozhennom-vide'],
  ['Café №2', 'cafe-2'],
  ['x_1 + x_2', 'x-1-x-2'],
  ['  –  ', ''],
  ['数学', ''],
  ['а'.repeat(80), 'a'.repeat(60)],
])('%s → %s', (text, slug) => {
  expect(slugOf(text)).toBe(slug);
});

test('a slug made by hand does not meet a numbered one', () => {
  const slug = uniqueSlugs();
  expect(['a', 'a', 'a 2', 'a', '…', '!'].map(slug)).toEqual(['a', 'a-2', 'a-2-2', 'a-3', 'section', 'section-2']);
});
