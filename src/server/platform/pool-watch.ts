import { Socket } from 'node:net';
import { setImmediate as afterReading } from 'node:timers/promises';
import pg from 'pg';

export interface Patience {
  /** What is out for longer is asked about. */
  outMs: number;
  lookMs: number;
  /** How long the answer may take. */
  answerMs: number;
}

/** Together under the 15 s that a browser waits. */
const usual: Patience = { outMs: 5_000, lookMs: 1_500, answerMs: 3_500 };

/**
 * Connections to a database that no longer answers (frozen, cut off without a word) are ended after about ten seconds, so that who waits on them hears of
 * it: left alone they would hang until the kernel gives up, a quarter of an hour later, and no new one would be opened meanwhile. A long statement
 * of a database that answers others goes on. Who comes while it is known to be silent is refused at once; it is asked again every moment meanwhile.
 */
export class WatchedPool extends pg.Pool {
  readonly #timer: NodeJS.Timeout;
  readonly #database: { silent: boolean };

  constructor(options: pg.PoolConfig, { outMs, lookMs, answerMs } = usual) {
    const sockets = new Set<Socket>();
    const database = { silent: false };
    const stream = () => {
      // Our own, so that it can be destroyed: a connection that is only half there answers no goodbye.
      const socket = new Socket();
      sockets.add(socket);
      // Of those who had waited for a connection when the others were ended.
      if (database.silent) setImmediate(() => socket.destroy(silence()));
      return socket.once('close', () => sockets.delete(socket));
    };
    super({ ...options, stream });
    this.#database = database;
    // A connection that breaks while somebody has it says so by an event as well, and without a listener that is the end of the process. Whoever asked
    // it something hears of it all the same.
    this.on('connect', (client) => void client.on('error', () => {}));
    const out = new Map<pg.PoolClient, number>();
    this.on('acquire', (client) => out.set(client, performance.now()));
    this.on('release', (_error, client) => out.delete(client));
    this.on('remove', (client) => out.delete(client));
    let asking = false;
    const look = async () => {
      const before = performance.now() - outMs;
      if (asking || !(database.silent || [...out.values()].some((since) => since < before))) return;
      asking = true;
      // Those that are opened meanwhile were not waited for.
      const open = [...sockets];
      database.silent = !(await answers(options, answerMs));
      if (database.silent) for (const socket of open) socket.destroy(silence());
      // It was alive just now; what is still out is asked about again later.
      for (const client of out.keys()) out.set(client, performance.now());
      asking = false;
    };
    this.#timer = setInterval(() => void look(), lookMs).unref();
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    const { silent } = this.#database;
    if (!callback) return silent ? Promise.reject(silence()) : super.connect();
    if (silent) setImmediate(() => callback(silence(), undefined, () => {}));
    else super.connect(callback);
  }

  override async end(): Promise<void> {
    await super.end();
    clearInterval(this.#timer);
  }
}

type Connected = (error: Error | undefined, client: pg.PoolClient | undefined, done: (release?: unknown) => void) => void;

/** Worded as the driver words an end of the connection. */
const silence = () => new Error('Connection terminated: the database does not answer');

/** Does the database say anything, be it a refusal? */
async function answers(options: pg.PoolConfig, withinMs: number): Promise<boolean> {
  const socket = new Socket();
  const client = new pg.Client({ ...options, application_name: 'otlichno-watch', stream: () => socket });
  client.on('error', () => {});
  const timer = setTimeout(async () => {
    // To a process that was busy itself the answer may have come, and lies there unread.
    await afterReading();
    socket.destroy();
  }, withinMs);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch (error) {
    return error instanceof pg.DatabaseError;
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}
