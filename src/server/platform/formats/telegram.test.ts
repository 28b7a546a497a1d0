import { describe, expect, test } from 'vitest';
import { visibleTelegram } from '../../testing/telegram-html.ts';
import { type TelegramOptions, telegramLength, toTelegram } from './telegram.ts';

const siteUrl = 'https://school.example';
const pieces = (markdown: string, options: Partial<TelegramOptions> = {}) =>
  toTelegram(markdown, { siteUrl, ...options }).pieces.map(({ html }) => html);
const whole = (markdown: string, options: Partial<TelegramOptions> = {}) => pieces(markdown, options).join('\n=====\n');

describe('one text', () => {
  test.each([
    ['emphasis', 'а **б** _в_ ~~г~~', 'а <b>б</b> <i>в</i> <s>г</s>'],
    ['emphasis in emphasis', '**а _б_ в**', '<b>а <i>б</i> в</b>'],
    ['bold in bold is bold', '# а **б**', '<b>а б</b>'],
    ['a heading is a bold line over its text', '## Тема\n\nтекст', '<b>Тема</b>\nтекст'],
    ['paragraphs', 'а\nб\n\nв', 'а б\n\nв'],
    ['a break that was asked for', 'а  \nб', 'а\nб'],
    ['signs of HTML', '<b>x</b> & a<b>c', '&lt;b&gt;x&lt;/b&gt; &amp; a&lt;b&gt;c'],
    ['a block of HTML', '<script>\nalert(1)\n</script>', '&lt;script&gt; alert(1) &lt;/script&gt;'],
    ['an entity', '&lt;b&gt; &amp;amp;', '&lt;b&gt; &amp;amp;'],
    ['code', '`a<b` и `&`', '<code>a&lt;b</code> и <code>&amp;</code>'],
    ['code is in nothing bold', '**а `б` в**', '<b>а </b><code>б</code><b> в</b>'],
    ['a link of code is a link', '[`a`](https://example.org)', '<a href="https://example.org/">a</a>'],
    ['a program', '```py\nif a < b:\n    c\n```', '<pre><code class="language-py">if a &lt; b:\n    c</code></pre>'],
    ['a program of no language', '    x\n    y', '<pre>x\ny</pre>'],
    ['a language that is none', '```"><b>\nx\n```', '<pre>x</pre>'],
    ['a list', '- а\n- б\n\nв', '• а\n• б\n\nв'],
    ['a list in a list', '1. а\n   - б\n   - в\n2. г', '1. а\n   • б\n   • в\n2. г'],
    ['a list that goes on', '7. а\n8. б', '7. а\n8. б'],
    ['two paragraphs of one item', '- а\n\n  б', '• а\n  б'],
    ['things to do', '- [x] а\n- [ ] б', '• ☑ а\n• ☐ б'],
    ['a quotation', '> а\n>\n> **б**', '<blockquote>а\n\n<b>б</b></blockquote>'],
    ['a quotation in a quotation is one', '> а\n>> б', '<blockquote>а\n\nб</blockquote>'],
    [
      'a program in a quotation ends it',
      '> а\n>\n> ```\n> б\n> ```\n>\n> в',
      '<blockquote>а</blockquote>\n\n<pre>б</pre>\n\n<blockquote>в</blockquote>',
    ],
    ['a quotation in an item', '- а\n  > б\n  > в', '• а\n<blockquote>б в</blockquote>'],
    ['a line', 'а\n\n---\n\nб', 'а\n\n———\n\nб'],
    ['a table', '| Имя | Балл |\n|---|--:|\n| Аня | 5 |\n| Я | 10 |', '<pre>Имя  Балл\n---  ----\nАня     5\nЯ      10</pre>'],
    ['a table of emoji', '|a|b|\n|-|-|\n|👩‍👩‍👧|x|\n|yy|z|', '<pre>a   b\n--  -\n👩‍👩‍👧   x\nyy  z</pre>'],
    ['marks in a table', '|a|\n|-|\n|**б** $x^2$ [в](/x)|', '<pre>a\n------\nб x² в</pre>'],
    ['a formula', 'пусть $x^2\\le 5$', 'пусть x² ≤ 5'],
    ['a formula that text cannot say', '$$\n\\begin{cases}x\\\\y\\end{cases}\n$$', '<code>\\begin{cases}x\\\\y\\end{cases}</code>'],
    ['a footnote', 'а[^1]\n\n[^1]: б', 'а[1]\n\n1. б'],
    ['spaces outside of what they stand at', 'а ** б** **б** ', 'а ** б** <b>б</b>'],
    ['nothing in bold', 'а ****', 'а ****'],
  ])('%s', (_, markdown, html) => {
    expect(whole(markdown)).toBe(html);
    expect(visibleTelegram(html).text).not.toContain('\u0000');
  });

  test.each([
    ['https://example.org/a?b=1&c="2"', '<a href="https://example.org/a?b=1&amp;c=%222%22">т</a>'],
    ['/courses/math#x', '<a href="https://school.example/courses/math#x">т</a>'],
    ['https://school.example/news', '<a href="https://school.example/news">т</a>'],
    ['//evil.example/x', '<a href="https://evil.example/x">т</a>'],
    ['javascript:alert(1)', 'т'],
    ['tg://user?id=1', 'т'],
    ['ftp://example.org', 'т'],
    ['topic.md', 'т'],
    ['#heading', 'т'],
    ['files/a.pdf', 'т'],
    ['mailto:a@example.org', 'т (a@example.org)'],
  ])('a link to %s', (address, html) => {
    expect(whole(`[т](<${address}>)`)).toBe(html);
  });

  test.each([
    ['of a topic or a post: its words', '![а](files/a.png) ![](files/b.png) текст', '[а] текст'],
    ['of another host: a link, for nothing is loaded from there', '![а](https://e.org/b.png)', '<a href="https://e.org/b.png">а</a>'],
    ['without words', '![](https://e.org/b.png)', '<a href="https://e.org/b.png">https://e.org/b.png</a>'],
    ['in a link', '[![а](https://e.org/b.png)](/x)', '<a href="https://school.example/x">а</a>'],
    ['without words and address', '![](files/a.png)', ''],
  ])('a picture %s', (_, markdown, html) => {
    expect(whole(markdown)).toBe(html);
  });

  test.each(['', ' \n\n ', '\u200b', '\u00a0', '&nbsp;', '\u2800', '\u0301', '>', '-'])('%j is nothing to see', (markdown) => {
    expect(pieces(markdown)).toEqual([]);
  });

  test('a title stands over the text and a line of ours under it, as text', () => {
    expect(whole('а', { title: 'Тема **x**\n<b>', hint: 'Ответьте & всё' })).toBe(
      '<b>Тема **x** &lt;b&gt;</b>\n\nа\n\n<i>Ответьте &amp; всё</i>',
    );
    expect(whole('', { title: 'Тема' })).toBe('<b>Тема</b>');
  });

  test('in a message of a chat lines end where they were ended', () => {
    expect(whole('а\nб\n# в', { lines: 'kept' })).toBe('а\nб\n\n<b>в</b>');
  });

  test('what cannot travel is left out', () => {
    expect(whole('а\ud800б\u0000в\r\nг\u2028д', { lines: 'kept' })).toBe('а\ufffdбв\nг\nд');
  });

  test('the length is what is seen', () => {
    const markdown = '**а** & [б](https://example.org) 🎓';
    expect(telegramLength(markdown, { siteUrl })).toBe('а & б 🎓'.length);
    expect(toTelegram(markdown, { siteUrl }).pieces[0]?.length).toBe('а & б 🎓'.length);
    expect(telegramLength(markdown, { siteUrl, title: 'аб' })).toBe('аб\n\nа & б 🎓'.length);
  });
});

