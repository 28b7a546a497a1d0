import { describe, expect, test } from 'vitest';
import { createMarkdown } from '../markdown.ts';
import { isDenseMessage } from './dense.ts';
import { isPlainLine } from './message.ts';

const markdown = createMarkdown({ siteUrl: 'https://school.example' });
const render = (source: string) => markdown.renderMessage(source, 'm1-');

test.each([
  ['lines end where they were ended', 'а\nб **в\nг**', '<p>а<br>\nб <strong>в<br>\nг</strong></p>'],
  ['a break that was asked for is one', 'а  \nб', '<p>а<br>\nб</p>'],
  ['a heading is a line in bold', '# Заголовок\nтекст', '<p><strong>Заголовок</strong></p>\n<p>текст</p>'],
  ['HTML is text', '<img src=x onerror=alert(1)>', '<p>&#x3C;img src=x onerror=alert(1)></p>'],
  ['scripts are no addresses', '[a](javascript:alert(1))', '<p>a</p>'],
  [
    'links say who wrote them',
    'https://example.org/',
    '<p><a href="https://example.org/" target="_blank" rel="noopener noreferrer nofollow ugc">https://example.org/</a></p>',
  ],
  ['links to the school stay in it', '[тема](https://school.example/courses)', '<p><a href="/courses">тема</a></p>'],
])('%s', (_, source, html) => {
  expect(render(source)).toBe(html);
});

test('a picture of another host is a link: nothing is loaded from there', () => {
  const html = render('![план](https://evil.example/pixel.png)');
  expect(html).toContain('<a href="https://evil.example/pixel.png"');
  expect(html).not.toContain('<img');
});

test('a message has no heading, not even that of its notes', () => {
  expect(render('# а\n\n## б\n\nв[^1]\n\n[^1]: сноска')).not.toMatch(/<h\d/);
});

test('code is highlighted as in the theory, formulas are set', () => {
  expect(render('```python\nprint("a")\n```')).toContain('hljs-');
  expect(render('$x^2$')).toContain('katex');
});

test('ids of two messages do not meet', () => {
  const source = 'в[^1]\n\n[^1]: сноска';
  const ids = (html: string) => [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  const [one, two] = [ids(markdown.renderMessage(source, 'm1-')), ids(markdown.renderMessage(source, 'm2-'))];
  expect(one.length).toBeGreaterThan(0);
  expect(one.filter((id) => two.includes(id))).toEqual([]);
});

const filled = (piece: string) => piece.repeat(Math.ceil(8000 / piece.length)).slice(0, 8000);

describe('what would take long to render is shown as it was typed', () => {
  test.each([
    ['emphasis in emphasis', filled('_a*')],
    ['brackets', filled('[')],
    ['a link in every paragraph', filled('[a](b)\n\n')],
    ['a formula in every paragraph', filled('$x$\n\n')],
    ['footnotes', filled('[^1]\n\n[^1]: a\n\n')],
    ['a table of thousands of cells', `|a|b|c|d|\n|-|-|-|-|\n${filled('|1|2|3|4|\n')}`],
    ['addresses', filled('a@b.c ')],
    ['quotations', filled('> > > a\n')],
    ['lists', filled('- a\n')],
    ['fences', filled('```\n')],
    ['fences of programs', filled('```python\na = 1\n```\n')],
    ['a fence that an HTML block hides', `<!--\n\`\`\`\n-->\n${filled('_a*')}`],
    ['a fence that a formula hides', `$$\n\`\`\`\n$$\n${filled('_a*')}`],
  ])('%s', (_, source) => {
    expect(isDenseMessage(source)).toBe(true);
    expect(render(source)).toMatch(/^<pre class="md-as-typed">/);
  });

  test('a program of signs that each become a tag', () => {
    expect(render(`\`\`\`json\n${'{"a":['.repeat(1300)}\n\`\`\``)).toMatch(/^<pre class="md-as-typed">/);
  });

  test('a formula as long as a page', () => {
    expect(render(`$$\n${'x+'.repeat(3000)}x\n$$`)).toMatch(/^<pre class="md-as-typed">/);
  });
});

test.each([
  ['a long program', `Вот код:\n\`\`\`python\n${'    if a[i] * b[j] < c: d[k] = "x" # | & ~\n'.repeat(150)}\`\`\`\nПочему не работает?`],
  ['a solution with formulas', 'Пусть $a_1 = 2$, тогда *верно*, что $S_n$ растёт.\n\n'.repeat(15)],
  ['a long letter', 'Здравствуйте, не могу понять, откуда берётся число 12. '.repeat(140)],
  ['a small table', '| a | b |\n|---|---|\n| 1 | 2 |\n'],
])('%s is rendered', (_, source) => {
  expect(isDenseMessage(source)).toBe(false);
  expect(render(source)).not.toContain('md-as-typed');
});

describe('a plain line', () => {
  // A second paragraph takes the line through the whole of Markdown.
  const throughMarkdown = (line: string) => render(`${line}\n\n\\*`).replace('\n<p>*</p>', '');

  test('is what Markdown makes of it', () => {
    const pieces = [
      'Не понимаю',
      'a',
      'I',
      '7',
      ' ',
      '  ',
      '. ',
      '.',
      ',',
      ') ',
      '(',
      ': ',
      ':',
      ';',
      '?',
      '!',
      '«',
      '»',
      ' – ',
      '-',
      '- ',
      '=',
      '+ ',
      '…',
      '№',
      '%',
      '/',
      'ru',
      'www',
      'http',
      '1.',
    ];
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    let plain = 0;
    for (let n = 0; n < 6000; n += 1) {
      const line = Array.from({ length: 1 + random(9) }, () => pieces[random(pieces.length)]).join('');
      if (!isPlainLine(line)) continue;
      plain += 1;
      expect(render(line), line).toBe(throughMarkdown(line));
    }
    expect(plain).toBeGreaterThan(500);
  });

  test.each([
    '1. список',
    '- пункт',
    '# заголовок',
    'а *б*',
    'см. www.example.ru',
    'http://example.ru',
    'a@b.ru',
    'a < b',
    'x_1_2',
    'строка\nещё',
    'конец  ',
    '5',
    '',
    '$x$',
    '[а]',
  ])('is none: %j', (line) => expect(isPlainLine(line)).toBe(false));
});
