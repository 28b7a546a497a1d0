import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPace } from './pace.ts';

// Time is the test's own: a pace is a promise about seconds.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const answerIn = (ms: number) => () => new Promise<number>((resolve) => setTimeout(() => resolve(performance.now()), ms));

/** When calls begin that are all asked for at once, until so much time has gone by. */
async function beginnings(perSecond: number, calls: number, answerMs: (call: number) => number, ms: number) {
  const pace = createPace(perSecond);
  const spans: { from: number; to: number }[] = [];
  for (let call = 0; call < calls; call += 1) {
    void pace.through('notice', async () => {
      const from = performance.now();
      spans.push({ from, to: from + answerMs(call) });
      await answerIn(answerMs(call))();
    });
  }
  await vi.advanceTimersByTimeAsync(ms);
  return spans;
}

/** The most that the other side may have taken within any second, wherever between question and answer it took each. */
function mostInASecond(spans: { from: number; to: number }[]): number {
  // The worst for a second that begins at an answer: all that were open or begun in it.
  return Math.max(...spans.map(({ to: at }) => spans.filter(({ from, to }) => to >= at && from < at + 1_000).length));
}

test.each([
  { perSecond: 30, answerMs: () => 5 },
  { perSecond: 30, answerMs: (call: number) => (call * 37) % 90 },
  { perSecond: 500, answerMs: (call: number) => (call * 7) % 11 },
  { perSecond: 1, answerMs: () => 20 },
])('$perSecond a second are never more, and nearly as many', async ({ perSecond, answerMs }) => {
  const seconds = perSecond > 100 ? 3 : 10;
  const spans = await beginnings(perSecond, perSecond * 20, answerMs, seconds * 1_000);
  expect(mostInASecond(spans)).toBeLessThanOrEqual(perSecond);
  // The slowest answers of this table take a tenth of a second, and each counts until a second after its answer.
  expect(spans.length).toBeGreaterThanOrEqual(Math.floor(perSecond * seconds * (answerMs(1) > 20 || perSecond === 1 ? 0.9 : 0.95)));
});

test('calls are spread evenly, not sent in bursts', async () => {
  const spans = await beginnings(20, 100, () => 3, 2_000);
  const inTenths = Array.from({ length: 20 }, (_, tenth) => spans.filter(({ from }) => Math.floor(from / 100) % 20 === tenth).length);
  expect(Math.max(...inTenths)).toBeLessThanOrEqual(4);
});

test('a call that hangs takes one place and holds nobody else', async () => {
  const spans = await beginnings(10, 200, (call) => (call === 0 ? 60_000 : 5), 5_000);
  expect(spans.length).toBeGreaterThanOrEqual(43);
});

test('who waits for a reply goes first', async () => {
  const pace = createPace(10);
  const order: string[] = [];
  const call = (name: string) => async () => void order.push(name);
  for (let at = 0; at < 5; at += 1) void pace.through('notice', call(`notice ${at}`));
  void pace.through('reply', call('reply'));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(order.indexOf('reply')).toBeLessThanOrEqual(2);
  expect(order).toHaveLength(6);
});

test('what counts as several takes as many places, more than there are too', async () => {
  const pace = createPace(5);
  const begun: number[] = [];
  const start = performance.now();
  for (let at = 0; at < 4; at += 1) void pace.through('notice', async () => void begun.push(performance.now() - start), 3);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(begun).toHaveLength(4);
  expect((begun[1] ?? 0) - (begun[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
  const heavy = createPace(2);
  const heaviest = heavy.through('notice', async () => 'through', 5);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await heaviest).toBe('through');
});

test('a call that fails frees its place, and its failure is the caller’s', async () => {
  const pace = createPace(2);
  const failed = pace.through('notice', async () => {
    throw new Error('refused');
  });
  await expect(failed).rejects.toThrow('refused');
  const next = pace.through('notice', async () => 'through');
  await vi.advanceTimersByTimeAsync(1_500);
  expect(await next).toBe('through');
});
