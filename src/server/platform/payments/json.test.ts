import { describe, expect, it } from 'vitest';
import { parseJson } from './json.ts';

describe('parseJson', () => {
  it.each([
    ['{"a":12345678901234567890}', { a: '12345678901234567890' }],
    ['{"a":-9007199254740993}', { a: '-9007199254740993' }],
    ['{"a":9007199254740991}', { a: 9007199254740991 }],
    ['[1, 2.5, 10.00, "07"]', [1, 2.5, 10, '07']],
    ['{"a":{"b":[true,null]}}', { a: { b: [true, null] } }],
    ['{"a":1,"a":2}', { a: 2 }],
    ['{"text":"[[[[\\"{{{{"}', { text: '[[[["{{{{' }],
  ])('reads %s', (text, value) => {
    expect(parseJson(text)).toEqual({ value });
  });

  it.each([
    ['nothing', ''],
    ['HTML', '<html></html>'],
    ['half of it', '{"a":'],
    ['case 39: a key __proto__', '{"a":{"__proto__":{"admin":true}}}'],
    ['case 39: depth', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
    ['case 39: depth without an end', '{"a":'.repeat(10_000)],
    ['not a number', '{"a":NaN}'],
  ])('refuses %s', (_, text) => {
    expect(parseJson(text)).toBeNull();
  });
});
