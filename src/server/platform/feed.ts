import type { App } from './app.ts';

/** Stands in a reader's stream where items were lost, or may have been: it reads anew behind its own cursor, then goes on with what comes. */
export const gap = Symbol('gap');

/** Where the one source of a feed puts what it has. Never waits, never throws. */
export interface FeedOutlet<T> {
  /** To every reader, in order. */
  push(item: T): void;
  /** Every reader reads anew: hints were lost, or what they spoke of could not be read. */
  lost(): void;
}

/** For one `for await`. */
export type FeedReader<T> = AsyncIterableIterator<T | typeof gap, undefined>;

/**
 * One source for many readers: a process follows a topic once, reads what it tells once, and every local reader gets it. `start` is called with the
 * first reader of a key, and what it returns with the end of the last one.
 *
 * A reader is attached before the call returns, so whatever is committed from then on reaches it. Hence the order of a subscription: check access,
 * attach, replay from the database behind one's own cursor, then `for await` over the reader, skipping what the replay had already, and replaying once
 * more at every `gap`.
 *
 * However slow a reader is, it keeps no more than `limit` items here: beyond that they are dropped for a single `gap`. It ends with the signal, and
 * with a `break` out of the loop.
 * ```ts
 * const changes = defineFeed<Row>((app, threadId, outlet) => app.bus.follow(`thread:${threadId}`, (hint) => …read once, outlet.push(row)…));
 * const reader = changes(app, threadId, signal);
 * ```
 */
export function defineFeed<T>(
  start: (app: App, key: string, outlet: FeedOutlet<T>) => () => void,
  limit = 256,
): (app: App, key: string, signal: AbortSignal) => FeedReader<T> {
  // By App and not by process: tests run two schools in one.
  const feeds = new WeakMap<App, Map<string, Source<T>>>();
  return (app, key, signal) => {
    const keys = feeds.get(app) ?? new Map<string, Source<T>>();
    feeds.set(app, keys);
    const source = keys.get(key) ?? new Source<T>();
    const first = source.readers.size === 0;
    const reader = new Reader<T>(limit, signal, () => {
      source.readers.delete(reader);
      if (source.readers.size > 0) return;
      keys.delete(key);
      source.stop();
    });
    if (signal.aborted) return reader;
    source.readers.add(reader);
    if (first) {
      keys.set(key, source);
      source.stop = start(app, key, source);
    }
    return reader;
  };
}

class Source<T> implements FeedOutlet<T> {
  readonly readers = new Set<Reader<T>>();
  stop = () => {};

  push(item: T): void {
    for (const reader of this.readers) reader.push(item);
  }

  lost(): void {
    for (const reader of this.readers) reader.lose();
  }
}

class Reader<T> implements FeedReader<T> {
  #waiting: (T | typeof gap)[] = [];
  #wake: (() => void) | null = null;
  #ended: boolean;
  readonly #limit: number;
  readonly #signal: AbortSignal;
  readonly #onEnd: () => void;

  constructor(limit: number, signal: AbortSignal, onEnd: () => void) {
    this.#limit = limit;
    this.#signal = signal;
    this.#onEnd = onEnd;
    this.#ended = signal.aborted;
    signal.addEventListener('abort', this.#end);
  }

  push(item: T): void {
    // Behind a gap that nobody has met yet everything is read from the database anyway.
    if (this.#waiting[0] === gap) return;
    if (this.#waiting.length >= this.#limit) this.#waiting = [gap];
    else this.#waiting.push(item);
    this.#wake?.();
  }

  lose(): void {
    this.#waiting = [gap];
    this.#wake?.();
  }

  async next(): Promise<IteratorResult<T | typeof gap, undefined>> {
    if (!this.#ended && this.#waiting.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
    const value = this.#waiting.shift();
    return this.#ended || value === undefined ? { done: true, value: undefined } : { done: false, value };
  }

  async return(): Promise<IteratorResult<T | typeof gap, undefined>> {
    this.#end();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #end = (): void => {
    if (this.#ended) return;
    this.#ended = true;
    this.#waiting = [];
    this.#signal.removeEventListener('abort', this.#end);
    this.#onEnd();
    this.#wake?.();
  };
}
