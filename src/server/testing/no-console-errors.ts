import { afterEach, beforeEach, expect, type MockInstance, vi } from 'vitest';

const levels = ['error', 'warn'] as const;
let spies: MockInstance[] = [];

beforeEach(() => {
  spies = levels.map((level) => vi.spyOn(console, level));
});

/** What a test writes to console.error or console.warn is a fault that nobody would read. */
afterEach(() => {
  const said = spies.flatMap((spy) => spy.mock.calls);
  for (const spy of spies) spy.mockRestore();
  expect(said, 'said to the console during the test').toEqual([]);
});
