import { expect, test } from 'vitest';
import { createMarkdown } from '../platform/markdown.ts';
import { beginningOf } from './early-theory.ts';

const markdown = createMarkdown({ siteUrl: 'https://school.example' });
const beginning = (typed: string) => beginningOf(markdown.render(typed, {}).html);

test('paragraphs and headings are text, without what styles are needed for', () => {
  expect(beginning('Первый **важный** абзац со [ссылкой](https://example.ru).\n\n## Корни\n\nВторой.')).toBe(
    '<p>Первый важный абзац со ссылкой.</p><h2>Корни</h2><p>Второй.</p>',
  );
});

test('formulas are MathML, and what was typed for them is left out', () => {
  const drawn = beginning('Если $x^2=4$, то $x=\\pm 2$.\n\n$$\n\\frac{1}{2}\n$$\n\nДальше.');
  expect(drawn).toMatch(
    /^<p>Если <math.*<msup>.*<\/math>, то <math.*<\/math>\.<\/p><div><math.*<mfrac>.*<\/math><\/div><p>Дальше\.<\/p>$/s,
  );
  expect(drawn).not.toMatch(/katex|annotation|span/);
});

test('no formula brings a style of its own, which the policy of the page forbids', () => {
  const formulas = ['\\pmb{x}', '\\fcolorbox{red}{white}{x}', '\\boxed{x}'];
  const drawn = beginning(formulas.map((formula) => `$${formula}$`).join(' и '));
  expect(drawn.match(/<math/g)).toHaveLength(formulas.length);
  expect(drawn).not.toMatch(/ style=/);
});

test.each([
  ['a list', '- один\n- два'],
  ['a table', '| а | б |\n| - | - |\n| 1 | 2 |'],
  ['a quotation', '> слова'],
  ['code', '```\nx = 1\n```'],
])('it ends before %s', (_, block) => {
  expect(beginning(`Начало.\n\n${block}\n\nПосле.`)).toBe('<p>Начало.</p>');
  expect(beginning(block)).toBe('');
});

test('it ends with what is seen, however long the theory, and what was typed stays text', () => {
  const long = beginning(Array.from({ length: 500 }, (_, n) => `Абзац номер ${n}, в котором есть немного слов.`).join('\n\n'));
  expect(long.length).toBeLessThan(1_600);
  expect(beginning('a < b & c > d\n\n\\<script>alert(1)\\</script>')).not.toContain('<script');
  expect(beginningOf('')).toBe('');
  expect(beginningOf('<p>Начало.</p><p>График <img src="/f/1" alt="y = x"></p>')).toBe('<p>Начало.</p>');
});
