import { expect, test } from 'vitest';
import { titleWith } from './attention.ts';

test.each([
  ['Курсы – Отлично', 0, 'Курсы – Отлично'],
  ['Курсы – Отлично', 3, '(3) Курсы – Отлично'],
  ['(3) Курсы – Отлично', 4, '(4) Курсы – Отлично'],
  ['(99+) Курсы – Отлично', 0, 'Курсы – Отлично'],
  ['Курсы – Отлично', 120, '(99+) Курсы – Отлично'],
  ['(а) и (б) – Отлично', 1, '(1) (а) и (б) – Отлично'],
])('«%s» with %d unread', (title, unread, expected) => {
  expect(titleWith(title, unread)).toBe(expected);
});
