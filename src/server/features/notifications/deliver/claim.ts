import type { App } from '../../../platform/app.ts';
import type { Channel, Claimed, Parcel } from '../channels/channel.ts';

interface Row {
  id: string;
  notice_id: string;
  kind: string;
  data: unknown;
  created_at: Date;
  attempts: number;
  bulk: boolean;
  silent: boolean;
  due_at: Date;
  person_id: string;
  role: 'student' | 'moderator';
  first_name: string;
  locale: string;
  time_zone: string;
  email: string;
  closed: boolean;
  telegram_id: string | null;
  broken_at: Date | null;
  broken_why: string | null;
  address_blocked: boolean;
  mode: string | null;
}

/** Takes the rows of `chosen` (an array of ids) for `$3` milliseconds. */
const take = `taken AS (
    UPDATE delivery d SET state = 'sending', attempts = d.attempts + 1, lease_until = $2::timestamptz + make_interval(secs => $3::int / 1000.0)
    WHERE d.id = ANY((SELECT ids FROM chosen)::bigint[]) RETURNING d.*
  )
  SELECT t.id, t.notice_id, n.kind, n.data, n.created_at, t.attempts, t.bulk, t.silent, t.due_at, t.person_id, p.role, p.first_name, p.locale, p.time_zone,
    p.email, p.blocked_at IS NOT NULL AS closed, l.telegram_id, l.broken_at, l.broken_why, b.email IS NOT NULL AS address_blocked, s.mode
  FROM taken t JOIN notice n ON n.id = t.notice_id JOIN person p ON p.id = t.person_id
  LEFT JOIN telegram_link l ON l.person_id = p.id LEFT JOIN mail_block b ON b.email = p.email
  LEFT JOIN notice_setting s ON s.person_id = p.id AND s.kind = n.kind AND s.channel = t.channel`;

const due = `FROM delivery d JOIN notice n ON n.id = d.notice_id AND n.paused_at IS NULL AND n.cancelled_at IS NULL
    WHERE d.channel = $1::delivery_channel AND d.state = 'waiting' AND d.due_at <= $4::timestamptz AND d.id <> ALL ($5::bigint[])`;

export interface Wanted {
  /** Default: now. */
  dueBy?: Date;
  /** Ids that are left for others. */
  except?: readonly string[];
}

/**
 * Takes what is due, what is for one person first: two index scans that end when they have enough. What another process is taking is passed by.
 */
export async function claimDue(
  app: App,
  channel: Pick<Channel, 'name' | 'leaseMs'>,
  most: number,
  { dueBy, except = [] }: Wanted = {},
): Promise<Parcel[]> {
  const now = app.clock.now();
  // Not prepared: a plan for any limit would read all that waits.
  const { rows } = await app.pool.query<Row>(
    `WITH own AS MATERIALIZED (
      SELECT d.id ${due} AND d.bulk = false AND NOT d.daily ORDER BY d.due_at, d.id LIMIT ${Math.floor(most)} FOR UPDATE OF d SKIP LOCKED
    ), many AS MATERIALIZED (
      SELECT d.id ${due} AND d.bulk = true AND NOT d.daily ORDER BY d.due_at, d.id
      LIMIT ${Math.floor(most)} - (SELECT count(*) FROM own) FOR UPDATE OF d SKIP LOCKED
    ), chosen AS (SELECT ARRAY(SELECT id FROM own UNION ALL SELECT id FROM many) AS ids), ${take} ORDER BY t.bulk, t.due_at, t.id`,
    [channel.name, now, channel.leaseMs, dueBy ?? now, except],
  );
  return rows.map((row) => [toClaimed(row, channel)]);
}

/**
 * Takes what is due for daily letters, by person. One process at a time: two would share one person's between them, as two letters. Rows that the one
 * before has taken meanwhile are looked at again when they are locked, and left.
 */
