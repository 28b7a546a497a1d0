import { describe, expect, test } from 'vitest';
import { russianLabels } from './markdown/labels.ts';
import { createMarkdown, type FileAddress } from './markdown.ts';

const markdown = createMarkdown({ siteUrl: 'https://school.example' });
const html = (source: string) => markdown.render(source).html;

const files: Record<string, FileAddress> = {
  'graph.svg': { url: '/f/1/graph.svg?a=1&b="2"', width: 320, height: 200 },
  'table.ods': { url: '/f/1/table.ods', width: null, height: null },
};
const withFiles = (source: string) => markdown.render(source, { fileUrl: (name) => files[name] ?? null }).html;

describe('links', () => {
  const outside = 'target="_blank" rel="noopener noreferrer nofollow"';
  test.each([
    ['another host', '[текст](https://example.org/a?b=1)', `<p><a href="https://example.org/a?b=1" ${outside}>текст</a></p>`],
    ['another host without a scheme', '[a](//example.org/x)', `<p><a href="https://example.org/x" ${outside}>a</a></p>`],
    ['an address by itself', 'см. https://example.org.', `<p>см. <a href="https://example.org/" ${outside}>https://example.org</a>.</p>`],
    ['our own host', '[a](https://school.example/courses?x=1#y)', '<p><a href="/courses?x=1#y">a</a></p>'],
    ['a path', '[a](/courses/math-60)', '<p><a href="/courses/math-60">a</a></p>'],
    ['a heading by its text', '[a](#Корни-и-степени)', '<p><a href="#s-korni-i-stepeni">a</a></p>'],
    ['mail', '[a](mailto:a@example.org)', '<p><a href="mailto:a@example.org">a</a></p>'],
    ['a relative path leads nowhere', '[a](topic.md)', '<p>a</p>'],
  ])('%s', (_, source, expected) => {
    expect(html(source)).toBe(expected);
  });
});

describe('files of the topic', () => {
  test('a picture comes with its size and waits until it is near', () => {
    expect(withFiles('![График $y$](files/graph.svg)')).toBe(
      '<p><img src="/f/1/graph.svg?a=1&amp;b=&quot;2&quot;" alt="График y" width="320" height="200" loading="lazy" decoding="async"></p>',
    );
  });
  test('a link to a file downloads it', () => {
    expect(withFiles('[**Таблица**](files/table.ods)')).toBe(
      '<p><a href="/f/1/table.ods" download="table.ods"><strong>Таблица</strong></a></p>',
    );
  });
  test.each([
    ['an unknown picture', '![Дерево](files/no.png)', '<p><span class="md-missing">Картинки нет: Дерево</span></p>'],
    ['an unknown picture without a description', '![](files/no.png)', '<p><span class="md-missing">Картинки нет: no.png</span></p>'],
    ['an unknown file', '[Таблица](files/no.ods)', '<p><span class="md-missing">Таблица (файла нет)</span></p>'],
    ['a path out of the folder', '![Секрет](files/../../etc/passwd)', '<p><span class="md-missing">Картинки нет: Секрет</span></p>'],
    [
      'a picture of another host is a link',
      '![Дерево](https://example.org/t.png)',
      '<p><a href="https://example.org/t.png" target="_blank" rel="noopener noreferrer nofollow">Дерево</a></p>',
    ],
    [
      'and inside a link a note',
      '[![Дерево](https://example.org/t.png)](/x)',
      '<p><a href="/x"><span class="md-missing">Картинки нет: Дерево</span></a></p>',
    ],
  ])('%s', (_, source, expected) => {
    expect(withFiles(source)).toBe(expected);
  });
  test('addresses are asked for at every call, though the text is cached', () => {
    const at = (url: string) => markdown.render('![a](files/x.png)', { fileUrl: () => ({ url, width: 1, height: 1 }) }).html;
    expect([at('/one'), at('/two')].map((text) => /src="([^"]*)"/.exec(text)?.[1])).toEqual(['/one', '/two']);
    expect(html('![a](files/x.png)')).toContain('Картинки нет: a');
  });
});

