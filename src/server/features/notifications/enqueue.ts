import { Prisma } from '#prisma/generated/client.ts';
import { dailyAtMin, defaultMode, defaultQuiet, type NoticeKind } from '#shared/notification-rules.ts';
import type { App } from '../../platform/app.ts';
import { publishSql } from '../../platform/bus.ts';
import type { Tx } from '../../platform/db.ts';
import type { NoticeData } from './message.ts';

export interface NewNotice<K extends NoticeKind> {
  kind: K;
  /** Names the cause: told twice of the same, it is one notice, and nobody gets it twice. */
  about: string;
  data: NoticeData[K];
  /** Telegram and mail not before so many milliseconds: what is read on the site meanwhile need not go out. */
  delayMs?: number;
  /** To many at once: goes after what is for one person, and hints are told in one. */
  bulk?: boolean;
  /** Channels the author wants; left out: all. What people have switched off stays off. */
  channels?: { site: boolean; telegram: boolean; email: boolean };
}

export interface Enqueued {
  noticeId: string;
  /** People with at least one delivery by this call. */
  people: number;
}

const everywhere = { site: true, telegram: true, email: true };

/**
 * Writes a notice and its deliveries into the transaction of its cause, in one statement for however many people: their choices, their Telegram,
 * their quiet hours. Blocked people and addresses are left out.
 * @param people a SELECT with one column `person_id`
 */
export async function addNotice<K extends NoticeKind>(app: App, tx: Tx, notice: NewNotice<K>, people: Prisma.Sql): Promise<Enqueued> {
  const { about, data } = notice;
  const [made] = await tx.$queryRaw<{ id: string; people: bigint }[]>`
    WITH ${given(app, notice)}, made AS (
      INSERT INTO notice (kind, about, data, by_mail, created_at) SELECT kind, ${about}, ${JSON.stringify(data)}::jsonb, to_email, now FROM given
      ON CONFLICT (kind, about) DO UPDATE SET about = EXCLUDED.about RETURNING id
    ), people AS (${people}), ${Prisma.raw(deliveriesCte)}
    SELECT made.id, (SELECT count(DISTINCT person_id) FROM placed) AS people, ${Prisma.raw(toldOfPlaced)} AS told FROM made`;
  if (!made) throw new Error('a notice was not written');
  return { noticeId: made.id, people: Number(made.people) };
}

/** `given`, in front of `wantedCte` and `deliveriesCte`. */
export function given(app: App, notice: Pick<NewNotice<NoticeKind>, 'kind' | 'delayMs' | 'bulk' | 'channels'>): Prisma.Sql {
  const { kind, delayMs = 0, bulk = false, channels = everywhere } = notice;
  return Prisma.sql`given AS (
      SELECT ${app.clock.now()}::timestamptz AS now, ${kind}::text AS kind, ${delayMs}::int AS delay_ms, ${bulk}::boolean AS bulk,
        ${channels.site}::boolean AS to_site, ${channels.telegram}::boolean AS to_telegram, ${channels.email}::boolean AS to_email,
        ${app.config.telegram !== null}::boolean AS has_bot, ${defaultMode(kind, 'email')}::text AS email_default
    )`;
}

/**
 * Who of `people` is told where, as a common table: `wanted` (person_id, and the modes of `site`, `telegram` and `email`, which take blocked people,
 * Telegrams and addresses into account). What is counted beforehand and what is written goes by the same words.
 */
