import { expect, test } from 'vitest';
import { createTurnstile } from './turnstile.ts';

test('no more than so many at a time, in order, also when one fails', async () => {
  const through = createTurnstile(2);
  let inside = 0;
  let most = 0;
  const begun: number[] = [];
  const work = (n: number) => async () => {
    begun.push(n);
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
    if (n === 1) throw new Error('one fails');
    return n;
  };
  const settled = await Promise.allSettled([0, 1, 2, 3, 4].map((n) => through(work(n))));
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
  expect(begun).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
  // All places are free again.
  expect(await Promise.all([through(work(5)), through(work(6)), through(work(7))])).toEqual([5, 6, 7]);
});
