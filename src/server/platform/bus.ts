import type pg from 'pg';
import type { MineHint } from '#shared/live.ts';
import { type Listener, startListener } from './bus/listener.ts';
import type { Tx } from './db.ts';
import type { Log } from './log.ts';

/** What processes tell each other, by topic. Ids and counters only: a hint is never the truth, whoever hears it reads the database. */
export interface Hints {
  /** Of one thread: its messages changed up to `rev`; somebody types; who holds it, who has read how far or whether it is closed changed. */
  [thread: `thread:${string}`]:
    | { kind: 'changed'; rev: number }
    | { kind: 'typing'; personId: string; name: string; teacher: boolean }
    | { kind: 'state' };
  /** For one person, all their tabs. */
  [person: `person:${string}`]: MineHint;
  /** For everybody who is signed in: what is told to many at once. */
  everyone: MineHint;
  /** New deliveries wait, or those that waited may go. */
  deliveries: { kind: 'due' };
  /** For all moderators. */
  moderators: MineHint;
  /** These sessions ended (hashes of ids), or all of a person's stopped to count. */
  sessions: { kind: 'ended'; ids: string[] } | { kind: 'blocked'; personId: string };
}
export type Topic = keyof Hints;

/** Hints were or may have been lost (the connection was): whoever follows reads anew. */
export const resync = Symbol('resync');

export interface Bus {
  /** Inside the caller's transaction: heard if and only if it commits, by every process, this one included, in the order of the commits. */
  publish<T extends Topic>(tx: Tx, topic: T, hint: Hints[T]): Promise<void>;
  /** The same outside of a transaction: for what leaves no row. */
  announce<T extends Topic>(topic: T, hint: Hints[T]): Promise<void>;
  /**
   * Whoever follows while the connection is there hears all that is committed from then on; otherwise `resync` comes with the connection. The first
   * one opens it: a command that only publishes has none.
   * @returns ends it
   */
  follow<T extends Topic>(topic: T, onHint: (hint: Hints[T] | typeof resync) => void): () => void;
  close(): Promise<void>;
}

const channel = 'otlichno';
/** PostgreSQL refuses longer ones, and with them the transaction. */
const maxPayloadBytes = 7999;

/**
 * `publish` as an expression of SQL, for a statement that changes and tells at once, or that alone knows whom.
 * @param topic, hint expressions too; `hint` of type json or jsonb
 */
export function publishSql(topic: string, hint: string): string {
  return `pg_notify('${channel}', json_build_object('topic', ${topic}, 'hint', ${hint})::text)::text`;
}

type Follower = (hint: never) => void;

/** Hints over LISTEN and NOTIFY, on one connection of their own. */
export function openBus(databaseUrl: string, pool: pg.Pool, log: Log, beatMs = 5_000): Bus {
  const followers = new Map<string, Set<Follower>>();
  let listener: Listener | null = null;

  function tell(follower: Follower, hint: unknown): void {
    try {
      follower(hint as never);
    } catch (error) {
      log.error({ err: error }, 'a follower of hints failed');
    }
  }

  // Copies, for a follower may end itself or another, or begin one.
  function onPayload(payload: string): void {
    const parsed = parsePayload(payload);
    if (!parsed) return;
    for (const follower of [...(followers.get(parsed.topic) ?? [])]) tell(follower, parsed.hint);
  }

  function onListening(): void {
    for (const follower of [...followers.values()].flatMap((all) => [...all])) tell(follower, resync);
  }

  return {
    async publish(tx, topic, hint) {
      await tx.$executeRaw`SELECT pg_notify(${channel}, ${payloadOf(topic, hint)})`;
    },
    async announce(topic, hint) {
      await pool.query({ name: 'bus-announce', text: 'SELECT pg_notify($1, $2)', values: [channel, payloadOf(topic, hint)] });
    },
    follow(topic, onHint) {
      const all = followers.get(topic) ?? new Set();
      followers.set(topic, all.add(onHint));
      listener ??= startListener({ databaseUrl, channel, log, onPayload, onListening, beatMs });
      return () => {
        all.delete(onHint);
        if (all.size === 0 && followers.get(topic) === all) followers.delete(topic);
      };
    },
    async close() {
      followers.clear();
      await listener?.close();
    },
  };
}

function payloadOf(topic: string, hint: unknown): string {
  const payload = JSON.stringify({ topic, hint });
  if (Buffer.byteLength(payload) > maxPayloadBytes) throw new RangeError(`a hint for ${topic} is too long: ids and counters only`);
  return payload;
}

/** Whatever else is said on the channel (another program's, another version's) is nothing to us. */
function parsePayload(payload: string): { topic: string; hint: object } | null {
  try {
    const parsed: unknown = JSON.parse(payload);
    if (typeof parsed !== 'object' || parsed === null || !('topic' in parsed) || !('hint' in parsed)) return null;
    const { topic, hint } = parsed;
    return typeof topic === 'string' && typeof hint === 'object' && hint !== null ? { topic, hint } : null;
  } catch {
    return null;
  }
}
