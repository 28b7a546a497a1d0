import { expect, test } from 'vitest';
import { parseTelegram, type TelegramNode, type TelegramTag } from './telegram-html.ts';

const el = (tag: TelegramTag, children: TelegramNode[], href: string | null = null): TelegramNode => ({ tag, href, children });

test.each<[string, string, unknown[]]>([
  ['plain text with a line break', 'Раз\nдва', ['Раз\nдва']],
  ['bold in two spellings', '<b>а</b><strong>б</strong>', [el('b', ['а']), el('b', ['б'])]],
  ['one in the other', '<b>а <i>б</i> в</b> г', [el('b', ['а ', el('i', ['б']), ' в']), ' г']],
  ['signs', '1 &lt; 2 &amp;&amp; &quot;да&quot; &#39;нет&#39; &#x41;', ['1 < 2 && "да" \'нет\' A']],
  ['a sign that is none', '&nbsp;&#0;&#99999999;', ['&nbsp;&#0;&#99999999;']],
  ['decoded once', '&amp;lt;b&amp;gt;', ['&lt;b&gt;']],
  ['a link', '<a href="https://example.ru/?a=1&amp;b=2">там</a>', [el('a', ['там'], 'https://example.ru/?a=1&b=2')]],
  ['a link to a script is no link', '<a href="javascript:alert(1)">там</a>', [el('a', ['там'])]],
  ['code with its language', '<pre><code class="language-python">x &lt; 1</code></pre>', [el('pre', [el('code', ['x < 1'])])]],
  ['a quote', '<blockquote expandable>раз</blockquote>', [el('blockquote', ['раз'])]],
  ['a spoiler', '<tg-spoiler>12</tg-spoiler>', [el('spoiler', ['12'])]],
  ['a tag that Telegram does not know is text', '<img src="x">', ['<img src="x">']],
  ['and so is a handler', '<script>alert(1)</script>', ['<script>', 'alert(1)', '</script>']],
  ['a lonely bracket', 'a < b', ['a ', '<', ' b']],
  ['never closed', '<b>а', [el('b', ['а'])]],
  ['closed in another order', '<b><i>а</b>б</i>', [el('b', [el('i', ['а'])]), 'б']],
  ['closed without being open', 'а</b>б', ['а', 'б']],
])('%s', (_, html, expected) => {
  expect(parseTelegram(html)).toEqual(expected);
});
