import { Socket } from 'node:net';
import pg from 'pg';
import type { Log } from '../log.ts';
import { pause } from '../waiting.ts';

export interface ListenerParts {
  databaseUrl: string;
  channel: string;
  log: Log;
  onPayload(payload: string): void;
  /** It listens, for the first time or again: what was said before was not heard. */
  onListening(): void;
  beatMs: number;
}

export interface Listener {
  close(): Promise<void>;
}

const connectMs = 5_000;
const longestWaitMs = 5_000;

/** One connection that listens, outside the pool, and comes back whenever it is lost. Nothing that happens to it is thrown at anybody. */
export function startListener({ databaseUrl, channel, log, onPayload, onListening, beatMs }: ListenerParts): Listener {
  const closing = new AbortController();
  let lost = 0;

  async function keepListening(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await listen();
      } catch (error) {
        // Once and not with every try: a database that is away for an hour would fill the log.
        if (lost === 0 && !closing.signal.aborted) log.warn({ err: error }, 'hints are not heard, trying again');
      }
      lost += 1;
      await pause(backOff(lost), closing.signal);
    }
  }

  /** Throws when the connection ends, however it does. */
  async function listen(): Promise<never> {
    // Our own, so that it can be destroyed: a connection that is only half there answers no goodbye.
    const socket = new Socket();
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'otlichno-bus',
      keepAlive: true,
      connectionTimeoutMillis: connectMs,
      stream: () => socket,
    });
    const over = new Promise<never>((_, reject) => {
      client.once('end', () => reject(new Error('the connection has ended')));
      client.on('error', reject);
    });
    over.catch(() => {});
    client.on('notification', ({ payload = '' }) => onPayload(payload));
    const destroy = () => void socket.destroy();
    closing.signal.addEventListener('abort', destroy);
    let beat: NodeJS.Timeout | undefined;
    try {
      await client.connect();
      // Before it listens: that may never be answered either.
      beat = watch(client, socket);
      await client.query(`LISTEN ${channel}`);
      if (lost > 0) log.info('hints are heard again');
      lost = 0;
      onListening();
      return await over;
    } finally {
      clearInterval(beat);
      closing.signal.removeEventListener('abort', destroy);
      socket.destroy();
    }
  }

  /** A question now and then. One that is still open at the next is never answered: the other side is gone, and nobody has told. */
  function watch(client: pg.Client, socket: Socket): NodeJS.Timeout {
    let asked = false;
    return setInterval(() => {
      if (asked) {
        socket.destroy(new Error('the connection is half-open'));
        return;
      }
      asked = true;
      client.query('SELECT 1').then(
        () => {
          asked = false;
        },
        // The end of the connection says it too.
        () => {},
      );
    }, beatMs);
  }

  const done = keepListening();
  return {
    async close() {
      closing.abort();
      await done;
    },
  };
}

/** Not all processes of a school in the same moment. */
function backOff(tries: number): number {
  return Math.min(longestWaitMs, 50 * 2 ** tries) * (0.5 + Math.random() / 2);
}
