import { describe, expect, test } from 'vitest';
import { safeNext, withNext } from './next.ts';

const origin = 'https://school.example';
const next = (value: string) => safeNext(`?next=${encodeURIComponent(value)}`, origin);

describe('safeNext', () => {
  test.each(['/courses/math-60/powers', '/courses/math-60/powers#quotient', '/courses?a=1', '/'])('%s is ours', (path) => {
    expect(next(path)).toBe(path);
  });

  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '\\/evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    'courses',
    '',
    '/login',
    '/login/code',
    '/register?next=/',
  ])('%s is not followed', (value) => {
    expect(next(value)).toBeNull();
  });

  test('nothing asked', () => {
    expect(safeNext('', origin)).toBeNull();
  });
});

test('withNext carries the page along and leaves the home out', () => {
  expect(withNext('/login', '/courses/a#b')).toBe('/login?next=%2Fcourses%2Fa%23b');
  expect(withNext('/login', '/')).toBe('/login');
  expect(withNext('/login', null)).toBe('/login');
});
