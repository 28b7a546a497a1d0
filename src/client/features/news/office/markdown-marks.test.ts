import { describe, expect, test } from 'vitest';
import { linked, listed, type MarkdownEdit, marked } from './markdown-marks.ts';

/** «а[бв]г»: the selection stands in brackets, before and after. */
function selected(shown: string) {
  const from = shown.indexOf('⟦');
  const to = shown.indexOf('⟧') - 1;
  return { text: shown.replace(/[⟦⟧]/g, ''), from, to };
}
function after(shown: string, { from, to, insert, select: [start, end] }: MarkdownEdit): string {
  const { text } = selected(shown);
  return `${text.slice(0, from)}${insert.slice(0, start)}⟦${insert.slice(start, end)}⟧${insert.slice(end)}${text.slice(to)}`;
}

test.each([
  ['**', 'раз ⟦два⟧ три', 'раз **⟦два⟧** три'],
  ['**', 'раз **⟦два⟧** три', 'раз ⟦два⟧ три'],
  ['**', 'раз⟦ два ⟧три', 'раз **⟦два⟧** три'],
  ['**', 'раз ⟦⟧', 'раз **⟦текст⟧**'],
  ['**', 'раз⟦ ⟧два', 'раз**⟦текст⟧**два'],
  ['*', '⟦раз⟧', '*⟦раз⟧*'],
  ['*', '*⟦раз⟧*', '⟦раз⟧'],
  ['*', '**⟦раз⟧**', '***⟦раз⟧***'],
] as const)('%s: %s → %s', (mark, before, expected) => {
  expect(after(before, marked(selected(before), mark, 'текст'))).toBe(expected);
});

test.each([
  ['⟦⟧', '[текст](⟦https://⟧)'],
  ['см. ⟦разбор⟧', 'см. [разбор](⟦https://⟧)'],
  ['⟦раз\nдва⟧', '[раз два](⟦https://⟧)'],
  ['⟦https://example.ru/a⟧', '[⟦текст⟧](https://example.ru/a)'],
])('a link: %s → %s', (before, expected) => {
  expect(after(before, linked(selected(before), 'текст'))).toBe(expected);
});

describe('a list', () => {
  test.each([
    ['р⟦аз\nдв⟧а', '⟦- раз\n- два⟧'],
    ['⟦- раз\n- два⟧', '⟦раз\nдва⟧'],
    ['⟦- раз\nдва⟧', '⟦- раз\n- два⟧'],
    ['⟦раз\n\nдва⟧', '⟦- раз\n\n- два⟧'],
    ['⟦⟧', '- ⟦пункт⟧'],
    ['раз\n⟦⟧', 'раз\n\n- ⟦пункт⟧'],
    ['- раз\n⟦⟧', '- раз\n- ⟦пункт⟧'],
    ['раз\n\n⟦⟧', 'раз\n\n- ⟦пункт⟧'],
  ])('%j → %j', (before, expected) => {
    expect(after(before, listed(selected(before), 'пункт'))).toBe(expected);
  });
});
