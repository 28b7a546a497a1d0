/** What a process of Node holds, looked at from outside through its inspector: after a collection, so that only what is really held counts. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import * as z from 'zod';
import { slopeOf } from './slope.ts';

/** The process has to be started with this; it prints where the inspector listens. */
export const inspected = { NODE_OPTIONS: '--inspect=127.0.0.1:0' };

/** Megabytes. */
export interface Held {
  heap: number;
  /** Buffers, outside the heap. */
  external: number;
  rss: number;
}

export interface HeapWatch {
  look(): Promise<Held>;
  close(): void;
}

const answerSchema = z.object({
  id: z.int().optional(),
  result: z.object({ result: z.object({ value: z.string() }).optional() }).optional(),
});
const memorySchema = z.object({ heapUsed: z.number(), external: z.number(), rss: z.number() });

/** @param stderr of the process so far */
export async function watchHeap(stderr: string): Promise<HeapWatch> {
  const address = /Debugger listening on (ws:\S+)/.exec(stderr)?.[1];
  if (address === undefined) throw new Error('the process was not started with its inspector');
  const ws = new WebSocket(address);
  await once(ws, 'open');
  let last = 0;
  const call = (method: string, params: object = {}) =>
    new Promise<string>((resolve, reject) => {
      last += 1;
      const id = last;
      const gone = () => reject(new Error('the process is gone'));
      const take = (data: Buffer) => {
        const answer = answerSchema.parse(JSON.parse(data.toString()));
        if (answer.id !== id) return;
        ws.off('message', take).off('close', gone);
        resolve(answer.result?.result?.value ?? '');
      };
      ws.on('message', take).on('close', gone);
      ws.send(JSON.stringify({ id, method, params }));
    });
  return {
    async look() {
      // Twice: what the first one finalises is let go by the second.
      await call('HeapProfiler.collectGarbage');
      await call('HeapProfiler.collectGarbage');
      const { heapUsed, external, rss } = memorySchema.parse(
        JSON.parse(await call('Runtime.evaluate', { expression: 'JSON.stringify(process.memoryUsage())' })),
      );
      return { heap: heapUsed / 1e6, external: external / 1e6, rss: rss / 1e6 };
    },
    close: () => ws.close(),
  };
}

/** The first quarter warms up: code is compiled, caches fill to their limits. */
const warmUp = 0.25;
/** Of what is held: less in a whole run is no growth anybody would ever notice. */
const tolerated = 0.02;

export interface Growth {
  /** Over the time that counts. */
  megabytes: number;
  /** What chance would explain (two standard errors), and what is too little to matter. */
  allowed: number;
  /** Measurements that count. */
  n: number;
}

/** Does it grow? Of measurements at equal distances. */
export function growthOf(values: number[]): Growth {
  const counted = values.slice(Math.floor(values.length * warmUp)).map((value, at) => ({ at, value }));
  const { perStep, error } = slopeOf(counted);
  const steps = counted.length - 1;
  const mean = counted.reduce((sum, { value }) => sum + value, 0) / counted.length;
  return { megabytes: perStep * steps, allowed: 2 * error * steps + tolerated * mean, n: counted.length };
}
