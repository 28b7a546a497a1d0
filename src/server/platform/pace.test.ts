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

/** The most that the other side may have taken within any second, if each way takes at least so long, and each call was taken at the worst instant. */
function mostInASecond(spans: { from: number; to: number }[], wayMs = 0): number {
  // The worst for a second that begins where one was taken at the latest: all that may have been taken in it.
  const taken = spans.map(({ from, to }) => ({ first: from + wayMs, last: to - wayMs }));
  return Math.max(...taken.map(({ last: at }) => taken.filter(({ first, last }) => last >= at && first < at + 1_000).length));
}

const jitter = (call: number, most: number) => (call * 37) % most;

test.each([
  { perSecond: 30, answerMs: () => 5, wayMs: 2.5, share: 0.95 },
  { perSecond: 30, answerMs: () => 100, wayMs: 50, share: 0.95 },
  { perSecond: 30, answerMs: (call: number) => 90 + jitter(call, 20), wayMs: 45, share: 0.95 },
  // Now and then a slow one: it costs its own time alone.
  { perSecond: 30, answerMs: (call: number) => (call % 50 === 0 ? 400 : 100), wayMs: 50, share: 0.95 },
  // What differs by so much may be at either end of it.
  { perSecond: 30, answerMs: (call: number) => jitter(call, 90), wayMs: 0, share: 0.9 },
  { perSecond: 500, answerMs: (call: number) => (call * 7) % 11, wayMs: 0, share: 0.95 },
  { perSecond: 1, answerMs: () => 20, wayMs: 0, share: 0.9 },
])(
  '$perSecond a second are never more, and nearly as many (answers in $wayMs and more each way)',
  async ({ perSecond, answerMs, wayMs, share }) => {
    const seconds = perSecond > 100 ? 3 : 20;
    const spans = await beginnings(perSecond, perSecond * 30, answerMs, seconds * 1_000);
    expect(mostInASecond(spans, wayMs)).toBeLessThanOrEqual(perSecond);
    expect(spans.length).toBeGreaterThanOrEqual(Math.floor(perSecond * seconds * share));
  },
);

test('a way that is twice as fast all at once makes it no more', async () => {
  const spans = await beginnings(30, 600, (call) => (call < 150 ? 100 : 50), 12_000);
  // Each was taken half way.
  const taken = spans.map(({ from, to }) => ({ from: (from + to) / 2, to: (from + to) / 2 }));
  expect(mostInASecond(taken)).toBeLessThanOrEqual(30);
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
