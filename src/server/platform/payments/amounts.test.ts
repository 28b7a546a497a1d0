import { describe, expect, test } from 'vitest';
import { fromMinor, toMinor } from './amounts.ts';

describe('case 29: amounts survive both ways', () => {
  test.each([
    ['19.99', 1999],
    ['0.29', 29],
    ['8.20', 820],
    ['2900.55', 290_055],
    ['0.01', 1],
    ['1990.00', 199_000],
    ['21474836.47', 2_147_483_647],
  ])('%s', (text, minor) => {
    expect(toMinor(text)).toBe(minor);
    expect(fromMinor(minor)).toBe(text);
  });

  test.each([
    ['10', 1000],
    ['10.5', 1050],
    ['0', 0],
    ['007.50', 750],
  ])('%s is read too', (text, minor) => expect(toMinor(text)).toBe(minor));

  test('every amount from 0.01 to 10 000.00, as text and as a number of JSON', () => {
    const broken: number[] = [];
    for (let minor = 1; minor <= 1_000_000; minor += 1) {
      const text = fromMinor(minor);
      if (toMinor(text) !== minor || toMinor(JSON.stringify(Number(text))) !== minor) broken.push(minor);
    }
    expect(broken).toEqual([]);
  });
});

describe('case 31: what is no amount', () => {
  test.each([
    '-1.00',
    '+1.00',
    'NaN',
    'Infinity',
    '1e21',
    '1e+21',
    '1,00',
    '10.001',
    '',
    ' ',
    '10.',
    '.5',
    '10.00 ',
    '10.00\n',
    '1 000.00',
    '0x10',
    '١٠',
    '21474836.48',
    '999999999999',
  ])('%j', (text) => expect(toMinor(text)).toBeNull());

  test.each([-1, 0.5, Number.NaN, 1e21])('%d minor units are not written', (minor) => expect(() => fromMinor(minor)).toThrow(RangeError));
});
