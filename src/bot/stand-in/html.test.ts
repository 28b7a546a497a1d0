import { expect, test } from 'vitest';
import { tidy } from './entities.ts';
import { parseHtml } from './html.ts';

/** «type@offset+length» of what is kept. */
function kept(source: string): string[] {
  const { text, entities } = tidy(parseHtml(source));
  return [text, ...entities.map(({ type, offset, length }) => `${type}@${offset}+${length}`)];
}

test.each<[string, string[]]>([
  ['простой текст', ['простой текст']],
  ['<b>жирный</b> и <i>нет</i>', ['жирный и нет', 'bold@0+6', 'italic@9+3']],
  [
    '<strong>a</strong><em>b</em><ins>c</ins><del>d</del><strike>e</strike>',
    ['abcde', 'bold@0+1', 'italic@1+1', 'underline@2+1', 'strikethrough@3+1', 'strikethrough@4+1'],
  ],
  ['😀<b>x</b>', ['😀x', 'bold@2+1']],
  ['a &lt;b&gt; &amp; &quot;c&quot; &laquo;d&raquo; &#8211; &#x2014;', ['a <b> & "c" &laquo;d&raquo; – —']],
  ['<b><i>оба</i></b>', ['оба', 'italic@0+3', 'bold@0+3']],
  ['<a href="https://school.ru/x?a=1&amp;b=2">ссылка</a>', ['ссылка', 'text_link@0+6']],
  ['<a href="http://localhost:3000/x">ссылка</a>', ['ссылка']],
  ['<tg-spoiler>тайна</tg-spoiler><span class="tg-spoiler">ещё</span>', ['тайнаещё', 'spoiler@0+5', 'spoiler@5+3']],
  ['<pre><code class="language-python">x = 1</code></pre>', ['x = 1', 'pre@0+5']],
  ['<code>a<b>b</b></code>', ['ab', 'code@0+2']],
  ['<blockquote>раз <blockquote>два</blockquote></blockquote>', ['раз два', 'blockquote@0+7']],
  ['<blockquote expandable>раз</blockquote>', ['раз', 'expandable_blockquote@0+3']],
  ['\n  <b> a </b>\n', ['a', 'bold@0+1']],
  ['<b></b>x', ['x']],
  ['/stats и https://school.ru/news.', ['/stats и https://school.ru/news.', 'bot_command@0+6', 'url@9+22']],
])('%j is kept as %j', (source, expected) => {
  expect(kept(source)).toEqual(expected);
});

test.each([
  ['<p>абзац</p>', 'Unsupported start tag "p" at byte offset 0'],
  ['ёж <br>', 'Unsupported start tag "br" at byte offset 5'],
  ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
  ['x</b>', 'Unexpected end tag at byte offset 1'],
  ['<b><i>x</b></i>', 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'],
  ['2 <3', 'Unclosed start tag at byte offset 2'],
  ['<b>x</b', 'Unclosed end tag at byte offset 4'],
  ['<a href="x', 'Unclosed start tag at byte offset 0'],
  ['<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'],
  ['<span class="x">y</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
])('%j is refused: %s', (source, reason) => {
  expect(() => parseHtml(source)).toThrow(`Bad Request: can't parse entities: ${reason}`);
});

test('a hundred entities are kept, the text of the others stays', () => {
  const { text, entities } = tidy(parseHtml(Array.from({ length: 130 }, () => '<b>x</b> ').join('')));
  expect(text).toHaveLength(259);
  expect(entities).toHaveLength(100);
});

test('the language of code and the address of a link are kept', () => {
  expect(tidy(parseHtml('<pre><code class="language-python">x</code></pre>')).entities).toEqual([
    { type: 'pre', offset: 0, length: 1, language: 'python' },
  ]);
  expect(tidy(parseHtml("<a href='https://a.ru/?x=1&amp;y=2'>x</a>")).entities).toEqual([
    { type: 'text_link', offset: 0, length: 1, url: 'https://a.ru/?x=1&y=2' },
  ]);
});
