import { describe, expect, test } from 'vitest';
import { createMarkdown } from '../markdown.ts';

const { renderMarked } = createMarkdown();

/** A comment at the first occurrence of a piece. */
const at = (source: string, piece: string, number = 1) => ({
  number,
  start: source.indexOf(piece),
  end: source.indexOf(piece) + piece.length,
});
const plain = (html: string) => html.replace(/<span data-at[^>]*>|<\/span>/g, '');

test('every piece of text says where in the source it stands', () => {
  const source = 'Пусть **x** = 1,\nтогда _y_ = 2.\n\n- раз\n- два';
  const pieces = [...renderMarked(source, [], 'w-').matchAll(/data-at="(\d+)" data-to="(\d+)">([^<]*)</g)];
  expect(pieces.map(([, from, to]) => source.slice(Number(from), Number(to)))).toEqual(pieces.map(([, , , text]) => text));
  expect(pieces.map(([, , , text]) => text).join('|')).toBe('Пусть |x| = 1,|тогда |y| = 2.|раз|два');
});

test('a line end of the source is one on the page', () => {
  expect(plain(renderMarked('x = 1\ny = 2', [], 'w-'))).toBe('<p>x = 1<br>y = 2</p>');
});

describe('remarks', () => {
  test.each<[string, string, string, string]>([
    ['in a text', 'всего пять корней', 'пять', '<p>всего <mark id="w-_place-1" class="md-mark" data-mark="1">пять</mark>#1 корней</p>'],
    [
      'over an emphasis',
      'а **б** в',
      'а **б',
      '<p><mark id="w-_place-1" class="md-mark" data-mark="1">а </mark><strong><mark class="md-mark" data-mark="1">б</mark>#1</strong> в</p>',
    ],
    ['with an escaped sign', '2\\*3', '3', '<p><mark id="w-_place-1" class="md-mark" data-mark="1">2*3</mark>#1</p>'],
  ])('%s', (_, source, piece, expected) => {
    const html = plain(renderMarked(source, [at(source, piece)], 'w-'));
    expect(html.replaceAll('<sup class="md-mark-number"><a href="#w-_note-1">1</a></sup>', '#1')).toBe(expected);
  });

  test('two that overlap', () => {
    const source = 'один два три';
    const html = plain(renderMarked(source, [at(source, 'один два'), at(source, 'два три', 2)], 'w-'));
    expect([...html.matchAll(/data-mark="([^"]+)">([^<]+)</g)].map(([, marks, text]) => `${marks}: ${text}`)).toEqual([
      '1: один ',
      '1 2: два',
      '2:  три',
    ]);
  });

  test.each([
    ['a formula', 'корень $x_1=\\frac12$ верен', 'frac'],
    ['a formula of its own line', 'так\n\n$$\nx=1\n$$\n', 'x=1'],
    ['code', 'функция `f(x)` тут', 'f('],
    ['a block of code', '```python\nprint(1)\n```', 'print'],
  ])('%s is marked whole', (_, source, piece) => {
    const html = renderMarked(source, [at(source, piece)], 'w-');
    expect(html).toMatch(/md-mark.*(katex|<code)/s);
    expect(html.match(/md-mark-number/g)).toHaveLength(1);
  });
});

test('a remark brings no markup of its own, and the text none of its author', () => {
  const source = '<img src=x onerror=alert(1)> [a](javascript:alert(1)) ![](https://example.org/a.png) <mark data-at="0">';
  const html = renderMarked(source, [at(source, 'onerror')], 'w-');
  expect(html).not.toMatch(/<img|javascript:|<mark data-at/);
});

test('a picture of files that the text does not have is told as missing', () => {
  expect(renderMarked('![график](files/a.svg)', [], 'w-')).toContain('график');
});
