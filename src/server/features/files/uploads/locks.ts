import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ERRORS, type Locker, type RequestRelease } from '@tus/server';
import type pg from 'pg';
import type { App } from '../../../platform/app.ts';

const channel = 'upload_release';
const lockTimeoutMs = 30_000;
const retryMs = 100;

export interface UploadLocks extends Locker {
  /** Asks whoever writes now to come to an end: what arrived is kept, and the client goes on elsewhere. */
  releaseAll(): void;
}

/**
 * One writer per upload, over all processes: a lock of the database's on one connection, which ends with the process, however that ends. Who wants
 * a lock that is held has the holder told to give it up, because the holder is most often a connection that died without a word.
 */
export function uploadLocks(app: Pick<App, 'pool' | 'log'>): UploadLocks {
  /** Null while the database is still being asked. */
  const held = new Map<string, RequestRelease | null>();
  const self = randomUUID();
  let connection: Promise<Connection> | null = null;
  let users = 0;

  const askFor = (id: string) => void held.get(id)?.();

  async function connect(): Promise<Connection> {
    const client = await app.pool.connect();
    const query = oneByOne(client);
    const onNotification = ({ payload = '' }: pg.Notification) => {
      const [asker, id = ''] = payload.split(' ');
      // One's own question comes back, too.
      if (asker !== self) askFor(id);
    };
    const onError = (error: Error) => {
      // With the connection all its locks are gone: others may write by now.
      app.log.warn({ err: error }, 'the connection of the upload locks is lost');
      connection = null;
      close(true);
      for (const id of held.keys()) askFor(id);
    };
    let closed = false;
    function close(broken: boolean): void {
      if (closed) return;
      closed = true;
      client.release(broken);
      client.off('notification', onNotification).off('error', onError);
    }
    client.on('notification', onNotification).on('error', onError);
    try {
      await query(`LISTEN ${channel}`);
    } catch (error) {
      close(true);
      throw error;
    }
    return { query, close };
  }

  /** The connection is taken from the pool for as long as anything is uploaded. */
  function enter(): Promise<Connection> {
    users += 1;
    connection ??= connect().catch((error) => {
      connection = null;
      throw error;
    });
    return connection;
  }

  async function leave(): Promise<void> {
    users -= 1;
    if (users > 0 || !connection) return;
    const last = connection;
    connection = null;
    const opened = await last.catch(() => null);
    if (!opened) return;
    const broken = await opened.query('UNLISTEN *').then(
      () => false,
      () => true,
    );
    opened.close(broken);
  }

  /** One try. The place in `held` keeps out the requests of this process, for whom the database's lock would be their own. */
  async function take({ query }: Connection, id: string, release: RequestRelease): Promise<boolean> {
    if (held.has(id)) {
      askFor(id);
      return false;
    }
    held.set(id, null);
    try {
      const { rows } = await query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken', [lockName(id)]);
      if (rows[0]?.taken === true) {
        held.set(id, release);
        return true;
      }
      await query('SELECT pg_notify($1, $2)', [channel, `${self} ${id}`]);
    } catch (error) {
      held.delete(id);
      throw error;
    }
    held.delete(id);
    return false;
  }

  return {
    newLock: (id) => ({
      async lock(signal, requestRelease) {
        const deadline = performance.now() + lockTimeoutMs;
        try {
          const opened = await enter();
          while (!(await take(opened, id, requestRelease))) {
            if (signal.aborted || performance.now() > deadline) throw ERRORS.ERR_LOCK_TIMEOUT;
            await pause(retryMs);
          }
        } catch (error) {
          await leave();
          throw error;
        }
      },
      async unlock() {
        try {
          const opened = await connection;
          await opened?.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [lockName(id)]);
        } catch (error) {
          app.log.warn({ err: error }, 'an upload lock ended with its connection');
        } finally {
          held.delete(id);
          await leave();
        }
      },
    }),
    releaseAll() {
      for (const id of held.keys()) askFor(id);
    },
  };
}

type Query = (text: string, values?: string[]) => Promise<pg.QueryResult<Record<string, unknown>>>;
interface Connection {
  query: Query;
  /** Back to the pool, or away where it is broken. */
  close(broken: boolean): void;
}

/** A connection takes one statement at a time, and requests of many people share this one. */
function oneByOne(client: pg.PoolClient): Query {
  let last: Promise<unknown> = Promise.resolve();
  return (text, values) => {
    const result = last.then(() => client.query<Record<string, unknown>>(text, values));
    last = result.catch(() => {});
    return result;
  };
}

const lockName = (id: string) => `upload:${id}`;
