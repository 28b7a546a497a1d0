import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** What becomes of a connection some time after it began, or after it was spared. */
type Fate = 'plain' | 'cut' | 'slow' | 'swallow-up' | 'swallow-down' | 'swallow-both';
const fates: readonly Fate[] = [
  'plain',
  'plain',
  'plain',
  'cut',
  'cut',
  'cut',
  'slow',
  'slow',
  'swallow-up',
  'swallow-down',
  'swallow-both',
];

export interface CuttingProxy {
  url: string;
  /** How often each fate was met. */
  readonly met: Record<Fate, number>;
  /** Nothing bad happens to connections that begin from now on, and nothing more to those that are there; what is half-open stays so. */
  calm(): void;
  close(): Promise<void>;
}

interface Options {
  /** The servers behind it; whichever answers takes a connection. */
  targets: () => readonly string[];
  seed: number;
  /** Within which times a connection meets its fate. */
  afterMs: [number, number];
  /** How long what is said on a slow one is on its way, at most. */
  delayMs: number;
}

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
export function aRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A bad network between browsers and servers: it cuts, delays, and half-opens (takes what is said and passes nothing on, without a word). */
export async function aCuttingProxy({ targets, seed, afterMs: [soonest, latest], delayMs }: Options): Promise<CuttingProxy> {
  const random = aRandom(seed);
  const met: CuttingProxy['met'] = { plain: 0, cut: 0, slow: 0, 'swallow-up': 0, 'swallow-down': 0, 'swallow-both': 0 };
  const open = new Set<Socket>();
  let isCalm = false;

  async function reach(): Promise<Socket | null> {
    const all = [...targets()].sort(() => random() - 0.5);
    for (const target of all) {
      const socket = await dial(Number(new URL(target).port));
      if (socket) return socket;
    }
    return null;
  }

  const server = createServer({ pauseOnConnect: true, noDelay: true }, async (near) => {
    near.on('error', () => {});
    open.add(near);
    const far = await reach();
    if (!far || near.destroyed) {
      far?.destroy();
      near.destroy();
      open.delete(near);
      return;
    }
    open.add(far);
    const up = aPipe(near, far);
    const down = aPipe(far, near);
    let timer: NodeJS.Timeout | undefined;
    const end = () => {
      clearTimeout(timer);
      for (const socket of [near, far]) {
        socket.destroy();
        open.delete(socket);
      }
    };
    const meet = () => {
      if (isCalm) return;
      const fate = fates[Math.floor(random() * fates.length)] ?? 'plain';
      met[fate] += 1;
      if (fate === 'cut') end();
      if (fate === 'slow') for (const pipe of [up, down]) pipe.slow(() => random() * delayMs);
      if (fate === 'swallow-up' || fate === 'swallow-both') up.swallow();
      if (fate === 'swallow-down' || fate === 'swallow-both') down.swallow();
      // Who is spared is not safe.
      if (fate === 'plain' || fate === 'slow') later();
    };
    const later = () => {
      timer = setTimeout(meet, soonest + random() * (latest - soonest));
    };
    later();
    // The end of one side is told to the other, unless that direction is dead.
    near.on('close', () => up.isDead() || end());
    far.on('close', () => down.isDead() || end());
    near.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    met,
    calm() {
      isCalm = true;
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function dial(port: number): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(null));
    socket.on('error', () => {});
  });
}

/** One direction of a connection. */
function aPipe(from: Socket, to: Socket) {
  let dead = false;
  let delay: (() => number) | null = null;
  /** When the last of what is on its way arrives: nothing overtakes it. */
  let lastAt = 0;
  from.on('data', (bytes) => {
    if (dead) return;
    const now = performance.now();
    if (!delay && lastAt <= now) {
      to.write(bytes);
      return;
    }
    lastAt = Math.max(lastAt, now + (delay?.() ?? 0));
    setTimeout(() => {
      if (!dead && !to.destroyed) to.write(bytes);
    }, lastAt - now);
  });
  return {
    slow(by: () => number) {
      delay = by;
    },
    swallow() {
      dead = true;
    },
    isDead: () => dead,
  };
}