export const wantedCte = `wanted AS (
    SELECT p.id AS person_id, g.bulk, g.now, g.now + make_interval(secs => g.delay_ms / 1000.0) AS at, p.time_zone,
      coalesce(q.from_min, ${defaultQuiet.fromMin}) AS from_min, coalesce(q.to_min, ${defaultQuiet.toMin}) AS to_min,
      g.to_site AND coalesce(s.mode, 'on') <> 'off' AS site,
      CASE WHEN g.to_telegram AND g.has_bot AND l.person_id IS NOT NULL AND l.broken_at IS NULL THEN coalesce(t.mode, 'on') ELSE 'off' END AS telegram,
      CASE WHEN g.to_email AND b.email IS NULL THEN coalesce(e.mode, g.email_default) ELSE 'off' END AS email
    FROM given g CROSS JOIN people w JOIN person p ON p.id = w.person_id AND p.blocked_at IS NULL
    LEFT JOIN quiet_hours q ON q.person_id = p.id
    LEFT JOIN telegram_link l ON l.person_id = p.id
    LEFT JOIN mail_block b ON b.email = p.email
    LEFT JOIN notice_setting s ON s.person_id = p.id AND s.kind = g.kind AND s.channel = 'site'
    LEFT JOIN notice_setting t ON t.person_id = p.id AND t.kind = g.kind AND t.channel = 'telegram'
    LEFT JOIN notice_setting e ON e.person_id = p.id AND e.kind = g.kind AND e.channel = 'email'
  )`;

/**
 * The deliveries of a notice, as common tables of a statement. Before them stand `given` (as in `addNotice`), `made` (id of the notice) and
 * `people` (person_id); they end with `placed` (person_id, channel).
 */
export const deliveriesCte = `${wantedCte}, placed AS (
    INSERT INTO delivery (notice_id, person_id, channel, state, bulk, daily, silent, due_at, sent_at)
    SELECT made.id, w.person_id, c.channel::delivery_channel, CASE WHEN c.channel = 'site' THEN 'sent' ELSE 'waiting' END::delivery_state,
      w.bulk, c.channel = 'email' AND w.email = 'daily', c.channel = 'telegram' AND w.telegram = 'silent',
      CASE WHEN c.channel = 'site' THEN w.now
        WHEN c.channel = 'email' AND w.email = 'daily' THEN next_minute_of_day(w.at, w.time_zone, ${dailyAtMin})
        ELSE notice_due_at(w.at, w.time_zone, w.from_min, w.to_min) END,
      CASE WHEN c.channel = 'site' THEN w.now END
    FROM made CROSS JOIN wanted w CROSS JOIN (VALUES ('site'), ('telegram'), ('email')) AS c (channel)
    WHERE (c.channel = 'site' AND w.site) OR (c.channel = 'telegram' AND w.telegram <> 'off')
      OR (c.channel = 'email' AND (w.email IN ('always', 'daily') OR (w.email = 'instead' AND w.telegram = 'off')))
    ON CONFLICT (notice_id, person_id, channel) DO NOTHING RETURNING person_id, channel
  )`;

const hint = `json_build_object('kind', 'notices', 'threadId', NULL)`;

/** Tells the bells and whoever sends, as an expression behind `deliveriesCte`. */
export const toldOfPlaced = `concat(
    CASE WHEN (SELECT bulk FROM given) THEN (SELECT ${publishSql(`'everyone'`, hint)} WHERE EXISTS (SELECT FROM placed WHERE channel = 'site'))
      ELSE (SELECT string_agg(${publishSql(`'person:' || person_id`, hint)}, '') FROM placed WHERE channel = 'site') END,
    (SELECT ${publishSql(`'deliveries'`, `json_build_object('kind', 'due')`)} WHERE EXISTS (SELECT FROM placed WHERE channel <> 'site')))`;

/** `given` where the cause itself is a statement: for one person or a few, by every channel. @param values expressions of SQL */
export function givenSql(values: { now: string; kind: string; delayMs: string; hasBot: string; emailDefault: string }): string {
  const { now, kind, delayMs, hasBot, emailDefault } = values;
  return `given AS (SELECT ${now}::timestamptz AS now, ${kind} AS kind, ${delayMs}::int AS delay_ms, false AS bulk, true AS to_site, true AS to_telegram,
    true AS to_email, ${hasBot}::boolean AS has_bot, ${emailDefault} AS email_default)`;
}