describe('headings', () => {
  test('get ids from their text, each its own, and are listed', () => {
    const { html, headings } = markdown.render('## Корни\n\n### Внутри\n\n## Корни\n\n## Функция $y=x^2$ и `len`\n\n## …', {
      idPrefix: 't-',
    });
    expect(headings).toEqual([
      { id: 't-korni', text: 'Корни' },
      { id: 't-korni-2', text: 'Корни' },
      { id: 't-funktsiya-y-x-2-i-len', text: 'Функция y=x^2 и len' },
      { id: 't-section', text: '…' },
    ]);
    expect([...html.matchAll(/<h2 id="([^"]*)"/g)].map(([, id]) => id)).toEqual(headings.map(({ id }) => id));
    expect(html).toContain('<h3>Внутри</h3>');
  });
  test('the page keeps the only h1', () => {
    expect(html('# Тема')).toBe('<h2 id="s-tema">Тема</h2>');
  });
});

describe('boxes that scroll by keyboard', () => {
  const box = (label: string) => `<div class="md-scroll" role="group" tabindex="0" aria-label="${label}">`;
  test.each([
    ['a table', '| a | b |\n|--:|---|\n| 1 | 2 |', `${box('Таблица')}<table>`],
    ['code', '```\nx\n```', `${box('Код')}<pre><code>x\n</code></pre></div>`],
    ['a display formula', '$$\nx\n$$', `${box('Формула')}<span class="katex-display">`],
  ])('%s', (_, source, beginning) => {
    expect(html(source)).toContain(beginning);
  });
  test('labels are the caller’s', () => {
    const english = createMarkdown({ labels: { ...russianLabels, code: 'Code' } });
    expect(english.render('    x').html).toContain('aria-label="Code"');
  });
  test('an inline formula has none', () => {
    expect(html('пусть $x$')).not.toContain('md-scroll');
  });
  test('columns keep their alignment and say that they are columns', () => {
    expect(html('| a |\n|--:|\n| 1 |')).toMatch(/<th align="right" scope="col">a<\/th>[\s\S]*<td align="right">1<\/td>/);
  });
});

describe('formulas', () => {
  test('are set with MathML beside', () => {
    expect(html('$\\frac12$')).toMatch(/^<p><span class="katex"><span class="katex-mathml"><math [\s\S]*<mfrac>/);
  });
  test('may hold Russian words and decimal commas', () => {
    expect(html('$S_{\\text{круга}}=3{,}14$ и $х$')).not.toContain('md-formula-source');
  });
  test.each([
    ['a brace that is not closed', '$\\frac{1$', '\\frac{1'],
    ['an unknown command', '$\\foo$', '\\foo'],
    ['endless macros', '$\\def\\a{\\a\\a}\\a$', '\\def\\a{\\a\\a}\\a'],
    ['braces deeper than the stack', `$${'{'.repeat(9000)}${'}'.repeat(9000)}$`, '{'.repeat(9000) + '}'.repeat(9000)],
    ['a formula of 20,000 characters', `$${'x'.repeat(20_000)}$`, 'x'.repeat(20_000)],
  ])('%s stands as typed', (_, source, shown) => {
    expect(html(source)).toBe(`<p><code class="md-formula-source">${shown}</code></p>`);
  });
  test('a bad display formula scrolls like a good one', () => {
    expect(html('$$\n\\frac{1\n$$')).toContain('<pre><code class="md-formula-source">\\frac{1</code></pre></div>');
  });
});

describe('code', () => {
  test.each(['python', 'py', 'bash', 'json', 'sql', 'javascript', 'ts', 'cpp', 'c++', 'java', 'xml', 'Python'])(
    '%s is highlighted',
    (language) => {
      expect(html(`\`\`\`${language}\n{"for": 1} // <a> def class int\n\`\`\``)).toContain('<span class="hljs-');
    },
  );
  test.each(['cobol', 'plaintext', '"><script>', 'constructor', '__proto__'])('%s is shown plain', (language) => {
    const shown = html(`\`\`\`${language}\nif x < 1:\n\`\`\``);
    expect(shown).not.toContain('hljs-');
    expect(shown).toMatch(/if x &(#x3C|lt);/);
  });
});

describe('inline', () => {
  test.each([
    ['> 0', '> 0'],
    ['1. 5', '1. 5'],
    ['- 3', '- 3'],
    ['# 1', '# 1'],
    ['    x', 'x'],
    ['---', '---'],
    ['**да**, `x`', '<strong>да</strong>, <code>x</code>'],
    ['a<b>c', 'a&#x3C;b>c'],
    ['', ''],
  ])('%j → %j', (source, expected) => {
    expect(markdown.renderInline(source)).toBe(expected);
  });
  test('formulas are set', () => {
    expect(markdown.renderInline('$\\sqrt{a^2}=a$ при любом $a$')).toMatch(/^<span class="katex">.* при любом <span class="katex">/s);
  });
  test('no block element can come out', () => {
    const everything = '# a\n\n> b\n\n- c\n\n```\nd\n```\n\n| e |\n|---|\n| f |\n\n$$\ng\n$$\n\n<div>\n\n[^1]\n\n[^1]: h';
    expect(markdown.renderInline(everything)).not.toMatch(/<(p|h\d|blockquote|ul|ol|pre|table|div|section)\b/);
  });
});

test('footnotes keep to their own text', () => {
  const one = markdown.render('a[^1]\n\n## Fn 1\n\n[^1]: b', { idPrefix: 'one-' }).html;
  const ids = [...one.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => id?.startsWith('one-'))).toBe(true);
  for (const [, target] of one.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
  expect(one).toContain('>Примечания</h2>');
});

test('a box of a task list has a name', () => {
  expect(html('- [x] a\n- [ ] b').match(/<input [^>]*>/g)).toEqual([
    '<input type="checkbox" checked disabled aria-label="Сделано">',
    '<input type="checkbox" disabled aria-label="Не сделано">',
  ]);
});

test('words are those to read; a formula is one', () => {
  expect(markdown.render('Найдём $x+y$, где-то\n\n| a | b |\n|---|---|\n| 1,5 | 2 |\n\n$$\nz\n$$').words).toBe(8);
});

test('typography is the author’s', () => {
  expect(html('«Ёлка» -- "да" ... 1 000 – 5')).toBe('<p>«Ёлка» -- "да" ... 1 000 – 5</p>');
});

test('the same text gives the same HTML, from the cache and from another instance', () => {
  const source = '## A\n\n$x$ ![a](files/graph.svg) `b`[^1]\n\n[^1]: c';
  expect(withFiles(source)).toBe(withFiles(source));
  const other = createMarkdown({ siteUrl: 'https://school.example' });
  expect(other.render(source, { fileUrl: (name) => files[name] ?? null }).html).toBe(withFiles(source));
});

test.each([
  ['quotations in quotations without end', '> '.repeat(100_000)],
  ['a text past every limit', 'x<'.repeat(160_000)],
])('%s: shown as typed', (_, source) => {
  expect(html(source)).toMatch(/^<pre class="md-as-typed">/);
});
