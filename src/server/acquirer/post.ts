/** Brings messages to the school, each until it is answered as the provider's documents want it. */
import type { ProviderId } from '#shared/payments.ts';
import type { FaultSource } from './faults.ts';
import type { Books } from './state.ts';
import type { Notification, Statistics } from './types.ts';

export interface NewNotification {
  provider: ProviderId;
  kind: string;
  paymentId: string;
  /** Null: the school has named none, and nothing goes out. */
  url: string | null;
  headers: Record<string, string>;
  body: Buffer;
}

export interface Post {
  /** @returns once the school has been asked for the first time */
  send(notification: NewNotification): Promise<void>;
  /** A question whose answer is waited for; null: there was none. */
  ask(url: string, headers: Record<string, string>, body: Buffer): Promise<string | null>;
  redeliver(again: boolean): void;
  /** What was not handed over before a restart. */
  wake(): void;
  settled(): Promise<void>;
  count(): Statistics['messages'];
  stop(): void;
}

const mostTries = 100;
const longestWaitMs = 30_000;
const answerWithinMs: Record<ProviderId, number> = { tbank: 10_000, cloudpayments: 30_000 };
/** Of those that arrived, so many are kept to be looked at. */
const mostKept = 5000;

const isTaken: Record<ProviderId, (body: string) => boolean> = {
  tbank: (body) => body === 'OK',
  cloudpayments: (body) => /^\s*\{\s*"code"\s*:\s*0\s*\}\s*$/.test(body),
};

interface PostOptions {
  books: Books;
  touch(): void;
  faults: FaultSource;
  retryMs: number;
}

export function createPost({ books, touch, faults, retryMs }: PostOptions): Post {
  const stopped = new AbortController();
  const resting = new Set<() => void>();
  let held: Notification[] = [];
  let active = 0;
  let waiting: (() => void)[] = [];

  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        resting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      resting.add(done);
    });

  async function call(url: string, headers: Record<string, string>, body: Buffer, withinMs: number): Promise<[number, string]> {
    const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(withinMs)]);
    const answer = await fetch(url, { method: 'POST', headers, body: new Uint8Array(body), signal, redirect: 'manual' });
    return [answer.status, await answer.text()];
  }

  async function tryOnce(one: Notification): Promise<void> {
    one.tries += 1;
    try {
      const [status, body] = await call(one.url, one.headers, one.body, answerWithinMs[one.provider]);
      one.answer = `${status} ${body.slice(0, 200)}`;
      if (status === 200 && isTaken[one.provider](body)) one.state = 'delivered';
    } catch (error) {
      if (one.state === 'waiting') one.answer = error instanceof Error ? error.message : 'no answer';
    }
    touch();
  }

  async function bring(one: Notification): Promise<void> {
    for (let waitMs = retryMs; !stopped.signal.aborted && one.state === 'waiting'; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
      await rest(waitMs);
      if (!stopped.signal.aborted) await tryOnce(one);
      if (one.tries >= mostTries && one.state === 'waiting') one.state = 'given-up';
    }
  }

  /** Resolves with the first answer; goes on until the school has taken it. */
  async function dispatch(one: Notification): Promise<void> {
    active += 1;
    const others = held;
    held = [];
    const { delayMs = 100, duplicated, delayed } = faults.current();
    if (faults.chance(delayed)) await rest(delayMs);
    const copies = faults.chance(duplicated) ? [tryOnce(one), tryOnce(one)] : [tryOnce(one)];
    await Promise.all(copies);
    void bring(one).finally(ended);
    for (const other of others) void dispatch(other);
  }

  function ended() {
    active -= 1;
    if (active > 0) return;
    for (const tell of waiting) tell();
    waiting = [];
  }

  /** Until the next one is out, or for a while. */
  async function hold(one: Notification): Promise<void> {
    held.push(one);
    active += 1;
    await rest(faults.current().delayMs ?? 100);
    if (held.includes(one) && !stopped.signal.aborted) {
      held = held.filter((other) => other !== one);
      await dispatch(one);
    }
    ended();
  }

  function forgetOldest() {
    if (books.notifications.length <= mostKept) return;
    const index = books.notifications.findIndex(({ state }) => state === 'delivered' || state === 'given-up');
    if (index >= 0) books.notifications.splice(index, 1);
  }

  return {
    async send({ url, ...rest }) {
      if (url === null) return;
      const dropped = faults.chance(faults.current().dropped);
      const one: Notification = { ...rest, url, id: books.nextId++, state: dropped ? 'dropped' : 'waiting', tries: 0, answer: null };
      books.notifications.push(one);
      forgetOldest();
      touch();
      if (dropped) return;
      if (faults.chance(faults.current().reordered)) return hold(one);
      return dispatch(one);
    },
    async ask(url, headers, body) {
      try {
        const [status, text] = await call(url, headers, body, answerWithinMs.cloudpayments);
        return status === 200 ? text : null;
      } catch {
        return null;
      }
    },
    redeliver(again) {
      for (const one of books.notifications) {
        if (one.state === 'waiting' || (one.state === 'delivered' && !again)) continue;
        one.state = 'waiting';
        void dispatch(one);
      }
    },
    wake() {
      for (const one of books.notifications) if (one.state === 'waiting') void dispatch(one);
    },
    settled: () => (active === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    count() {
      const of = (state: Notification['state']) => books.notifications.filter((one) => one.state === state).length;
      return { delivered: of('delivered'), dropped: of('dropped'), waiting: of('waiting'), givenUp: of('given-up') };
    },
    stop() {
      stopped.abort();
      for (const done of [...resting]) done();
    },
  };
}
