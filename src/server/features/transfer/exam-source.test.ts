import { describe, expect, test } from 'vitest';
import { parseExamSource } from './exam-source.ts';
import { describeProblem } from './problem-text.ts';

const head = (lines: string) => `---\ntitle: Пробный\n${lines}\n---\n`;

test('an exam says everything', () => {
  const source = `---
title: Пробный экзамен
minutes: 235
opens: 2026-12-01 10:00
closes: 2026-12-03 22:00
attempts: 3
order: shuffled
review: finish
scale: 2025
draft: yes
tasks:
  - powers/first
  - roots/third
---

Про **экзамен**.

`;
  expect(parseExamSource(source)).toEqual({
    ok: true,
    exam: {
      title: 'Пробный экзамен',
      about: 'Про **экзамен**.',
      limitMinutes: 235,
      opens: { kind: 'at', on: '2026-12-01', time: '10:00' },
      closes: { kind: 'at', on: '2026-12-03', time: '22:00' },
      attempts: 3,
      shuffled: true,
      review: 'finish',
      scaleYear: 2025,
      tasks: ['powers/first', 'roots/third'],
      isDraft: true,
    },
    mentions: [
      { task: 'powers/first', line: 12 },
      { task: 'roots/third', line: 13 },
    ],
  });
});

test('what is left out is as the office begins an exam', () => {
  expect(parseExamSource(head('tasks: []'))).toMatchObject({
    ok: true,
    exam: {
      about: '',
      limitMinutes: null,
      opens: null,
      closes: null,
      attempts: 1,
      shuffled: false,
      review: 'closing',
      scaleYear: null,
      tasks: [],
      isDraft: false,
    },
  });
});

describe('what an author may write', () => {
  test.each([
    ['no bound of attempts', 'attempts: unlimited\ntasks: []', { attempts: null }],
    [
      'a window from the loading',
      'opens: -1d 10:00\ncloses: +30d 10:00\ntasks: []',
      { opens: { kind: 'in-days', days: -1, time: '10:00' } },
    ],
    ['a window of both kinds', 'opens: +1d 10:00\ncloses: 2026-01-01 10:00\ntasks: []', { closes: { kind: 'at' } }],
    ['a window of one minute', 'opens: 2026-01-01 10:00\ncloses: 2026-01-01 10:00\ntasks: []', {}],
    [
      'a draft with a window that ends first',
      'opens: 2026-01-02 10:00\ncloses: 2026-01-01 10:00\ndraft: yes\ntasks: []',
      { isDraft: true },
    ],
    ['the order in words', 'order: fixed\ntasks: []', { shuffled: false }],
  ])('%s', (_, lines, expected) => {
    expect(parseExamSource(head(lines))).toMatchObject({ ok: true, exam: expected });
  });
});

describe('what is refused, with its line', () => {
  test.each([
    ['no front matter', 'Текст', ['1 front-matter-missing']],
    ['no tasks', head('minutes: 60'), ['2 key-missing tasks']],
    ['no title', '---\ntasks: []\n---\n', ['2 key-missing title']],
    ['a title that is too long', `---\ntitle: ${'а'.repeat(121)}\ntasks: []\n---\n`, ['2 value-too-long title']],
    ['an unknown key', head('tasks: []\npoints: 3'), ['4 key-unknown points']],
    ['minutes of no exam', head('minutes: 0\ntasks: []'), ['3 value-integer minutes']],
    ['minutes in words', head('minutes: час\ntasks: []'), ['3 value-integer minutes']],
    ['attempts of none', head('attempts: 0\ntasks: []'), ['3 value-invalid attempts']],
    ['attempts beyond the bound', head('attempts: 101\ntasks: []'), ['3 value-invalid attempts']],
    ['a day that does not exist', head('tasks: []\nopens: 2026-02-30 10:00'), ['4 value-invalid opens']],
    ['an end before the beginning', head('opens: 2026-01-02 10:00\ncloses: 2026-01-01 10:00\ntasks: []'), ['4 value-invalid closes']],
    ['an end before the beginning, from the loading', head('opens: +2d 10:00\ncloses: +60m\ntasks: []'), ['4 value-invalid closes']],
    ['an unknown order', head('order: random\ntasks: []'), ['3 value-choice order']],
    ['an unknown review', head('review: never\ntasks: []'), ['3 value-choice review']],
    ['a year of no scale', head('scale: 25\ntasks: []'), ['3 value-integer scale']],
    ['tasks that are no list', head('tasks: powers/first'), ['3 value-shape tasks']],
    ['a task without its topic', head('tasks:\n  - first'), ['4 value-invalid tasks']],
    ['a task with too many names', head('tasks:\n  - a/b/c'), ['4 value-invalid tasks']],
    ['a task as a file', head('tasks:\n  - 01-powers/01-first.task.md'), ['4 value-invalid tasks']],
    ['a task twice', head('tasks:\n  - a/b\n  - a/c\n  - a/b'), ['6 value-repeated tasks']],
    ['too many tasks', head(`tasks:\n${Array.from({ length: 121 }, (_, i) => `  - a/t${i}`).join('\n')}`), ['3 value-invalid tasks']],
    ['a text that is too long', `${head('tasks: []')}${'а'.repeat(5001)}`, ['5 too-long']],
    [
      'several mistakes, in the order of their lines',
      head('order: x\nminutes: 0'),
      ['2 key-missing tasks', '3 value-choice order', '4 value-integer minutes'],
    ],
  ])('%s', (_, source, expected) => {
    const parsed = parseExamSource(source);
    const problems = parsed.ok ? [] : parsed.problems;
    for (const problem of problems) expect(describeProblem(problem)).not.toBe('');
    expect(problems.map((problem) => [problem.line, problem.code, 'key' in problem ? problem.key : ''].join(' ').trim())).toEqual(expected);
  });
});
