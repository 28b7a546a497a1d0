import { expect, test } from 'vitest';
import { toPlainText } from './plain.ts';

const plain = (markdown: string) => toPlainText(markdown, { siteUrl: 'https://school.example' });

test.each([
  ['marks are gone', '# Тема\n\n**а** _б_ `в` ~~г~~', 'Тема\nа б в г'],
  ['an address stands behind its words', '[тема](/courses/math)', 'тема (https://school.example/courses/math)'],
  ['an address by itself stands once', 'https://example.org/a, https://example.org', 'https://example.org/a, https://example.org'],
  ['an address without words', '[](https://example.org/a) [![](files/a.png)](/x)', 'https://example.org/a https://school.example/x'],
  ['an address that leads nowhere is none', '[а](javascript:x)', 'а'],
  ['mail', '[пишите](mailto:a@example.org)', 'пишите (a@example.org)'],
  ['a picture has its words', '![график](files/a.png) ![](files/b.png) ![а](https://e.org/c.png)', '[график] а (https://e.org/c.png)'],
  ['quotations', '> а\n> > б\n\nв\n\n> г', '> а\n>\n> б\n\nв\n\n> г'],
  ['a program', '```\n  x\n    y\n```', '  x\n    y'],
  ['a table', '|a|b|\n|-|-|\n|[в](/x)|1|', `a${' '.repeat(29)}b\n${'-'.repeat(28)}  -\nв (https://school.example/x)  1`],
  ['HTML is text', '<b>x</b>', '<b>x</b>'],
  ['nothing', ' \n', ''],
])('%s', (_, markdown, text) => {
  expect(plain(markdown)).toBe(text);
});