export async function claimDaily(
  app: App,
  channel: Pick<Channel, 'name' | 'leaseMs'>,
  mostPeople: number,
  except: readonly string[] = [],
): Promise<Parcel[]> {
  const now = app.clock.now();
  const { rows } = await app.pool.query<Row>(
    `WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(hashtextextended('daily letters', 7316500006)) AS ours),
    people AS MATERIALIZED (
      SELECT person_id, min(due_at) AS first FROM (SELECT d.person_id, d.due_at ${due} AND d.bulk IN (false, true) AND d.daily AND (SELECT ours FROM turn)) waiting
      GROUP BY person_id ORDER BY first, person_id LIMIT ${Math.floor(mostPeople)}
    ), all_of AS MATERIALIZED (
      SELECT d.id ${due} AND d.daily AND d.person_id IN (SELECT person_id FROM people) ORDER BY d.id FOR UPDATE OF d SKIP LOCKED
    ), chosen AS (SELECT ARRAY(SELECT id FROM all_of) AS ids), ${take} ORDER BY t.person_id, t.id`,
    [channel.name, now, channel.leaseMs, now, except],
  );
  const parcels = new Map<string, [Claimed, ...Claimed[]]>();
  for (const claimed of rows.map((row) => toClaimed(row, channel))) {
    const parcel = parcels.get(claimed.to.id);
    if (parcel) parcel.push(claimed);
    else parcels.set(claimed.to.id, [claimed]);
  }
  return [...parcels.values()];
}

/**
 * Frees what a process took and did not finish.
 * @param all also what it might still be working on: for who knows that there is no such process
 */
export async function freeAbandoned(app: App, channel: Channel['name'], all: boolean): Promise<number> {
  const { rowCount } = await app.pool.query({
    name: 'deliveries-free',
    text: `UPDATE delivery d SET state = CASE WHEN n.cancelled_at IS NULL THEN 'waiting' ELSE 'cancelled' END::delivery_state, lease_until = NULL
      FROM notice n WHERE n.id = d.notice_id AND d.channel = $1::delivery_channel AND d.state = 'sending' AND (d.lease_until <= $2::timestamptz OR $3)`,
    values: [channel, app.clock.now(), all],
  });
  return rowCount ?? 0;
}

/** When the next one that is not due yet will be; null: none waits. */
export async function nextDueAt(app: App, channel: Channel['name'], after: Date): Promise<Date | null> {
  const first = (bulk: boolean) =>
    `(SELECT due_at FROM delivery WHERE channel = $1::delivery_channel AND state = 'waiting' AND bulk = ${bulk} AND due_at > $2::timestamptz ORDER BY due_at LIMIT 1)`;
  const { rows } = await app.pool.query<{ at: Date | null }>({
    name: 'deliveries-next',
    text: `SELECT least(${first(false)}, ${first(true)}) AS at`,
    values: [channel, after],
  });
  return rows[0]?.at ?? null;
}

function toClaimed(row: Row, channel: Pick<Channel, 'leaseMs'>): Claimed {
  return {
    id: row.id,
    noticeId: row.notice_id,
    kind: row.kind,
    data: row.data,
    createdAt: row.created_at,
    attempts: row.attempts,
    bulk: row.bulk,
    silent: row.silent,
    dueAt: row.due_at,
    // Half of it is left for the sending itself.
    freshUntil: performance.now() + channel.leaseMs / 2,
    to: {
      id: row.person_id,
      role: row.role,
      firstName: row.first_name,
      locale: row.locale === 'en' ? 'en' : 'ru',
      timeZone: row.time_zone,
      email: row.email,
      closed: row.closed,
    },
    telegram:
      row.telegram_id === null
        ? null
        : { id: BigInt(row.telegram_id), broken: row.broken_at === null ? null : (row.broken_why ?? 'blocked') },
    addressBlocked: row.address_blocked,
    mode: row.mode,
  };
}
