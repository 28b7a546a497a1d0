import { expect, test } from 'vitest';
import { createSecrets } from '../../platform/secrets.ts';
import { codeExpiry, deriveCode, hashCode } from './rules.ts';

const secrets = createSecrets('a secret of the tests, 32 letters');
const ids = Array.from({ length: 3000 }, (_, index) => `code-${index}`);

test('a code is six digits, the same for the same request whoever derives it', () => {
  const codes = ids.map((id) => deriveCode(secrets, id));
  expect(codes.filter((code) => !/^\d{6}$/.test(code))).toEqual([]);
  expect(codes).toEqual(ids.map((id) => deriveCode(createSecrets('a secret of the tests, 32 letters'), id)));
  expect(codes).not.toEqual(ids.map((id) => deriveCode(createSecrets('another secret of the tests, 32 l'), id)));
});

test('codes are spread evenly, leading zeros and all', () => {
  const codes = ids.map((id) => deriveCode(secrets, id));
  expect(new Set(codes).size).toBeGreaterThan(2980);
  for (const place of [0, 5]) {
    const counts = Map.groupBy(codes, (code) => code[place]);
    expect(counts.size).toBe(10);
    // 300 are expected of each digit; ten standard deviations are 164.
    for (const [, found] of counts) expect(Math.abs(found.length - 300)).toBeLessThan(164);
  }
});

test('what is stored of a code is of no use for another request, and does not hold it', () => {
  const code = deriveCode(secrets, 'code-1');
  expect(hashCode(secrets, 'code-1', code)).not.toBe(hashCode(secrets, 'code-2', code));
  expect(hashCode(secrets, 'code-1', code)).not.toContain(code);
});

test('a code lives ten minutes', () => {
  expect(codeExpiry(new Date('2026-11-24T12:00:00Z'))).toEqual(new Date('2026-11-24T12:10:00Z'));
});
