import { describe, expect, test } from 'vitest';
import { readCells, readPasted, type TableProblem, wholeIn, withPasted } from './scale-table.ts';

test.each<[string, string[], number, number[] | TableProblem]>([
  ['a whole scale', ['10', '40', '100'], 3, [10, 40, 100]],
  ['spaces around', [' 10', '40 ', '100'], 3, [10, 40, 100]],
  ['what stands beyond the maximum is not part of it', ['50', '100', '100'], 2, [50, 100]],
  ['nothing yet', [], 3, { code: 'empty', at: 1 }],
  ['a hole', ['10', '', '100'], 3, { code: 'empty', at: 2 }],
  ['a hole at the end', ['10', '40'], 3, { code: 'empty', at: 3 }],
  ['a word', ['10', 'сорок', '100'], 3, { code: 'number', at: 2 }],
  ['a fraction', ['10', '4,5', '100'], 3, { code: 'number', at: 2 }],
  ['below nothing', ['-1', '40', '100'], 3, { code: 'number', at: 1 }],
  ['over the top', ['10', '101', '100'], 3, { code: 'number', at: 2 }],
  ['falling', ['10', '9', '100'], 3, { code: 'order', at: 2, least: 10 }],
  ['falling before a hole', ['10', '9', ''], 3, { code: 'order', at: 2, least: 10 }],
  ['not up to 100', ['10', '40', '99'], 3, { code: 'last', at: 3 }],
])('%s', (_, cells, max, expected) => {
  const read = readCells(cells, max);
  expect(read.points ?? read.problem).toEqual(expected);
});

describe('pasted numbers', () => {
  const scores = (...values: number[]) => values.map((value, i) => [i + 1, String(value)]);
  test.each([
    ['spaces', '7 14 20', scores(7, 14, 20)],
    ['commas', '7, 14,20', scores(7, 14, 20)],
    ['semicolons and dots at the end', '7; 14; 20.', scores(7, 14, 20)],
    ['a column', '7\n14\r\n20\n', scores(7, 14, 20)],
    ['a row of a table', '7\t14\t20', scores(7, 14, 20)],
    ['two columns', '1\t7\n2\t14\n3\t20', scores(7, 14, 20)],
    ['two columns with dashes and heads', 'Первичный – тестовый\n1 – 7\n2 – 14\n3 – 20', scores(7, 14, 20)],
    ['two columns from zero', '0 0\n1 7\n2 14', scores(7, 14)],
    [
      'two columns from the middle',
      '5 34\n6 40',
      [
        [5, '34'],
        [6, '40'],
      ],
    ],
    ['two numbers in one line are a row', '1 7', scores(1, 7)],
    ['two lines of two that do not count up', '7 14\n20 27', scores(7, 14, 20, 27)],
    ['years with their numbers', '2025 60\n2026 62', []],
    ['more than any exam has', '1 '.repeat(300), scores(...Array.from({ length: 200 }, () => 1))],
    ['words alone', 'нет чисел', []],
    ['nothing', '', []],
  ])('%s', (_, text, expected) => {
    expect([...readPasted(text, 1)]).toEqual(expected);
  });

  test('go into the table from a cell on, and the others stay', () => {
    expect(withPasted(['1', '2', '3'], readPasted('8 9', 2))).toEqual(['1', '8', '9']);
    expect(withPasted(['1'], readPasted('5 6 7', 3))).toEqual(['1', '', '5', '6', '7']);
    expect(withPasted(['1', '2'], readPasted('', 1))).toEqual(['1', '2']);
  });
});

test.each([
  ['2025', 2025],
  [' 2025 ', 2025],
  ['1999', null],
  ['20255', null],
  ['', null],
  ['год', null],
])('a year typed as «%s»', (typed, year) => {
  expect(wholeIn(typed, { min: 2000, max: 2200 })).toBe(year);
});
