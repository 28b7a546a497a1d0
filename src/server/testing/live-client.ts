import { createTRPCClient, createWSClient, type TRPCClient, TRPCClientError, wsLink } from '@trpc/client';
import { type ClientOptions, WebSocket } from 'ws';
import { livePath } from '#shared/live-rules.ts';
import type { LiveRouter } from '../live-router.ts';

export interface LiveClientOptions {
  /** The page the socket is opened from; null: none is named. */
  origin?: string | null;
  /** Comes again after this, as browsers do; left out: it does not come again. */
  retryMs?: number;
}

export interface LiveClient {
  client: TRPCClient<LiveRouter>;
  /** The code with which the server closed the (first) socket. */
  closeCode(): Promise<number>;
  close(): Promise<void>;
}

/** tRPC's own client of the live router, as a page of the site opens it: with the person's cookie and the site's origin. */
export function aLiveClient(url: string, cookie: string | undefined, { origin = url, retryMs }: LiveClientOptions = {}): LiveClient {
  const headers: Record<string, string> = { ...(cookie ? { cookie } : {}), ...(origin ? { origin } : {}) };
  class Socket extends WebSocket {
    constructor(address: string) {
      super(address, { headers });
    }
  }
  let opened = 0;
  const closed = Promise.withResolvers<number>();
  const socket = createWSClient({
    url: liveUrl(url),
    // The same interface; the types of the two differ in what events carry besides.
    WebSocket: Socket as unknown as typeof globalThis.WebSocket,
    retryDelayMs: () => retryMs ?? 2 ** 30,
    onOpen() {
      opened += 1;
    },
    onClose: (cause) => {
      if (opened === 1) closed.resolve(cause?.code ?? 0);
    },
  });
  return {
    client: createTRPCClient<LiveRouter>({ links: [wsLink({ client: socket })] }),
    closeCode: () => closed.promise,
    close: () => socket.close(),
  };
}

export function liveUrl(url: string): string {
  return `${url.replace(/^http/, 'ws')}${livePath}`;
}

/** What `subscribe` of a client's subscription takes. */
export interface Handlers<T> {
  onStarted(): void;
  onData(item: T): void;
  onError(error: unknown): void;
  onComplete(): void;
}

export interface Collected<T> {
  /** All that came, in order. */
  readonly items: T[];
  /** The server has begun it: what happens from now on comes. Rejects with what it was refused with. */
  started: Promise<void>;
  /** What came, once it is so. Rejects when the stream fails. */
  until(fact: (items: T[]) => boolean): Promise<T[]>;
  /** The code of the error with which it ended; null: it ended without one. */
  ended: Promise<string | null>;
  stop(): void;
}

/** Follows a stream: `collect<MineHint>((to) => client.live.mine.subscribe(undefined, to))`. */
export function collect<T>(subscribe: (handlers: Handlers<T>) => { unsubscribe(): void }): Collected<T> {
  const items: T[] = [];
  const started = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<string | null>();
  let failure: unknown;
  let checks: (() => void)[] = [];
  const check = () => {
    for (const each of checks) each();
  };
  // Not every test waits for the beginning.
  started.promise.catch(() => {});
  const stream = subscribe({
    onStarted: () => started.resolve(),
    onData(item) {
      items.push(item);
      check();
    },
    onError(error) {
      failure = error;
      started.reject(error);
      ended.resolve(codeOf(error));
      check();
    },
    onComplete: () => ended.resolve(null),
  });
  return {
    items,
    started: started.promise,
    ended: ended.promise,
    stop: () => stream.unsubscribe(),
    until: (fact) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (fact(items)) resolve([...items]);
          else if (failure !== undefined) reject(failure);
          else return;
          checks = checks.filter((each) => each !== look);
        };
        checks.push(look);
        look();
      }),
  };
}

function codeOf(error: unknown): string {
  return error instanceof TRPCClientError ? String(error.data?.app?.code ?? error.message) : String(error);
}

// biome-ignore lint/suspicious/noExplicitAny: whatever the server says, as a test looks at it
type Message = any;

export interface RawSocket {
  ws: WebSocket;
  /** Everything the server said, parsed where it is JSON. */
  messages: Message[];
  say(message: unknown): void;
  until(fact: (messages: Message[]) => boolean): Promise<Message[]>;
  /** Of the closing, or the status of the answer where it was no socket at all. */
  closeCode(): Promise<number>;
}

/** A socket without tRPC's client, for what that one never says. */
export function aRawSocket(
  url: string,
  cookie: string | undefined,
  { origin = url, path, headers: more, ...options }: Omit<ClientOptions, 'origin'> & { origin?: string | null; path?: string } = {},
): RawSocket {
  const headers: Record<string, string> = { ...(cookie ? { cookie } : {}), ...(origin ? { origin } : {}) };
  Object.assign(headers, more);
  const ws = new WebSocket(path ? `${url.replace(/^http/, 'ws')}${path}` : liveUrl(url), { headers, ...options });
  const messages: Message[] = [];
  const closed = Promise.withResolvers<number>();
  let checks: (() => void)[] = [];
  ws.on('error', () => {});
  ws.on('unexpected-response', (_, answer) => closed.resolve(answer.statusCode ?? 0));
  ws.on('close', (code) => closed.resolve(code));
  ws.on('message', (data) => {
    messages.push(parsed(String(data)));
    for (const each of checks) each();
  });
  return {
    ws,
    messages,
    say: (message) => ws.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message)),
    until: (fact) =>
      new Promise((resolve) => {
        const look = () => {
          if (!fact(messages)) return;
          checks = checks.filter((each) => each !== look);
          resolve(messages);
        };
        checks.push(look);
        look();
      }),
    closeCode: () => closed.promise,
  };
}

function parsed(text: string): Message {
  return text.startsWith('{') ? JSON.parse(text) : text;
}
