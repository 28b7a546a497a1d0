import { expect, test } from 'vitest';
import { orderViews } from '#shared/payments.ts';
import { askAgainIn, bankAskedAt } from './order-waiting.ts';

test.each([
  ['the page is being opened', 'opening', false, 0, 1000],
  ['and takes long', 'opening', false, 20_000, 3000],
  ['the bank confirms', 'checking', false, 0, 2000],
  ['a minute later', 'checking', false, 60_000, 5000],
  ['five minutes later', 'checking', false, 600_000, 15_000],
  ['somebody came back and nothing is heard yet', 'to-pay', true, 0, 2000],
  ['somebody has not been there', 'to-pay', false, 0, 10_000],
] as const)('%s', (_, view, cameBack, waited, every) => {
  expect(askAgainIn(view, cameBack, waited)).toBe(every);
});

test('what has ended is not asked for again', () => {
  const waiting = ['opening', 'to-pay', 'checking'];
  const ended = orderViews.filter((view) => !waiting.includes(view));
  expect(ended.map((view) => askAgainIn(view, true, 0))).toEqual(ended.map(() => false));
  expect(askAgainIn(undefined, true, 0)).toBe(false);
});

test('the bank is asked later each time', () => {
  expect([...bankAskedAt].sort((a, b) => a - b)).toEqual([...bankAskedAt]);
});
