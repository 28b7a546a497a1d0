import { type Counter, createCounter } from './counter.ts';
import { createFaults, type FaultSource } from './faults.ts';
import { createPost, type Post } from './post.ts';
import { type Books, createKeeper } from './state.ts';
import type { AcquirerOptions, Page } from './types.ts';

/** All that both dialects share. */
export interface World {
  options: AcquirerOptions;
  books: Books;
  faults: FaultSource;
  counter: Counter;
  post: Post;
  now(): number;
  nextId(): string;
  /** The books have changed. */
  touch(): void;
  /** Address of the pages; known once the port is. */
  base: string;
  stop(): void;
}

export function createWorld(options: AcquirerOptions): World {
  const keeper = createKeeper(options.stateFile);
  const { books, touch } = keeper;
  const now = options.now ?? Date.now;
  const faults = createFaults(options.faults ?? {});
  const post = createPost({ books, touch, faults, retryMs: options.webhookRetryMs ?? 1000 });
  return {
    options,
    books,
    faults,
    counter: createCounter(),
    post,
    now,
    nextId() {
      const id = String(books.nextId);
      books.nextId += 1;
      touch();
      return id;
    },
    touch,
    base: '',
    stop() {
      post.stop();
      keeper.flush();
    },
  };
}

/** What was asked for cannot be: said to the person, or the test, who asked. */
export class Refusal extends Error {}

export function pageOf(world: World, id: string): Page {
  const last = id.split(/[/?]/).findLast((part) => part !== '') ?? '';
  const page = world.books.pages.findLast((one) => one.id === last || one.attemptId === last);
  if (!page) throw new Refusal(`no page is called ${id}`);
  if (page.state === 'open' && page.expiresAt !== null && page.expiresAt <= world.now()) expirePage(world, page);
  return page;
}

/** Its time is over. A payment of T-Bank is there before anything is paid, and ends with its page. */
export function expirePage(world: World, page: Page): void {
  page.state = 'expired';
  const payment = world.books.payments.find(({ provider, id }) => provider === 'tbank' && provider === page.provider && id === page.id);
  if (payment?.status === 'NEW') payment.status = 'DEADLINE_EXPIRED';
  world.touch();
}
