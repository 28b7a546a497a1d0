import { expect, test } from 'vitest';
import { createMarkdown } from '../markdown.ts';
import { findHeavyLine } from './heavy.ts';
import { inspectMarkdown } from './inspect.ts';

const markdown = createMarkdown();
const stairs = (steps: number) => Array.from({ length: steps }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n');

// Each of them held the process for two to twenty seconds, at every pause of typing.
test.each([
  ['brackets', ']('.repeat(20_000), 1],
  ['emphasis that never closes', '*a_'.repeat(2000), 1],
  ['the same on many lines, below a quiet paragraph', `Тихо.\n\n${'*a_ *a_ *a_\n'.repeat(900)}`, 336],
  ['a staircase of lists', stairs(98), 41],
  [
    'staircases side by side',
    Array.from({ length: 60 }, () => stairs(20))
      .join('\n\nx\n\n')
      .replaceAll('- a', '> - > - a'),
    1,
  ],
  ['lists and quotations in each other', '> - '.repeat(30), 1],
  ['quotations without spaces', '>'.repeat(199), 1],
  ['a list as long as a book', '- a\n'.repeat(9000), 3001],
  ['tables one below the other', `|${'a|'.repeat(100)}\n|${'-|'.repeat(100)}\n${'a\n'.repeat(100)}\n`.repeat(40), 1],
  ['addresses', 'www.a.b '.repeat(20_000), 1],
  ['nothing but formulas', '$a$ '.repeat(40_000), 1],
])('%s: shown as they were typed, and told at the line', (_, text, firstLine) => {
  const heavy = findHeavyLine(text);
  expect(heavy?.line).toBeGreaterThanOrEqual(firstLine - 1);
  expect(markdown.render(text).html).toContain('<pre class="md-as-typed">');
  expect(markdown.renderMarked(text, [], 'r-')).toContain('<pre class="md-as-typed">');
  expect(inspectMarkdown(text, 5)).toEqual({
    problems: [{ line: 5 + (heavy?.line ?? 0), code: 'too-dense', limit: heavy?.limit }],
    files: [],
  });
});

test('formulas as long as a chapter are a hundred times as long in HTML', () => {
  const text = `Сначала слова.\n\n${`$$\n${'x^2+'.repeat(2400)}x\n$$\n\n`.repeat(4)}`;
  expect(markdown.render(text).html).toContain('<pre class="md-as-typed">');
  expect(inspectMarkdown(text).problems).toEqual([{ line: 15, code: 'too-dense', limit: 30_000 }]);
});

test('a formula that names another is told apart from one that is wrong', () => {
  const text = '$\\gdef\\a{xxxx}\\a\\a$';
  expect(markdown.render(text).html).toContain('md-formula-source');
  expect(inspectMarkdown(text).problems).toMatchObject([{ code: 'md-formula', reason: '\\gdef is not allowed' }]);
});

test.each([
  ['a long theory', 'Пусть $a_1=2$, тогда *верно*: [см.](#a) и `x[1]`.\n\n'.repeat(500)],
  ['a table of a hundred rows', `| $x_1$ | $x_2$ | **c** |\n|---|---|---|\n${'| $1_2$ | $\\frac{1}{2}$ | `a` |\n'.repeat(100)}`],
  ['lists as deep as people write them', '- a\n  1. b\n     - c\n       > d\n'.repeat(100)],
  ['a program of two thousand lines', `\`\`\`python\n${'for i in range(n): print(i)\n'.repeat(1500)}\`\`\``],
  ['half a thousand bold words in one list', '- **слово** и `код`\n'.repeat(300)],
])('%s is rendered', (_, text) => {
  expect(findHeavyLine(text)).toBeNull();
});
