import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { growthOf, inspected, watchHeap } from './heap.ts';
import { startProcess } from './processes.ts';

/** What a program holds, two dozen times in a row. */
async function heapOf(env: Record<string, string>): Promise<number[]> {
  const child = await startProcess('cli/bench/leaking-child.ts', { ...inspected, ...env });
  try {
    const watch = await watchHeap(child.errors());
    const held: number[] = [];
    for (let n = 0; n < 24; n += 1) {
      await pause(40);
      held.push((await watch.look()).heap);
    }
    watch.close();
    return held;
  } finally {
    await child.stop();
  }
}

test('a leak is told from work that leaves nothing', async () => {
  const [leaking, sound] = await Promise.all([heapOf({ LEAK: '1' }), heapOf({})]);
  const [leak, none] = [growthOf(leaking), growthOf(sound)];
  expect(leak.megabytes, JSON.stringify(leaking)).toBeGreaterThan(leak.allowed);
  expect(none.megabytes, JSON.stringify(sound)).toBeLessThan(none.allowed);
});
