import type { BlockedAddressesDto, DeliveryOverviewDto } from '#shared/notifications.ts';
import type { App } from '../../../platform/app.ts';
import { patience } from '../deliver/rules.ts';

const day = 86_400_000;
/** Who speaks to Telegram says so every minute. */
const silenceMs = 5 * 60_000;

/** How delivery is. Four statements, each a part of an index, however long the journal is. */
export async function getOverview(app: App): Promise<DeliveryOverviewDto> {
  const [state, links, blocked, queues] = await Promise.all([
    telegramState(app),
    app.pool.query<{ linked: number; broken: number }>({
      name: 'delivery-links',
      text: 'SELECT count(*) FILTER (WHERE broken_at IS NULL)::int AS linked, count(broken_at)::int AS broken FROM telegram_link',
    }),
    app.db.mailBlock.count(),
    queuesOf(app),
  ]);
  return { telegram: { ...state, linked: links.rows[0]?.linked ?? 0, broken: links.rows[0]?.broken ?? 0 }, mail: { blocked }, queues };
}

type Telegram = Omit<DeliveryOverviewDto['telegram'], 'linked' | 'broken'>;

async function telegramState(app: App): Promise<Telegram> {
  const { telegram } = app.config;
  const nothing = { botName: null, mode: null, trouble: null, details: null, since: null };
  if (!telegram) return { state: 'off', ...nothing };
  const row = await app.db.telegramState.findUnique({ where: { botId: telegram.botId } });
  if (!row) return { state: 'waiting', ...nothing };
  const isHeard = row.okAt !== null && app.clock.now().getTime() - row.okAt.getTime() < silenceMs;
  const trouble = (['token', 'network', 'conflict', 'refused'] as const).find((known) => known === row.trouble) ?? null;
  return {
    state: trouble ? 'trouble' : isHeard ? 'working' : 'waiting',
    botName: row.username,
    mode: row.mode === 'polling' || row.mode === 'webhook' ? row.mode : null,
    trouble,
    details: row.details,
    since: (trouble ? row.troubleAt : row.okAt)?.toISOString() ?? null,
  };
}

interface QueueRow {
  channel: 'telegram' | 'email';
  due: number;
  later: number;
  oldest: Date | null;
  failed: number;
  sent: number;
}

async function queuesOf(app: App): Promise<DeliveryOverviewDto['queues']> {
  const now = app.clock.now();
  // What was sent or given up within a day was due at most so long before: a part of the index that does not grow with the years.
  const dueFrom = new Date(now.getTime() - patience.email - 2 * day);
  const rows = (states: string) =>
    `FROM delivery d WHERE d.channel = c.channel::delivery_channel AND d.state ${states} AND d.bulk IN (false, true)`;
  const { rows: found } = await app.pool.query<QueueRow>({
    name: 'delivery-queues',
    text: `SELECT c.channel, w.due, w.later, w.oldest, (SELECT count(*)::int ${rows(`= 'failed'`)} AND d.due_at > $2) AS failed,
        (SELECT count(*)::int ${rows(`= 'sent'`)} AND d.due_at > $3 AND d.sent_at > $2) AS sent
      FROM (VALUES ('telegram'), ('email')) AS c (channel) CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE d.due_at <= $1)::int AS due, count(*) FILTER (WHERE d.due_at > $1)::int AS later,
          min(d.due_at) FILTER (WHERE d.due_at <= $1) AS oldest ${rows(`IN ('waiting', 'sending')`)}
      ) w`,
    values: [now, new Date(now.getTime() - day), dueFrom],
  });
  return found.map(({ channel, due, later, oldest, failed, sent }) => ({
    channel,
    due,
    later,
    oldestDueAt: oldest?.toISOString() ?? null,
    failedToday: failed,
    sentToday: sent,
  }));
}

const pageSize = 50;

/** Addresses that no notice goes to, the newest first. */
export async function listBlocked(app: App, { cursor }: { cursor?: string | undefined }): Promise<BlockedAddressesDto> {
  const [, at, email] = /^(\d{1,15}) (.+)$/.exec(cursor ?? '') ?? [];
  const { rows } = await app.pool.query<{
    email: string;
    reason: 'mailbox' | 'domain';
    answer: string;
    blocked_at: Date;
    person_id: string | null;
    name: string | null;
  }>({
    name: 'delivery-blocked',
    text: `SELECT b.email, b.reason, b.answer, b.blocked_at, p.id AS person_id, concat_ws(' ', p.first_name, p.last_name) AS name
      FROM mail_block b LEFT JOIN person p ON p.email = b.email
      WHERE $1::timestamptz IS NULL OR (b.blocked_at, b.email) < ($1, $2) ORDER BY b.blocked_at DESC, b.email DESC LIMIT ${pageSize + 1}`,
    values: [at === undefined ? null : new Date(Number(at)), email ?? ''],
  });
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      email: row.email,
      reason: row.reason,
      answer: row.answer,
      blockedAt: row.blocked_at.toISOString(),
      person: row.person_id === null ? null : { id: row.person_id, name: row.name ?? '' },
    })),
    nextCursor: rows.length > pageSize && last ? `${last.blocked_at.getTime()} ${last.email}` : null,
  };
}
