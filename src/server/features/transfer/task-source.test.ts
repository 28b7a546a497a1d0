import { describe, expect, test } from 'vitest';
import { describeProblem } from './problem-text.ts';
import { type ParsedTask, parseTaskSource } from './task-source.ts';

const good = `---
title: Меньший корень
kind: number
key: 12,50
---
Решите уравнение $x^2=1$.
`;

function task(source: string): ParsedTask {
  const parsed = parseTaskSource(source);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.task;
}

/** Problems as «line: code key», the way a table of cases reads best. */
function problems(source: string): string[] {
  const parsed = parseTaskSource(source);
  if (parsed.ok) return [];
  return parsed.problems.map((problem) => {
    expect(describeProblem(problem)).not.toBe('');
    const detail =
      'problem' in problem ? problem.problem.code : 'key' in problem ? problem.key : 'section' in problem ? problem.section : '';
    return `${problem.line}: ${problem.code} ${detail}`.trim();
  });
}

/** A task of these front matter lines, the first of which is line 2, with a title after them. */
function withLines(lines: string, body = 'Условие'): string {
  return `---\n${lines}\ntitle: Задание\n---\n${body}`;
}

describe('what a source says', () => {
  test('the smallest one', () => {
    expect(task(good)).toEqual({
      title: 'Меньший корень',
      spec: { kind: 'number', key: '12,50' },
      points: 1,
      examNumber: null,
      origin: null,
      statement: 'Решите уравнение $x^2=1$.',
      hint: null,
      hintAfter: 1,
      solution: null,
      solutionRule: 'solved',
      solutionAfter: null,
      chatAfter: null,
      fileNames: [],
      isPublic: false,
    } satisfies ParsedTask);
  });

  test('everything a task may have', () => {
    const source = `---
title: 'Отбор: чётные числа' # a remark
kind: number
key: 007
tolerance: 0,010
number: 17
points: 2
source: Авторское задание
hint-after: 2
chat-after: 0
solution: after 3
files:
  - name: 17.txt
---

Скачайте [файл](files/17.txt).

![Схема](files/a.svg)

# Подсказка

Считайте.

# Решение

\`\`\`python
# Решение
print(1)
\`\`\`
`;
    const parsed = parseTaskSource(source);
    expect(parsed).toEqual({
      ok: true,
      task: {
        title: 'Отбор: чётные числа',
        spec: { kind: 'number', key: '007', tolerance: '0,010' },
        points: 2,
        examNumber: 17,
        origin: 'Авторское задание',
        statement: 'Скачайте [файл](files/17.txt).\n\n![Схема](files/a.svg)',
        hint: 'Считайте.',
        hintAfter: 2,
        solution: '```python\n# Решение\nprint(1)\n```',
        solutionRule: 'after',
        solutionAfter: 3,
        chatAfter: 0,
        fileNames: ['17.txt'],
        isPublic: false,
      },
      files: [
        { name: '17.txt', line: 13 },
        { name: '17.txt', line: 16 },
        { name: 'a.svg', line: 18 },
      ],
    });
  });

  test.each<[string, unknown]>([
    ['kind: word\nkey: [вследствие]', { kind: 'word', key: ['вследствие'] }],
    ['kind: word\nkey:\n  - да\n  - "1-й"\nspelling: strict', { kind: 'word', key: ['да', '1-й'], spelling: 'strict' }],
    [
      'kind: choice\nkey: b\noptions:\n  a: "0"\n  b: no',
      {
        kind: 'choice',
        key: 'b',
        options: [
          { id: 'a', text: '0' },
          { id: 'b', text: 'no' },
        ],
      },
    ],
    [
      "kind: choices\nkey: [c, a]\npartial: ege\noptions: {a: x, b: '$y, z$', c: q}",
      {
        kind: 'choices',
        key: ['c', 'a'],
        partial: 'ege',
        options: [
          { id: 'a', text: 'x' },
          { id: 'b', text: '$y, z$' },
          { id: 'c', text: 'q' },
        ],
      },
    ],
    [
      'kind: choices\nkey: [a]\noptions: {a: x, b: y}',
      {
        kind: 'choices',
        key: ['a'],
        partial: 'none',
        options: [
          { id: 'a', text: 'x' },
          { id: 'b', text: 'y' },
        ],
      },
    ],
    ['kind: sequence\nkey: 0413', { kind: 'sequence', key: '0413', partial: 'ege' }],
    [
      'kind: sequence\nkey: xyzw\nlength: 4\npartial: none\nalphabet: latin',
      { kind: 'sequence', key: 'xyzw', length: 4, partial: 'none', alphabet: 'latin' },
    ],
    ['kind: set\nkey: 135', { kind: 'set', key: '135', partial: 'ege' }],
    [
      'kind: cells\nkey: [[18, 57], [20, 63]]',
      {
        kind: 'cells',
        key: [
          ['18', '57'],
          ['20', '63'],
        ],
        rows: 2,
        cols: 2,
        partial: 'none',
      },
    ],
    [
      'kind: cells\nkey: [["1,5", 2]]\ngrid: 10x2\npartial: swapped',
      { kind: 'cells', key: [['1,5', '2']], rows: 10, cols: 2, partial: 'swapped' },
    ],
    ['kind: cells\nkey:\n  - [1]\ngrid: 3 × 1', { kind: 'cells', key: [['1']], rows: 3, cols: 1, partial: 'none' }],
  ])('%s', (lines, spec) => {
    expect(task(withLines(lines)).spec).toEqual(spec);
  });

  test('sections may come in English, in any order and after a heading underlined', () => {
    const { statement, hint, solution } = task(`${good}\nSolution\n===\n\ns\n\n# HINT #\n\nh\n`);
    expect({ statement, hint, solution }).toEqual({ statement: 'Решите уравнение $x^2=1$.', hint: 'h', solution: 's' });
  });

  test('a byte-order mark and line ends of Windows change nothing', () => {
    expect(parseTaskSource(`\uFEFF${good.replaceAll('\n', '\r\n')}`)).toEqual(parseTaskSource(good));
  });

  test('a task for guests', () => {
    expect(task(withLines('kind: number\nkey: 1\npublic: yes')).isPublic).toBe(true);
  });

  test.each(['always', 'solved'])('solution: %s', (rule) => {
    expect(task(`${withLines(`kind: number\nkey: 1\nsolution: ${rule}`)}\n# Решение\nx`)).toMatchObject({
      solutionRule: rule,
      solutionAfter: null,
    });
  });
});

