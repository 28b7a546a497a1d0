import { randomBytes, randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { secondStepRules } from '#shared/second-step-rules.ts';
import { codeAt, newRecoveryCodes, readRecoveryCode, secretBytes, secretOf, setupAddress, stepOf } from './rules.ts';

// RFC 6238, appendix B: its secret, and the last six digits of its codes.
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
])('the code of second %i is that of the standard', (second, code) => {
  expect(codeAt(secret, new Date(second * 1000))).toBe(code);
  expect(stepOf(secret, code, new Date(second * 1000))).toBe(Math.floor(second / 30));
});

test('the step a code belongs to is told, not the present one', () => {
  const now = new Date('2026-11-24T12:00:10Z');
  const present = Math.floor(now.getTime() / 30_000);
  const at = (steps: number) => codeAt(secret, new Date(now.getTime() + steps * 30_000));
  expect([-2, -1, 0, 1, 2].map((steps) => stepOf(secret, at(steps), now))).toEqual([null, present - 1, present, present + 1, null]);
});

test('a secret has 160 bits and stands in the address as the apps read it', () => {
  const made = secretOf(randomBytes(secretBytes));
  expect(made).toMatch(/^[A-Z2-7]{32}$/);
  const address = new URL(setupAddress(made, { school: 'school.example.ru', email: 'анна@пример.рф' }));
  expect(Object.fromEntries(address.searchParams)).toMatchObject({ secret: made, issuer: 'school.example.ru', digits: '6', period: '30' });
});

test('ten recovery codes, each found by its first group', () => {
  const codes = newRecoveryCodes((below) => randomInt(below));
  expect(new Set(codes.map((code) => readRecoveryCode(code)?.selector)).size).toBe(secondStepRules.recoveryCodes);
  for (const code of codes) expect(readRecoveryCode(code)?.code).toBe(code);
});

test.each([
  ['0a1b-2c3d-4e5f', '0a1b-2c3d-4e5f'],
  [' OAIB 2C3D\u00a04E5F ', '0a1b-2c3d-4e5f'],
  ['oalb2c3d4e5f', '0a1b-2c3d-4e5f'],
  ['0a1b-2c3d-4e5', undefined],
  ['0a1b-2c3d-4e5f6', undefined],
  ['0a1b-2c3d-4e5u', undefined],
  ['123456', undefined],
  ['', undefined],
])('%s is read as %s', (typed, code) => {
  expect(readRecoveryCode(typed)?.code).toBe(code);
});
