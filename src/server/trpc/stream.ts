import * as z from 'zod';
import { signedInProcedure } from './procedures.ts';

/**
 * A subscription, for whoever is signed in. It runs in a socket of `live/`, which counts it, waits while the browser does not keep up, and lets nothing
 * out once the session has ended. To be an async generator that ends with `ctx.signal`.
 */
export const streamProcedure = signedInProcedure.use(({ signal, next }) =>
  next({ ctx: { signal: signal ?? new AbortController().signal } }),
);

/** For `.output` of a stream: each item is what the schema says. */
export function streamOf<T extends z.ZodType>(item: T) {
  return z.custom<AsyncIterable<z.input<T>>>(isAsyncIterable).transform(async function* (items): AsyncGenerator<z.output<T>, void> {
    for await (const each of items) yield item.parse(each);
  });
}

function isAsyncIterable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
