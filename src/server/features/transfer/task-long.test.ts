import { describe, expect, test } from 'vitest';
import { describeProblem } from './problem-text.ts';
import { parseTaskSource } from './task-source.ts';

const criteria = `criteria:
  - id: K1
    title: Верно решено уравнение, $x>0$
    max: 1
  - id: K2
    title: Отобраны корни
    max: 2`;

/** The first line given is line 3 of the source. */
const parse = (lines: string, body = 'Условие') => parseTaskSource(`---\nkind: long\n${lines}\ntitle: Задание\n---\n${body}`);

function problems(lines: string): string[] {
  const parsed = parse(lines);
  return parsed.ok
    ? []
    : parsed.problems.map((problem) => {
        expect(describeProblem(problem)).not.toBe('');
        return `${problem.line}: ${problem.code} ${'problem' in problem ? problem.problem.code : 'key' in problem ? problem.key : ''}`;
      });
}

test('criteria are the answer of a long task, and their sum is its points', () => {
  expect(parse(criteria)).toMatchObject({
    ok: true,
    task: {
      points: 3,
      spec: {
        kind: 'long',
        criteria: [
          { id: 'K1', title: 'Верно решено уравнение, $x>0$', max: 1 },
          { id: 'K2', title: 'Отобраны корни', max: 2 },
        ],
      },
    },
  });
});

test.each(['points: 3', 'number: 13', 'solution: after 1\nhint-after: 2'])('goes with %s', (line) => {
  expect(parse(`${criteria}\n${line}`, 'Условие\n\n# Подсказка\n\nТак\n\n# Решение\n\nВот').ok).toBe(true);
});

test('a criterion may have many points, as in an essay', () => {
  expect(parse('points: 22\ncriteria:\n  - {id: К1, title: а, max: 20}\n  - {id: К2, title: б, max: 2}')).toMatchObject({
    ok: true,
    task: { points: 22 },
  });
});

describe('what the author is told', () => {
  test.each<[string, string, string[]]>([
    ['no criteria', 'number: 13', ['2: key-missing criteria']],
    ['an empty list', 'criteria: []', ['3: answer criteria-none']],
    ['a map', 'criteria:\n  K1: 2', ['4: value-shape criteria']],
    ['a key', `${criteria}\nkey: 5`, ['10: key-unfit key']],
    ['other points', `${criteria}\npoints: 2`, ['10: value-invalid points']],
    ['an id twice', criteria.replace('K2', 'K1'), ['7: answer criterion-id-repeated']],
    ['an id of signs', criteria.replace('K2', 'K-2'), ['7: value-invalid id']],
    ['no title', 'criteria:\n  - id: K1\n    max: 1', ['4: key-missing title']],
    ['no maximum', 'criteria:\n  - id: K1\n    title: а', ['4: key-missing max']],
    ['no points at all', 'criteria:\n  - {id: K1, title: а, max: 0}', ['4: value-integer max']],
    ['an unknown key inside', 'criteria:\n  - {id: K1, title: а, max: 1, min: 0}', ['4: key-unknown min']],
    ['a formula that cannot be set', 'criteria:\n  - {id: K1, title: "$\\\\frac{1$", max: 1}', ['4: md-formula ']],
    ['a public task', `${criteria}\npublic: yes`, ['10: value-invalid public']],
    ['criteria of another kind', `${criteria.replace('criteria', 'criteria')}\npartial: ege`, ['10: key-unfit partial']],
  ])('%s', (_, lines, expected) => {
    expect(problems(lines)).toEqual(expected);
  });

  test('criteria are for long answers alone', () => {
    const parsed = parseTaskSource(`---\nkind: number\nkey: 5\n${criteria}\ntitle: Задание\n---\nУсловие`);
    expect(parsed).toMatchObject({ ok: false, problems: [{ line: 4, code: 'key-unfit', key: 'criteria' }] });
  });
});