describe('what the author is told', () => {
  const number = 'kind: number\nkey: 1';
  test.each<[string, string, string[]]>([
    ['nothing', '', ['1: front-matter-missing']],
    ['no front matter', 'Условие', ['1: front-matter-missing']],
    ['a front matter that does not begin at once', '\n---\n', ['1: front-matter-missing']],
    ['a front matter without an end', '---\ntitle: x\n', ['1: front-matter-open']],
    ['an empty front matter', '---\n---\nУсловие', ['2: yaml']],
    ['a list', '---\n- a\n---\nУсловие', ['2: yaml']],
    ['all keys missing', '---\nnumber: 1\n---\nУсловие', ['2: key-missing kind', '2: key-missing title']],
    ['no key', withLines('kind: word'), ['2: key-missing key']],
    ['an unknown kind', withLines('kind: essay\nkey: 1'), ['2: value-choice kind']],
    ['an unknown key', withLines(`${number}\nTitle: x\nhints: 1`), ['4: key-unknown Title', '5: key-unknown hints']],
    ['a key twice', withLines(`${number}\nkey: 2`), ['4: key-twice key']],
    ['a key of another kind', withLines(`${number}\noptions: {a: x}`), ['4: key-unfit options']],
    ['an empty title', '---\ntitle:\nkind: number\nkey: 1\n---\nx', ['2: key-missing title']],
    ['a long title', withLines(`${number}\nsource: ${'я'.repeat(201)}`), ['4: value-too-long source']],
    ['a title of two lines', '---\ntitle: |\n  a\n  b\nkind: number\nkey: 1\n---\nx', ['2: value-lines title']],
    ['text where a list belongs', withLines('kind: word\nkey: да'), ['3: value-shape key']],
    ['a list where text belongs', withLines('kind: number\nkey: [1, 2]'), ['3: value-shape key']],
    ['options as a list', withLines('kind: choice\nkey: a\noptions: [x, y]'), ['4: value-shape options']],
    ['an option that is a map', withLines('kind: choice\nkey: a\noptions:\n  a: {x: y}\n  b: z'), ['5: value-shape options: a']],
    [
      'points',
      withLines(`${number}\npoints: 0\nnumber: -1\nhint-after: 1.5`),
      ['4: value-integer points', '5: value-integer number', '6: value-integer hint-after', '6: key-without-section hint-after'],
    ],
    ['a rule of the solution', `${withLines(`${number}\nsolution: after 0`)}\n# Решение\nx`, ['4: value-invalid solution']],
    ['a solution that is not there', withLines(`${number}\nsolution: always`), ['4: key-without-section solution']],
    ['a grid', withLines('kind: cells\nkey: [[1]]\ngrid: 2'), ['4: value-invalid grid']],
    ['a grid that is too large', withLines('kind: cells\nkey: [[1]]\ngrid: 61x2'), ['4: value-invalid grid']],
    ['cells that are no rows', withLines('kind: cells\nkey: [1, 2]'), ['3: value-shape key', '3: value-shape key']],
    ['a key longer than any answer', withLines(`kind: word\nkey:\n  - ${'я'.repeat(201)}`), ['3: value-invalid key']],
    ['an option whose id is no id', withLines('kind: choice\nkey: A\noptions: {A: x, b: y}'), ['4: value-invalid options']],
    ['a key that is no number', withLines('kind: number\nkey: 12 см'), ['3: answer key-unreadable']],
    ['the same answer twice', withLines('kind: word\nkey:\n  - ёлка\n  - Елка'), ['5: answer key-repeated']],
    ['an accepted answer that is empty', withLines('kind: word\nkey:\n  - да\n  - ""'), ['5: answer key-unreadable']],
    ['a key among no options', withLines('kind: choice\nkey: c\noptions: {a: x, b: y}'), ['3: answer key-option-unknown']],
    ['one option', withLines('kind: choice\nkey: a\noptions:\n  a: x'), ['4: answer options-too-few']],
    ['the same option twice', withLines('kind: choice\nkey: a\noptions:\n  a: x\n  b: x'), ['6: answer option-text-repeated']],
    ['a tolerance', withLines(`${number}\ntolerance: 5%`), ['4: answer tolerance-not-a-number']],
    ['a key of another length', withLines('kind: sequence\nkey: 123\nlength: 4'), ['3: answer key-unreadable']],
    [
      'files without a name',
      withLines(`${number}\nfiles:\n  - {}\n  - a.txt\n  - name: ../x\n  - name: a.txt\n  - name: a.txt`),
      ['4: value-repeated files', '5: key-missing name', '6: value-shape files', '7: value-invalid name'],
    ],
    ['an alias', withLines('kind: number\nkey: &a 1\npoints: *a'), ['3: yaml', '4: yaml']],
    ['a tag', withLines('kind: number\nkey: !!int 1'), ['3: yaml']],
    ['brackets that do not close', withLines('kind: word\nkey: [да'), ['4: yaml']],
    ['a task for guests with a picture', withLines(`${number}\npublic: yes`, '![a](files/a.svg)'), ['4: value-invalid public']],
    ['no statement', withLines(number, '\n\n'), ['6: section-missing statement']],
    ['a hint alone', withLines(number, '# Подсказка\nx'), ['6: section-missing statement']],
    ['an empty hint', withLines(number, 'x\n\n# Подсказка\n\n# Решение\ny'), ['8: section-empty hint']],
    ['two hints', withLines(number, 'x\n# Подсказка\na\n# Hint\nb'), ['9: section-twice hint']],
    ['another heading', withLines(number, 'x\n# Ответ\na'), ['7: md-heading-level-one']],
    ['a formula in the hint', withLines(number, 'x\n# Hint\n\na\n$\\foo$'), ['10: md-formula']],
    ['HTML in the solution', withLines(number, 'x\n# Solution\n\n<br>'), ['9: md-html']],
    ['a formula in an option', withLines('kind: choice\nkey: a\noptions:\n  a: x\n  b: $\\foo$'), ['6: md-formula']],
    ['a character that cannot be stored', withLines(number, 'x\ny\0'), ['7: character']],
    ['half of a pair', withLines(number, 'x\n\ud800'), ['7: character']],
    ['a source of more than 200,000 characters', withLines(number, 'x'.repeat(200_000)), ['1: too-long']],
    ['brackets deeper than the stack', withLines(`kind: word\nkey: ${'['.repeat(50_000)}`), ['3: yaml', '4: yaml']],
  ])('%s', (_, source, expected) => {
    expect(problems(source)).toEqual(expected);
  });

  test('a heading inside a quotation splits nothing', () => {
    expect(problems(`${good}\n> # Решение\n`)).toEqual(['8: md-heading-level-one']);
  });
});
