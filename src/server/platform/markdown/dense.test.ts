import { expect, test } from 'vitest';
import { isDense } from './dense.ts';

test.each([
  ['a page of a solution', 'Пусть $a_1=2$, тогда *верно*.\n'.repeat(90), false],
  ['many paragraphs of it', 'Пусть *a*\n\n'.repeat(1000), false],
  ['a program and its table', `${'    if a | b and c:  # - so\n'.repeat(300)}\n| a | b |\n|---|---|\n${'| 1 | 2 |\n'.repeat(50)}`, false],
  ['a list in a list', '- a\n  - b\n    1. c\n      > d\n', false],
  ['asterisks', '_a*'.repeat(600), true],
  ['a table of a million cells', `|${'a|'.repeat(900)}\n|${'-|'.repeat(900)}\n${'a\n'.repeat(1200)}`, true],
  ['lines that lean on each other', 'a\n=\n'.repeat(4000), true],
  ['lists in lists', '1. '.repeat(6000), true],
  ['quotations and lists in each other', '> - '.repeat(100), true],
  ['a staircase of lists', Array.from({ length: 150 }, (_, depth) => `${' '.repeat(depth)}- a`).join('\n'), true],
  ['addresses that end in signs', `http://a.b/${'&a;'.repeat(6000)}`, true],
  ['formulas that name others', '$\\def\\a#1{#1#1#1#1}\\a{\\a{x}}$', true],
  ['a word that begins like it', '$\\left( \\defect \\longrightarrow x$', false],
  ['nothing but formulas', '$a$ '.repeat(5000), true],
])('%s', (_, text, dense) => expect(isDense(text)).toBe(dense));
