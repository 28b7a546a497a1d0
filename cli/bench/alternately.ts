import { median } from './row.ts';

const usual = { warmUp: 30, measured: 200 };

/**
 * Two pieces of work in turns within this process, so that whatever else the machine does meets both.
 * @returns milliseconds of each, medians; `ratio` of the two
 */
export async function alternately(work: { a: () => Promise<unknown>; b: () => Promise<unknown> }, { warmUp, measured } = usual) {
  const times = { a: [] as number[], b: [] as number[] };
  for (let n = 0; n < warmUp + measured; n += 1) {
    // The second of a pair finds a warmer machine: each is it in turn.
    const order = n % 2 === 0 ? (['a', 'b'] as const) : (['b', 'a'] as const);
    for (const side of order) {
      const startedAt = performance.now();
      await work[side]();
      if (n >= warmUp) times[side].push(performance.now() - startedAt);
    }
  }
  const [a, b] = [median(times.a), median(times.b)];
  return { a, b, ratio: a / b, n: measured };
}