describe('a long text', () => {
  const words = (count: number) => Array.from({ length: count }, (_, index) => `слово${index}`).join(' ');
  const lengths = (markdown: string, options: Partial<TelegramOptions> = {}) =>
    toTelegram(markdown, { siteUrl, ...options }).pieces.map(({ length }) => length);

  test.each([
    [4096, [4096]],
    [4097, [4096, 1]],
    [8192, [4096, 4096]],
    [10_000, [4096, 4096, 1808]],
  ])('of %d letters without a space', (count, expected) => {
    expect(lengths('ы'.repeat(count))).toEqual(expected);
  });

  test('is cut between paragraphs where that leaves no piece nearly empty', () => {
    const [first, second] = pieces(`${words(300)}\n\n${words(300)}`);
    expect(first).toBe(words(300));
    expect(second).toBe(words(300));
  });

  test('else between lines, else between words', () => {
    const lines = Array.from({ length: 50 }, (_, index) => `- ${index} ${words(12)}`).join('\n');
    for (const html of pieces(lines)) expect(html).toMatch(/^• \d.*слово11$/s);
    for (const html of pieces(words(2000))) expect(html).toMatch(/^слово\d+ .* слово\d+$/);
    expect(pieces(words(2000)).join(' ')).toBe(words(2000));
  });

  test('leaves room where something is to stand below', () => {
    const [first = 0, ...others] = lengths(words(1000), { room: 1024 });
    expect(first).toBeGreaterThan(1000);
    expect(Math.max(first, ...others)).toBeLessThanOrEqual(1024);
  });

  test('a heading stays with its text', () => {
    expect(pieces(`${words(430)}\n\n## Итоги\n\n${words(200)}`)[1]).toMatch(/^<b>Итоги<\/b>\nслово0/);
  });

  test('marks are closed where a piece ends and opened again in the next', () => {
    const [first, second] = pieces(`**${words(600)} [ссылка](https://example.org/x) конец**`);
    expect(first).toMatch(/^<b>слово0 .*<\/b>$/);
    expect(second).toMatch(/^<b>слово\d+ .*<a href="https:\/\/example.org\/x">ссылка<\/a> конец<\/b>$/);
  });

  test('a program is cut between its lines and keeps its indentation', () => {
    const source = Array.from({ length: 400 }, (_, index) => `    line ${index}`).join('\n');
    const parts = pieces(`\`\`\`py\nfor x in y:\n${source}\n\`\`\``);
    expect(parts.length).toBeGreaterThan(1);
    for (const html of parts) expect(html).toMatch(/^<pre><code class="language-py">(?:for x| {4}line).*line \d+<\/code><\/pre>$/s);
    expect(parts.map((html) => visibleTelegram(html).text).join('\n')).toBe(`for x in y:\n${source}`);
  });

  test.each([
    ['a surrogate pair', '🎓'],
    ['a family', '👩‍👩‍👧‍👦'],
    ['a flag', '🇷🇺'],
    ['a hand of a colour', '👋🏽'],
    ['a key', '1️⃣'],
    ['a letter with two marks', 'е\u0301\u0323'],
    ['a line of Devanagari', 'क्षि'],
  ])('%s is not cut', (_, sign) => {
    for (const before of [0, 1, 2, 3, 5]) {
      const parts = pieces(`${'ы'.repeat(before)}${sign.repeat(Math.ceil(9000 / sign.length))}`).map((html) => visibleTelegram(html).text);
      expect(parts.length).toBeGreaterThan(1);
      for (const part of parts.slice(1)) expect(part.length % sign.length).toBe(0);
      for (const part of parts) expect(part.length).toBeLessThanOrEqual(4096);
    }
  });

  test('one sign larger than a message is cut all the same', () => {
    const parts = lengths(`е${'\u0301'.repeat(9000)} конец`);
    expect(parts[0]).toBe(4096);
    expect(pieces(`${'\u0301'.repeat(4095)}🎓🎓`).every((html) => html.isWellFormed())).toBe(true);
  });

  test('a list of a hundred items with a bold word and a link each is rendered', () => {
    const items = Array.from({ length: 100 }, (_, index) => `- **${index}** [ж](/x)`).join('\n');
    expect(pieces(items).join('')).not.toContain('**');
  });

  test('a piece has at most a hundred entities', () => {
    const parts = pieces(Array.from({ length: 250 }, (_, index) => `**ж${index}** _к_`).join('\n\n'));
    expect(parts).toHaveLength(5);
    for (const html of parts) expect(visibleTelegram(html).entities).toBeLessThanOrEqual(100);
  });
});
