import type { MessageEntity } from 'grammy/types';
import { expect, test } from 'vitest';
import { createMarkdown } from '#server/platform/markdown.ts';
import { typedText } from './typed-text.ts';

const { renderMessage } = createMarkdown();
/** What a reader sees, with one line end for each. */
function seen(markdown: string): string {
  return renderMessage(markdown, 's-')
    .replace(/<br>\n?/g, '\n')
    .replace(/<\/p>\n?<p>/g, '\n\n')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&#x3C;', '<')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll('&#x26;', '&')
    .trim();
}

test.each([
  '*звёздочки*, _подчёркивания_ и `апострофы`',
  '# не заголовок',
  '1. не список\n2. и не второй',
  '- минус один\n+ плюс два\n* умножить',
  'a < b && b > c, <b>не жирно</b> &amp; &#65;',
  '$x^2$ и $$y$$ как набрано',
  '[не ссылка](javascript:alert(1)) ![и не картинка](files/x.png)',
  '~~не зачёркнуто~~ | и | не | таблица |\n|---|---|',
  '> не цитата\n---\n===',
  'строка\nвторая\n\nабзац 😀👨‍👩‍👧 ещё',
  '\\( обратные \\ черты \\)',
  'https://example.ru/a_b_c?x=1&y=*2*',
  '[^1]: не сноска',
])('shows what was typed: %j', (text) => {
  const html = renderMessage(typedText(text), 's-');
  expect(seen(typedText(text))).toBe(text);
  expect(html).not.toMatch(/<(em|strong|h\d|li|blockquote|table|code|del|img|hr|span)\b/);
});

const code: MessageEntity[] = [
  { type: 'bold', offset: 0, length: 5 },
  { type: 'code', offset: 6, length: 4 },
  { type: 'pre', offset: 12, length: 23, language: 'python' },
];

test('programs and code keep their form, other marks go', () => {
  const text = 'Пишу: i**2\n\nfor i in x:\n  print(i)\nЗначит, так';
  expect(typedText(text, code)).toBe('Пишу: `i**2`\n\n```python\nfor i in x:\n  print(i)\n```\n\nЗначит, так');
});

test('a link keeps its address, and none that is not one', () => {
  const entity = (url: string): MessageEntity[] => [{ type: 'text_link', offset: 4, length: 3, url }];
  expect(renderMessage(typedText('Вот тут', entity('https://example.ru/')), 's-')).toContain('href="https://example.ru/"');
  expect(renderMessage(typedText('Вот тут', entity('javascript:alert(1)')), 's-')).not.toContain('javascript');
});

test.each([
  ['beyond the text', [{ type: 'pre', offset: 5, length: 100, language: 'x y' }]],
  [
    'one within the other',
    [
      { type: 'pre', offset: 0, length: 6 },
      { type: 'code', offset: 2, length: 2 },
      { type: 'pre', offset: 3, length: 4 },
    ],
  ],
] as [string, MessageEntity[]][])('marks that fit nothing harm nothing: %s', (_, entities) => {
  expect(seen(typedText('простой текст', entities)).replace(/\s+/g, '')).toBe('простойтекст');
});
