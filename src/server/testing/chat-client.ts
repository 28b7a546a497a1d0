import { createTRPCClient, httpBatchLink, type TRPCClient } from '@trpc/client';
import { WebSocket } from 'ws';
import { type ChatOutbox, createChatOutbox } from '#client/features/chat/outbox.ts';
import { createThreadStore, type ThreadStore } from '#client/features/chat/thread-store.ts';
import { refusalOf } from '#client/lib/errors.ts';
import type { Memory } from '#client/lib/kept-list.ts';
import { type Connection, createConnection } from '#client/lib/live/connection.ts';
import { makeUuid } from '#client/lib/make-uuid.ts';
import type { AppRouter } from '../router.ts';
import { liveUrl } from './live-client.ts';

export interface ChatClient {
  rpc: TRPCClient<AppRouter>;
  connection: Connection;
  outbox(): ChatOutbox;
  /** A thread as it is shown here. */
  store(threadId: string): ThreadStore;
  /** Puts a message on its way, as the button does. */
  send(threadId: string, body: string): void;
  /** The page is closed and opened again: what is left is what the device keeps. */
  reload(): void;
  /** Ids of the messages that the server said it has. */
  acknowledged: Set<string>;
  onChange(listener: () => void): void;
  close(): void;
}

interface Options {
  url: string;
  cookie: string;
  personId: string;
  threadIds: string[];
}

/** A network on which lines die by the second: noticed and mended as fast. */
const hurried = { pingMs: 750, silentMs: 3_000, openWithinMs: 4_000, steadyMs: 300, againMs: 100, longestMs: 1_000 };
const answerMs = 4_000;
const lookMs = 500;

/** Somebody with the chat open: the browser's own store, outbox and connection, without the pages around them. */
export function aChatClient({ url, cookie, personId, threadIds }: Options): ChatClient {
  const headers = { cookie, origin: url };
  class Socket extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers });
      // Closed before it was open.
      this.on('error', () => {});
    }
  }
  const rpc = createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: `${url}/trpc`,
        maxItems: 20,
        fetch: (input, init) =>
          fetch(String(input), {
            method: init?.method ?? 'GET',
            body: init?.body as RequestInit['body'],
            headers: { ...(init?.headers as Record<string, string>), ...headers },
            signal: AbortSignal.timeout(answerMs),
          }),
      }),
    ],
  });
  const memory = aMemory();
  const listeners = new Set<() => void>();
  const acknowledged = new Set<string>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const connection = createConnection({
    url: liveUrl(url),
    // The same interface; the types of the two differ in what events carry besides.
    WebSocket: Socket as unknown as typeof globalThis.WebSocket,
    onRefused: (why) => {
      throw new Error(`a living session was refused: ${why}`);
    },
    times: hurried,
  });

  function open() {
    // Of a page that was closed nothing runs on: what it asked for may arrive, and nobody hears the answer.
    let isGone = false;
    const whileHere = async <T>(work: Promise<T>): Promise<T> => {
      try {
        return await work;
      } finally {
        if (isGone) await new Promise(() => {});
      }
    };
    const stores = new Map(
      threadIds.map((threadId) => {
        const store = createThreadStore({
          history: (before) => whileHere(rpc.chat.history.query({ threadId, ...(before === undefined ? {} : { before }) })),
          follow: (after, onChange) =>
            connection.follow((client, ended) =>
              client.chat.changes.subscribe(
                { threadId, after: after() },
                { onData: ({ data }) => onChange(data), onError: ended, onComplete: ended },
              ),
            ),
          // Nothing is asked for that the stream should have brought.
          gapMs: 60_000,
        });
        return [threadId, store] as const;
      }),
    );
    const outbox = createChatOutbox({
      memory: {
        read: (key) => (isGone ? null : memory.read(key)),
        write: (key, value) => isGone || memory.write(key, value),
      },
      personId,
      send: (input) => whileHere(rpc.chat.send.mutate(input)),
      refusal: refusalOf,
      isOffline: () => false,
      makeId: makeUuid,
      now: Date.now,
      onSent(message) {
        if (message.clientId) acknowledged.add(message.clientId);
        stores.get(message.threadId)?.answered(message);
        tell();
      },
      onSessionEnded: () => {
        throw new Error('a living session was refused');
      },
    });
    for (const store of stores.values()) {
      store.subscribe(tell);
      void store.load();
    }
    const leave = () => {
      isGone = true;
      for (const store of stores.values()) store.close();
    };
    return { stores, outbox, leave };
  }

  let page = open();
  const storeOf = (threadId: string): ThreadStore => {
    const store = page.stores.get(threadId);
    if (!store) throw new Error(`${threadId} is not open here`);
    return store;
  };
  // As the pages do: at a returned connection, and where the first page has not come.
  const unsubscribe = connection.state.subscribe(() => {
    if (connection.state.get() === 'open') void page.outbox.flush();
  });
  const timer = setInterval(() => {
    for (const store of page.stores.values()) if (store.get().phase === 'failed') void store.load();
  }, lookMs);
  connection.start();

  return {
    rpc,
    connection,
    acknowledged,
    outbox: () => page.outbox,
    store: storeOf,
    send(threadId, body) {
      page.outbox.write(threadId, { body });
      page.outbox.submit(threadId);
    },
    reload() {
      page.leave();
      connection.stop();
      page = open();
      connection.start();
      void page.outbox.flush();
    },
    onChange: (listener) => void listeners.add(listener),
    close() {
      clearInterval(timer);
      unsubscribe();
      page.leave();
      connection.stop();
    },
  };
}

function aMemory(): Memory {
  const kept = new Map<string, string>();
  return {
    read: (key) => kept.get(key) ?? null,
    write(key, value) {
      if (value === null) kept.delete(key);
      else kept.set(key, value);
    },
  };
}
