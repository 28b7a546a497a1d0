import { expect, test } from 'vitest';
import { createLimits } from './limits.ts';

function aLimit(perSecond = 30, burst = 3) {
  let at = 1_000_000;
  const limits = createLimits({ perSecond, burst, now: () => at });
  return { limits, pass: (ms: number) => (at += ms) };
}

test('a chat: three at once, then one a second', () => {
  const { limits, pass } = aLimit();
  for (let count = 0; count < 3; count++) expect(limits.take(1, 1)).toBeNull();
  expect(limits.take(1, 1)).toEqual({ retryAfter: 1, ignored: false });
  expect(limits.take(2, 1)).toBeNull();
  pass(1000);
  expect(limits.take(1, 1)).toBeNull();
  expect(limits.take(1, 1)).toEqual({ retryAfter: 1, ignored: false });
});

test('over all: so many in any second, wherever it begins', () => {
  const { limits, pass } = aLimit(30);
  for (let chat = 0; chat < 30; chat++) {
    expect(limits.take(chat, 1)).toBeNull();
    pass(30);
  }
  // 900 ms have passed: the first one leaves the second after 100 more.
  expect(limits.take(100, 1)).toEqual({ retryAfter: 1, ignored: false });
  expect(limits.peak()).toBe(30);
});

test('a pace just within the limit is never refused', () => {
  const { limits, pass } = aLimit(30);
  for (let chat = 0; chat < 3000; chat++) {
    expect(limits.take(chat, 1)).toBeNull();
    pass(1000 / 30 + 0.01);
  }
  expect(limits.peak()).toBe(30);
});

test('until retry_after is over everything in its scope is refused; what comes long after the refusal is counted as ignoring it', () => {
  const { limits, pass } = aLimit();
  limits.pause(1, 3);
  expect(limits.take(1, 1)).toEqual({ retryAfter: 3, ignored: false });
  pass(1500);
  expect(limits.take(1, 1)).toEqual({ retryAfter: 2, ignored: true });
  expect(limits.take(2, 1)).toBeNull();
  pass(1500);
  expect(limits.take(1, 1)).toBeNull();
  limits.pause('all', 1);
  expect(limits.take(2, 1)).toEqual({ retryAfter: 1, ignored: false });
});

test('an album larger than the burst goes into a chat that was silent', () => {
  const { limits, pass } = aLimit();
  expect(limits.take(1, 10)).toBeNull();
  expect(limits.take(1, 1)).toMatchObject({ retryAfter: 8 });
  pass(8000);
  expect(limits.take(1, 1)).toBeNull();
});
