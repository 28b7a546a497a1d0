import { expect, test } from 'vitest';
import { readablePhone } from './phone.ts';

test.each([
  ['+79161234567', '+7 916 123-45-67'],
  ['+375291234567', '+375291234567'],
])('%s', (stored, shown) => {
  expect(readablePhone(stored).replaceAll('\u00a0', ' ')).toBe(shown);
});
