import { describe, expect, test } from 'vitest';
import { caretOf, isTable, moveFrom, pasteInto, readTable, withCell } from './cells.ts';

describe('readTable', () => {
  test.each([
    [
      'a spreadsheet',
      '7\t30047\r\n11\t19121\r\n',
      [
        ['7', '30047'],
        ['11', '19121'],
      ],
    ],
    [
      'an empty cell inside',
      '7\t\t3\n\t2\t',
      [
        ['7', '', '3'],
        ['', '2', ''],
      ],
    ],
    [
      'output of a program',
      '7 30047\n 11  19121 \n',
      [
        ['7', '30047'],
        ['11', '19121'],
      ],
    ],
    [
      'semicolons',
      '7;30047\n11; 19121',
      [
        ['7', '30047'],
        ['11', '19121'],
      ],
    ],
    ['a column', '7\n11\n', [['7'], ['11']]],
    ['one value', '12,5', [['12,5']]],
  ])('%s', (_, text, table) => {
    expect(readTable(text)).toEqual(table);
  });

  test('only more than one cell is a table', () => {
    expect(isTable(readTable('12'))).toBe(false);
    expect(isTable(readTable('1\t2'))).toBe(true);
    expect(isTable(readTable('1\n2'))).toBe(true);
  });
});

const grid = [
  ['1', '2'],
  ['3', '4'],
];

test('a table is laid from the cell on and cut at the edge', () => {
  expect(pasteInto(grid, { row: 1, col: 1 }, [['a', 'b'], ['c']])).toEqual([
    ['1', '2'],
    ['3', 'a'],
  ]);
  expect(pasteInto(grid, { row: 0, col: 0 }, [['', 'b']])).toEqual([
    ['', 'b'],
    ['3', '4'],
  ]);
  expect(withCell(grid, { row: 1, col: 0 }, 'x')).toEqual([
    ['1', '2'],
    ['x', '4'],
  ]);
});

describe('moveFrom', () => {
  const size = { rows: 3, cols: 2 };
  const inside = { atStart: false, atEnd: false };
  test.each([
    ['ArrowDown', inside, { row: 2, col: 0 }],
    ['ArrowUp', inside, { row: 0, col: 0 }],
    ['Enter', inside, { row: 2, col: 0 }],
    ['ArrowRight', inside, null],
    ['ArrowRight', { atStart: false, atEnd: true }, { row: 1, col: 1 }],
    ['ArrowLeft', { atStart: true, atEnd: true }, null],
    ['a', inside, null],
  ])('%s', (key, caret, to) => {
    expect(moveFrom({ row: 1, col: 0 }, key, caret, size)).toEqual(to);
  });

  test.each([
    [0, 0, 3, { atStart: true, atEnd: false }],
    [3, 3, 3, { atStart: false, atEnd: true }],
    [0, 3, 3, { atStart: true, atEnd: true }],
    [1, 2, 3, { atStart: false, atEnd: false }],
    [0, 0, 0, { atStart: true, atEnd: true }],
  ])('a selection from %i to %i of %i', (start, end, length, caret) => {
    expect(caretOf(start, end, length)).toEqual(caret);
  });

  test('Enter on the last row is left to the form', () => {
    expect(moveFrom({ row: 2, col: 0 }, 'Enter', inside, size)).toBeNull();
  });
});
