/** What the process that was started and its workers say to each other. Other messages pass on the same channel: those of the limits. */
import * as z from 'zod';

/** The first thing it hears. `prepares`: it builds the pages and loads the demo school where that is to be done. */
const begin = z.object({ say: z.literal('begin'), port: z.int(), databaseUrl: z.string(), prepares: z.boolean() });
export type Begin = z.infer<typeof begin>;

export const toWorker = z.discriminatedUnion('say', [
  begin,
  z.object({ say: z.literal('listen') }),
  z.object({ say: z.literal('stop'), drain: z.enum(['alone', 'behind-proxy', 'beside-others']) }),
]);
export type ToWorker = z.infer<typeof toWorker>;

export const fromWorker = z.discriminatedUnion('say', [
  /** Hears from now on. */
  z.object({ say: z.literal('here') }),
  /** Everything is open but the port. */
  z.object({ say: z.literal('opened') }),
  z.object({ say: z.literal('serving') }),
  /** It could not start, and ends: the line for the person who started the school. */
  z.object({ say: z.literal('failed'), line: z.string() }),
]);
export type FromWorker = z.infer<typeof fromWorker>;
