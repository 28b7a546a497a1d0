import { expect, test } from 'vitest';
import type { MarkdownProblem } from '#shared/source-problems.ts';
import { inspectMarkdown } from './inspect.ts';

test.each<[string, string, MarkdownProblem[]]>([
  ['a good text', '## A\n\n$x$ [b](/c) [d](https://e.example) `<b>`\n\n```\n# no heading\n```\n\n$$\ny\n$$', []],
  ['HTML', 'a\n\nb <br> c', [{ line: 13, code: 'md-html', found: '<br>' }]],
  ['a comment', '<!-- a\nb -->', [{ line: 11, code: 'md-html', found: '<!-- a b -->' }]],
  [
    'a formula',
    '- a $\\foo$',
    [{ line: 11, code: 'md-formula', formula: '\\foo', reason: 'Undefined control sequence: \\foo at position 1: \\̲f̲o̲o̲' }],
  ],
  [
    'a link inside a formula',
    '$$\n\\href{x}{y}\n$$',
    [{ line: 11, code: 'md-formula', formula: '\\href{x}{y}', reason: '\\href is not allowed' }],
  ],
  ['a title in the text', 'a\n\n# b\n\nc\n===', [3, 5].map((line) => ({ line: line + 10, code: 'md-heading-level-one' }))],
  [
    'a picture of another host',
    '![a](https://b.example/c.png)',
    [{ line: 11, code: 'md-picture-not-in-files', url: 'https://b.example/c.png' }],
  ],
  ['a picture without words', '![ ](files/a.svg)', [{ line: 11, code: 'md-picture-without-description', url: 'files/a.svg' }]],
  [
    'a link to nowhere',
    '[a](javascript:b) [c](topic.md)',
    ['javascript:b', 'topic.md'].map((url) => ({ line: 11, code: 'md-link-refused', url })),
  ],
  ['a picture by reference', '![a][b]\n\n[b]: /c.png', [{ line: 11, code: 'md-picture-not-in-files', url: '/c.png' }]],
])('%s', (_, source, problems) => {
  expect(inspectMarkdown(source, 11).problems).toEqual(problems);
});

test('files that the text shows or links to', () => {
  const { files } = inspectMarkdown('![a](files/a.svg)\n[b](files/b.ods)\n\n![c][c]\n\n[c]: files/c.png\n\n`![d](files/d.svg)`');
  expect(files).toEqual([
    { name: 'a.svg', line: 1 },
    { name: 'b.ods', line: 2 },
    { name: 'c.png', line: 4 },
    { name: 'c.png', line: 6 },
  ]);
});

test('an option is read as one line: a sign at its beginning starts no list', () => {
  expect(inspectMarkdown('# 1', 5, 'inline').problems).toEqual([]);
});
