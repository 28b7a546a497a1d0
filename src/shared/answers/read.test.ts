import { describe, expect, test } from 'vitest';
import { type AnswerReading, readAnswer } from './read.ts';
import type { AnswerFormat, AnswerValue, FormatProblem } from './shapes.ts';

/** A table on one line: cells by spaces, rows by semicolons, `_` for a blank cell. */
const rows = (text: string) => text.split('; ').map((cells) => cells.split(' ').map((cell) => (cell === '_' ? '' : cell)));
const abc = [
  { id: 'a', text: '$x^2$' },
  { id: 'b', text: '$2x$' },
  { id: 'c', text: '$x$' },
];
const table: AnswerFormat = { kind: 'cells', rows: 3, cols: 2 };

function understood(reading: AnswerReading): string {
  if (!reading.ok) throw new Error(`not read: ${reading.problem.code}`);
  return reading.understood;
}

describe('«мы поняли ваш ответ как …»', () => {
  test.each<[AnswerFormat, AnswerValue, string]>([
    [{ kind: 'number' }, '-12.50', '−12,5'],
    [{ kind: 'number' }, '1 000', '1000'],
    [{ kind: 'word' }, ' Вслед ствие', 'вследствие'],
    [{ kind: 'choice', options: abc }, 'b', 'b'],
    [{ kind: 'choices', options: abc }, ['c', 'a', 'c'], 'a,c'],
    [{ kind: 'sequence' }, '4, 1, 3, 2', '4132'],
    [{ kind: 'sequence', alphabet: 'latin' }, 'Х Y z', 'xyz'],
    [{ kind: 'set' }, '531', '135'],
    [table, rows('18 57; 20,0 −63'), '18 · 57; 20 · −63'],
    [table, rows('_ 57; _ _; 1 _'), '— · 57; — · —; 1 · —'],
  ])('%j %j is understood as %s', (format, value, shown) => {
    expect(understood(readAnswer(format, value))).toBe(shown);
  });
});

describe('a slip of notation costs no attempt', () => {
  test.each<[AnswerFormat, AnswerValue, FormatProblem]>([
    [{ kind: 'number' }, ' \u00a0', { code: 'empty' }],
    [{ kind: 'number' }, '5 кг', { code: 'not-a-number' }],
    [{ kind: 'number' }, ['5'], { code: 'wrong-shape' }],
    [{ kind: 'number' }, '1'.repeat(501), { code: 'too-long' }],
    [{ kind: 'word' }, '\u200b', { code: 'empty' }],
    [{ kind: 'choice', options: abc }, '', { code: 'empty' }],
    [{ kind: 'choice', options: abc }, 'd', { code: 'unknown-option' }],
    [{ kind: 'choice', options: abc }, ['a'], { code: 'wrong-shape' }],
    [{ kind: 'choices', options: abc }, [], { code: 'empty' }],
    [{ kind: 'choices', options: abc }, [''], { code: 'empty' }],
    [{ kind: 'choices', options: abc }, ['a', 'z'], { code: 'unknown-option' }],
    [{ kind: 'choices', options: abc }, 'a', { code: 'wrong-shape' }],
    [{ kind: 'choices', options: abc }, Array<string>(61).fill('a'), { code: 'too-long' }],
    [{ kind: 'sequence' }, ' , ; ', { code: 'empty' }],
    [{ kind: 'sequence', length: 4 }, '413', { code: 'length', needed: 4, given: 3 }],
    [{ kind: 'sequence', length: 2 }, '𝐀𝐁𝐂', { code: 'length', needed: 2, given: 3 }],
    [{ kind: 'set', length: 2 }, '1 3 5', { code: 'length', needed: 2, given: 3 }],
    [{ kind: 'set' }, '1351', { code: 'repeated-symbols', symbol: '1' }],
    [table, [], { code: 'empty' }],
    [table, [['', ' '], []], { code: 'empty' }],
    [
      table,
      [
        ['1', '2'],
        ['3', '4 шт'],
      ],
      { code: 'cell-not-a-number', row: 1, col: 1 },
    ],
    [table, rows('1 2 3'), { code: 'wrong-shape' }],
    [table, [[], [], [], ['1']], { code: 'wrong-shape' }],
    [table, '1 2', { code: 'wrong-shape' }],
    [table, [['1'.repeat(41)]], { code: 'too-long' }],
    [table, [Array<string>(13).fill('')], { code: 'too-long' }],
  ])('%j %j → %j', (format, value, problem) => {
    expect(readAnswer(format, value)).toEqual({ ok: false, problem });
  });
});

describe('the same answer has the same canonical form', () => {
  test.each<[AnswerFormat, AnswerValue, AnswerValue]>([
    [{ kind: 'number' }, '1,50', '+1.5'],
    [{ kind: 'choices', options: abc }, ['a', 'b'], ['b', 'a']],
    [{ kind: 'set' }, '1, 3, 5', '531'],
    [table, rows('1 2'), rows('1,0 02 _; _ _; _')],
  ])('%j %j %j', (format, one, other) => {
    expect(readAnswer(format, one)).toEqual(readAnswer(format, other));
  });

  test.each<[AnswerFormat, AnswerValue, AnswerValue]>([
    [{ kind: 'sequence' }, '135', '531'],
    [table, rows('1 2'), rows('1; 2')],
    [table, rows('1 2; 3 _'), rows('1 2; _ 3')],
    [table, rows('1'), rows('_ 1')],
    [table, rows('1'), [[], ['1']]],
  ])('%j tells %j from %j', (format, one, other) => {
    expect(readAnswer(format, one)).not.toEqual(readAnswer(format, other));
  });
});
