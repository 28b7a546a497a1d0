import { expect, test } from 'vitest';
import { percentDecoded } from './body.ts';

test.each<[string, ' ' | '+', string]>([
  ['a%20b+c', ' ', 'a b c'],
  ['a%2bb+c', '+', 'a+b+c'],
  ['%D0%9a%d1%83', ' ', 'Ку'],
  ['100%', ' ', '100%'],
  ['%4', ' ', '%4'],
  ['%zz%4g%g4%41', ' ', '%zz%4g%g4A'],
  ['%%41', ' ', '%A'],
  ['', ' ', ''],
])('%s, with a plus for %j: %j', (typed, plusIs, plain) => {
  expect(percentDecoded(Buffer.from(typed), plusIs).toString()).toBe(plain);
});

test('every byte, written as digits of sixteen, is that byte', () => {
  const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  for (const digits of [all.toString('hex'), all.toString('hex').toUpperCase()])
    expect(percentDecoded(Buffer.from(digits.replace(/../g, '%$&')), ' ')).toEqual(all);
});
