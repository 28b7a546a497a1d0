import { describe, expect, test } from 'vitest';
import { readDecimal, showDecimal, withinTolerance } from './decimal.ts';

describe('one decimal, many notations', () => {
  test.each([
    ['12,5', '12.5', 'the exam writes a decimal comma'],
    ['12.5', '12.5', 'a keyboard offers a point'],
    ['1,50', '1.5', 'zeros at the end'],
    ['007', '7', 'zeros at the beginning'],
    ['+1,5', '1.5', 'a plus'],
    [',5', '0.5', 'no whole part'],
    ['5,', '5', 'a separator typed and nothing after it'],
    ['-0', '0', 'minus zero'],
    ['-0,00', '0', 'minus zero with decimals'],
    ['−5', '-5', 'U+2212 minus'],
    ['–5', '-5', 'en dash, as phones type'],
    ['—5', '-5', 'em dash'],
    ['‒5', '-5', 'figure dash'],
    ['﹣5', '-5', 'small minus'],
    ['－5', '-5', 'full-width minus'],
    ['- 5', '-5', 'a space after the sign'],
    ['1 000', '1000', 'thousands set apart'],
    ['1\u00a0000\u202f000,5', '1000000.5', 'thousands set apart by no-break spaces'],
    ['\u2009 12,5\u00a0', '12.5', 'thin and no-break spaces around'],
    ['\ufeff1\u200b2\u00ad,\u200e5', '12.5', 'BOM, zero-width space, soft hyphen, direction mark'],
    ['１２，５', '12.5', 'full-width digits'],
    ['٣', '3', 'Arabic digit'],
    ['𝟗𝟎', '90', 'mathematical digits'],
    ['123456789012345678901234567890,10', '123456789012345678901234567890.1', 'more digits than a double holds'],
    ['1,000', '1', 'one comma is always the decimal one'],
  ])('%j reads as %s: %s', (typed, canonical) => {
    expect(readDecimal(typed)).toBe(canonical);
  });

  test.each([
    ['', 'nothing'],
    [',', 'a separator alone'],
    ['-', 'a sign alone'],
    ['1e5', 'exponent'],
    ['1/2', 'fraction'],
    ['5 см', 'unit: the exam says to leave it out'],
    ['50%', 'percent'],
    ['5²', 'superscript'],
    ['1,000.5', 'two different separators'],
    ['1.000.000', 'two separators'],
    ['12,5.', 'a full stop after a decimal'],
    ['3 5', 'two numbers'],
    ['3\u00a05', 'two numbers with a no-break space between'],
    ['10 00', 'not thousands'],
    ['12, 5', 'a list or a slip'],
    ['--5', 'two signs'],
    ['+-5', 'two signs'],
    ['5-', 'sign behind'],
    ['0x10', 'hexadecimal'],
    ['Infinity', 'word'],
    ['NaN', 'word'],
  ])('%j is not a number: %s', (typed) => {
    expect(readDecimal(typed)).toBeNull();
  });

  test('every decimal digit of Unicode maps to its value', () => {
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const char = String.fromCodePoint(code);
      if (!/\p{Nd}/u.test(char)) continue;
      const zero = readDecimal(char) === '0' ? char : undefined;
      if (zero === undefined) continue;
      const run = Array.from({ length: 10 }, (_, i) => String.fromCodePoint(code + i));
      expect(run.map(readDecimal)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    }
  });

  test('is shown as a textbook prints it', () => {
    expect(showDecimal('-12.5')).toBe('−12,5');
    expect(readDecimal(showDecimal('-12.5'))).toBe('-12.5');
  });
});

describe('tolerance', () => {
  test.each([
    ['0.31', '0.3', '0.01', true],
    ['0.29', '0.3', '0.01', true],
    ['0.3100000000000000000001', '0.3', '0.01', false],
    ['-1', '1', '2', true],
    ['-1.001', '1', '2', false],
    ['5', '5', '0', true],
    ['100000000000000000001', '100000000000000000000', '1', true],
    ['100000000000000000002', '100000000000000000000', '1', false],
  ])('%s is within %s ± %s: %s', (answer, key, tolerance, inside) => {
    expect(withinTolerance(answer, key, tolerance)).toBe(inside);
  });
});
