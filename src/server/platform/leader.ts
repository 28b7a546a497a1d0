import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import pg from 'pg';
import type { Log } from './log.ts';
import { createWaker, pause } from './waiting.ts';

/**
 * Works as long as this process leads, and ends soon after the signal is aborted. One that throws ends the reign: the others are told to end, and
 * the process tries anew.
 */
export type Duty = (signal: AbortSignal) => Promise<void>;

export interface LeadParts {
  databaseUrl: string;
  /** Of what is led: one leader per name and database. */
  name: string;
  log: Log;
  /** Begun together by whoever leads. */
  duties: readonly Duty[];
  /** Between two tries of who does not lead. A leader that stops tells the others at once. */
  tryMs?: number;
  beatMs?: number;
}

export interface Leadership {
  /** Ends the duties, waits for them, and hands over. */
  stop(): Promise<void>;
}

const connectMs = 5_000;
const longestWaitMs = 5_000;
const channel = 'otlichno-leader';
/** Beats that may be missed before the connection counts as lost: this process may have been busy itself. */
const beatsMissed = 2;
/** The database ends the session of a process that has fallen silent (frozen, cut off), and with it its lock. */
const silenceMs = 12_000;

/**
 * Does something in one process at a time, of all that share the database. The leader holds an advisory lock on a connection of its own, so the
 * lock goes with the process, however it ends; another one takes over within some seconds. What the duties did not finish may be begun again by
 * the next leader, so they have to bear that.
 */
export function lead({ databaseUrl, name, log, duties, tryMs = 3_000, beatMs = 1_500 }: LeadParts): Leadership {
  const closing = new AbortController();
  const me = randomUUID();

  async function keepTrying(): Promise<void> {
    let lost = 0;
    while (!closing.signal.aborted) {
      try {
        await attend(() => {
          lost = 0;
        });
      } catch (error) {
        if (lost === 0 && !closing.signal.aborted)
          log.warn({ err: error, leader: name }, 'the connection of the leader was lost, trying again');
      }
      lost += 1;
      await pause(Math.min(longestWaitMs, 50 * 2 ** lost) * (0.5 + Math.random() / 2), closing.signal);
    }
  }

  /** One connection to its end. Throws when it ends by itself. */
  async function attend(onConnected: () => void): Promise<void> {
    // Our own, so that it can be destroyed: a connection that is only half there answers no goodbye.
    const socket = new Socket();
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: `otlichno-leader-${name}`,
      options: `-c idle_session_timeout=${silenceMs}`,
      keepAlive: true,
      connectionTimeoutMillis: connectMs,
      stream: () => socket,
    });
    const lost = new AbortController();
    let why: unknown = new Error('the connection has ended');
    client.once('end', () => lost.abort());
    client.on('error', (error) => {
      why = error;
      lost.abort();
    });
    const waker = createWaker();
    client.on('notification', ({ payload = '' }) => {
      const [freed, by] = payload.split(' ');
      // Who has just stopped leading by itself leaves the first try to the others.
      if (freed === name && by !== me) waker.wake();
    });
    let beat: NodeJS.Timeout | undefined;
    try {
      await client.connect();
      beat = beats(client, socket, beatMs);
      await client.query(`LISTEN "${channel}"`);
      onConnected();
      const over = AbortSignal.any([closing.signal, lost.signal]);
      while (!over.aborted) {
        const { rows } = await client.query<{ ours: boolean }>('SELECT pg_try_advisory_lock(hashtextextended($1, 7316500005)) AS ours', [
          name,
        ]);
        if (rows[0]?.ours) {
          await reign(over);
          if (!lost.signal.aborted) await handOver(client);
        }
        if (!over.aborted) await waker.wait(tryMs * (0.7 + Math.random() * 0.6), over);
      }
      if (lost.signal.aborted && !closing.signal.aborted) throw why;
    } finally {
      clearInterval(beat);
      socket.destroy();
    }
  }

  async function reign(over: AbortSignal): Promise<void> {
    log.info({ leader: name }, 'this process leads');
    const failed = new AbortController();
    const signal = AbortSignal.any([over, failed.signal]);
    await Promise.all(
      duties.map((duty) =>
        duty(signal).catch((error: unknown) => {
          if (!over.aborted) log.error({ err: error, leader: name }, 'a duty of the leader failed');
          failed.abort();
        }),
      ),
    );
    log.info({ leader: name }, 'this process leads no more');
  }

  async function handOver(client: pg.Client): Promise<void> {
    await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 7316500005))', [name]);
    await client.query('SELECT pg_notify($1, $2)', [channel, `${name} ${me}`]);
  }

  const done = keepTrying();
  return {
    async stop() {
      closing.abort();
      await done;
    },
  };
}

/** A question now and then, so that both sides notice when the other is gone. */
function beats(client: pg.Client, socket: Socket, beatMs: number): NodeJS.Timeout {
  let open = 0;
  return setInterval(() => {
    if (open > beatsMissed) {
      socket.destroy(new Error('the connection is half-open'));
      return;
    }
    open += 1;
    client.query('SELECT 1').then(
      () => {
        open -= 1;
      },
      // The end of the connection says it too.
      () => {},
    );
  }, beatMs);
}
