import { describe, expect, test } from 'vitest';
import { readConfig } from '../../platform/config.ts';
import { randomToken } from '../../platform/secrets.ts';
import { flowCookie, readFlowToken } from './cookies.ts';

const plain = readConfig({});
const secure = readConfig({ PUBLIC_URL: 'https://school.example.ru' });
const token = randomToken();

test('the cookie of a code request is for this site and no script', () => {
  expect(flowCookie(plain, token)).toBe(`otlichno-code=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600`);
  expect(flowCookie(secure, token)).toBe(`__Host-otlichno-code=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600; Secure`);
  expect(flowCookie(plain, '')).toMatch(/^otlichno-code=; .*Max-Age=0$/);
});

describe('it is found among others', () => {
  test.each([
    [`otlichno-code=${token}`, token],
    [`a=1; otlichno-code=${token}; otlichno=xyz`, token],
    [undefined, null],
    ['', null],
    ['otlichno-code=', null],
    [`not-otlichno-code=${token}`, null],
    [`__Host-otlichno-code=${token}`, null],
    [`otlichno-code=${token}${token}`, null],
    [`otlichno-code=${token.slice(1)}'`, null],
    ['otlichno-code=short', null],
  ])('%s → %s', (header, found) => {
    expect(readFlowToken(plain, header)).toBe(found);
  });

  test('behind https only under its guarded name', () => {
    expect(readFlowToken(secure, `__Host-otlichno-code=${token}`)).toBe(token);
    expect(readFlowToken(secure, `otlichno-code=${token}`)).toBeNull();
  });
});
