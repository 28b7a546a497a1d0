import { createTRPCClient, createWSClient, wsLink } from '@trpc/client';
import { createStore, type Store } from '#client/lib/store.ts';
import type { LiveRouter } from '#server/live-router.ts';
import { liveClose } from '#shared/live-rules.ts';

export type LiveClient = ReturnType<typeof createTRPCClient<LiveRouter>>;

/** `refused`: the server wants no socket of this person before they have signed in again. */
export type LinkState = 'off' | 'connecting' | 'open' | 'refused';

export interface Stream {
  unsubscribe(): void;
}
/** Begins a subscription on a fresh connection; `ended` when the server has ended it, with its reason where there was one. */
export type Begin = (client: LiveClient, ended: () => void) => Stream;

export interface ConnectionOptions {
  url: string;
  /** The browser's own, or one with headers (tests). */
  WebSocket?: typeof WebSocket;
  onRefused: (why: 'session' | 'blocked') => void;
  /** Is the network known to be gone? Then nothing is tried before `wake`. */
  isOffline?: () => boolean;
  /** Other times than usual (tests, where lines are cut every second). */
  times?: Partial<typeof calm>;
}

export interface Connection {
  state: Store<LinkState>;
  start(): void;
  stop(): void;
  /** Something speaks for trying now: the network is back, the tab is seen again. */
  wake(): void;
  /** Begun on each connection anew, for as long as it is followed: what passed in between is the subscription's own to ask for. */
  follow(begin: Begin): () => void;
}

const calm = {
  pingMs: 15_000,
  /** The other side answers a ping at once: a line that has been silent so long is dead, whatever it says of itself. */
  silentMs: 30_000,
  openWithinMs: 15_000,
  /** Who stays this long was not thrown out again at once. */
  steadyMs: 10_000,
  /** Before the second try, twice as long before the third, and so on, up to `longestMs`. */
  againMs: 1000,
  longestMs: 30_000,
};
const floodPauseMs = 60_000;

/** Half of it at least and all of it at most: a thousand browsers do not come back in the same moment. */
const jittered = (ms: number) => ms / 2 + (Math.random() * ms) / 2;

interface Follower {
  begin: Begin;
  stream: Stream | null;
  failures: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

interface Line {
  client: LiveClient;
  heardAt: number;
  open: boolean;
  close(): void;
}

/**
 * One WebSocket that comes back by itself. tRPC's client could do that too, but not at once when something speaks for it, not with another pause for
 * each reason, and not on a line that is only half there: so each of its clients is used for one socket, and streams are begun anew on the next.
 */
export function createConnection(options: ConnectionOptions): Connection {
  const times = { ...calm, ...options.times };
  const { pingMs, silentMs, openWithinMs, steadyMs } = times;
  const backOff = (failures: number) => jittered(Math.min(times.longestMs, times.againMs * 2 ** failures));
  const state = createStore<LinkState>('off');
  const followers = new Set<Follower>();
  let line: Line | null = null;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watch: ReturnType<typeof setInterval> | undefined;

  function connect(): void {
    clearTimeout(timer);
    if (options.isOffline?.()) return;
    const opened = openLine();
    line = opened;
    timer = setTimeout(() => ended(opened, undefined), openWithinMs);
  }

  function openLine(): Line {
    const socket = createWSClient({
      url: options.url,
      WebSocket: heard(options.WebSocket ?? WebSocket, () => {
        own.heardAt = Date.now();
      }),
      keepAlive: { enabled: true, intervalMs: pingMs, pongTimeoutMs: silentMs - pingMs },
      retryDelayMs: () => 0,
      onOpen: () => opened(own),
      onClose: (cause) => ended(own, cause?.code),
      onError: () => ended(own, undefined),
    });
    const own: Line = {
      client: createTRPCClient<LiveRouter>({ links: [wsLink({ client: socket })] }),
      heardAt: Date.now(),
      open: false,
      close: () => void socket.close(),
    };
    return own;
  }

  function opened(own: Line): void {
    if (own !== line) {
      own.close();
      return;
    }
    own.open = true;
    own.heardAt = Date.now();
    clearTimeout(timer);
    timer = setTimeout(() => {
      failures = 0;
    }, steadyMs);
    state.set('open');
    for (const follower of followers) {
      follower.failures = 0;
      begin(follower);
    }
  }

  /** Of a line that was given up already nothing more is wanted to be known. */
  function ended(own: Line, code: number | undefined): void {
    if (own !== line) return;
    drop();
    if (code === liveClose.session || code === liveClose.blocked) {
      state.set('refused');
      clearInterval(watch);
      options.onRefused(code === liveClose.blocked ? 'blocked' : 'session');
      return;
    }
    state.set('connecting');
    const delay =
      code === liveClose.flood ? floodPauseMs + jittered(5000) : code === liveClose.stopping ? jittered(400) : backOff(failures);
    failures += 1;
    timer = setTimeout(connect, delay);
  }

  function drop(): void {
    clearTimeout(timer);
    const former = line;
    line = null;
    for (const follower of followers) rest(follower);
    former?.close();
  }

  function begin(follower: Follower): void {
    const own = line;
    if (!own?.open) return;
    rest(follower);
    let over = false;
    const stream = follower.begin(own.client, () => {
      if (over || own !== line || !followers.has(follower)) return;
      over = true;
      follower.stream = null;
      follower.timer = setTimeout(begin, backOff(follower.failures), follower);
      follower.failures += 1;
    });
    if (!over) follower.stream = stream;
  }

  function rest(follower: Follower): void {
    clearTimeout(follower.timer);
    const { stream } = follower;
    follower.stream = null;
    stream?.unsubscribe();
  }

  function look(): void {
    if (line?.open && Date.now() - line.heardAt > silentMs) ended(line, undefined);
  }

  return {
    state,
    start() {
      if (state.get() === 'open' || state.get() === 'connecting') return;
      failures = 0;
      state.set('connecting');
      watch = setInterval(look, silentMs / 6);
      connect();
    },
    stop() {
      clearInterval(watch);
      drop();
      state.set('off');
    },
    wake() {
      look();
      if (state.get() !== 'connecting' || line) return;
      failures = 0;
      connect();
    },
    follow(beginStream) {
      const follower: Follower = { begin: beginStream, stream: null, failures: 0, timer: undefined };
      followers.add(follower);
      begin(follower);
      return () => {
        followers.delete(follower);
        rest(follower);
      };
    },
  };
}

/** Sockets that tell when something came: also what tRPC's client keeps to itself, such as the answer to a ping. */
function heard(Socket: typeof WebSocket, onHeard: () => void): typeof WebSocket {
  return class extends Socket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', onHeard);
    }
  };
}
