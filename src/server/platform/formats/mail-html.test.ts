import { expect, test } from 'vitest';
import { type MailHtmlOptions, toMailHtml } from './mail-html.ts';

const html = (markdown: string, options: Partial<MailHtmlOptions> = {}) =>
  toMailHtml(markdown, { siteUrl: 'https://school.example', ...options });
/** Without looks. */
const bare = (markdown: string, options: Partial<MailHtmlOptions> = {}) =>
  html(markdown, options).replaceAll(/ (?:class|style)="[^"]*"/g, '');

test.each([
  ['a paragraph', 'а **б** ~~в~~', '<p>а\u00a0<strong>б</strong> <del>в</del></p>'],
  ['the title is the letter’s only one', '# а\n\n## б\n\n### в\n\n#### г', '<h2>а</h2>\n<h2>б</h2>\n<h3>в</h3>\n<h4>г</h4>'],
  ['an absolute link', '[а](/x?a=1&b=2)', '<p><a href="https://school.example/x?a=1&#x26;b=2">а</a></p>'],
  ['mail', '[а](mailto:a@example.org)', '<p><a href="mailto:a@example.org">а</a></p>'],
  ['a link that leads nowhere', '[а](javascript:x) [б](#b) [в](files/x.pdf)', '<p>а б в</p>'],
  ['HTML is text', '<img src=x onerror=alert(1)>', '<p>&#x3C;img src=x onerror=alert(1)></p>'],
  ['a list', '3. а\n4. б', '<ol start="3">\n<li>а</li>\n<li>б</li>\n</ol>'],
  ['things to do', '- [x] а', '<ul>\n<li>☑ а</li>\n</ul>'],
  [
    'a table',
    '|a|b|\n|-|-:|\n|1|2|',
    '<div><table><thead><tr><th align="left">a</th><th align="right">b</th></tr></thead><tbody><tr><td align="left">1</td><td align="right">2</td></tr></tbody></table></div>',
  ],
  ['a program', '```py\nx < 1\n```', '<pre>x &#x3C; 1</pre>'],
  ['a formula that text can say', '$x^2 \\le 5$', '<p>x²\u00a0≤\u00a05</p>'],
  ['a formula that it cannot', '$\\begin{cases}x\\end{cases}$', '<p><code>\\begin{cases}x\\end{cases}</code></p>'],
  ['a footnote', 'а[^1]\n\n[^1]: б', '<p>а<sup>1</sup></p>\n<hr>\n<ol>\n<li>\n<p>б\u00a0</p>\n</li>\n</ol>'],
])('%s', (_, markdown, expected) => {
  expect(
    bare(markdown)
      .trimEnd()
      .replaceAll(/>\n*<(?=\/?(?:table|thead|tbody|tr|th|td|div))/g, '><'),
  ).toBe(expected);
});

test.each([
  ['a picture of a topic: its words', '![график](files/a.png) ![](files/b.png)', '<p>[график] </p>'],
  ['of another host: a link', '![график](https://e.org/p.png)', '<p><a href="https://e.org/p.png">график</a></p>'],
  ['in a link', '[![график](https://e.org/p.png)](/x)', '<p><a href="https://school.example/x">график</a></p>'],
])('%s, and nothing is loaded', (_, markdown, expected) => {
  expect(bare(markdown)).toBe(expected);
});

test('every element carries its look', () => {
  const dressed = html('# а\n\nб [в](/x) `г`\n\n- д\n\n> е\n\n|ж|\n|-|\n|з|\n\n```\nи\n```\n\n---');
  for (const [, tag, rest] of dressed.matchAll(/<(h2|p|a|code|ul|li|blockquote|table|th|td|pre|hr)\b([^>]*)>/g))
    expect(rest, tag).toMatch(/style="[^"]+/);
});

test('Russian is set, code and English are not', () => {
  expect(bare('Я и он, 5 км, `а и б`')).toBe('<p>Я\u00a0и\u00a0он, 5\u00a0км, <code>а и б</code></p>');
  expect(bare('Я и он', { locale: 'en' })).toBe('<p>Я и он</p>');
});

test('what would take long is shown as it was typed', () => {
  expect(bare(`<b>\n${'*a_'.repeat(1000)}`)).toBe(`<div>&lt;b&gt;<br>${'*a_'.repeat(1000)}</div>`);
});
