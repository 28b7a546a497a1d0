import { dailyAtMin, defaultMode, defaultQuiet, noticeKinds } from '#shared/notification-rules.ts';
import type { App } from '../../../platform/app.ts';
import { publishSql } from '../../../platform/bus.ts';
import type { Claimed, DeadAddress, SentToChat } from '../channels/channel.ts';

/** What became of a delivery. */
export interface Result {
  delivery: Claimed;
  state: 'sent' | 'waiting' | 'failed' | 'skipped';
  reason: string | null;
  /** When it is tried again; left out: as before. */
  dueAt?: Date;
  /** This was no try. */
  uncounted?: boolean;
  /** A letter takes its place. */
  instead?: boolean;
  /** Its Telegram takes nothing any more: `reason` says why. */
  brokenChat?: bigint;
  deadAddress?: DeadAddress;
  sent?: SentToChat;
}

const mailDefault = `CASE o.kind ${noticeKinds.map((kind) => `WHEN '${kind}' THEN '${defaultMode(kind, 'email')}'`).join(' ')} ELSE 'off' END`;
const hint = `json_build_object('kind', 'notices', 'threadId', NULL)`;

/**
 * Writes down what became of some deliveries, and all that follows from it, in one statement: a Telegram that takes nothing, an address that is dead,
 * letters instead, messages that can be replied to. What another process has taken over meanwhile is left to it, unless it was sent after all.
 */
export async function writeResults(app: App, results: readonly Result[]): Promise<void> {
  const rows = results.map(({ delivery, state, reason, dueAt, uncounted, instead, brokenChat, deadAddress, sent }) => ({
    id: delivery.id,
    attempts: delivery.attempts,
    state,
    reason,
    due: dueAt ?? null,
    uncounted: uncounted ?? false,
    instead: instead ?? false,
    broken: brokenChat?.toString() ?? null,
    dead: deadAddress?.email ?? null,
    dead_why: deadAddress?.reason ?? null,
    dead_answer: deadAddress?.answer ?? null,
    bot: sent?.botId.toString() ?? null,
    chat: sent?.chatId.toString() ?? null,
    messages: sent?.messageIds ?? [],
    thread: sent?.threadId ?? null,
  }));
  await app.pool.query({
    name: 'deliveries-results',
    text: `WITH r AS (
      SELECT * FROM jsonb_to_recordset($1::jsonb) AS r (id bigint, attempts int, state text, reason text, due timestamptz, uncounted boolean,
        instead boolean, broken bigint, dead text, dead_why text, dead_answer text, bot bigint, chat bigint, messages jsonb, thread uuid)
    ), outcome AS (
      UPDATE delivery d SET state = CASE WHEN r.state = 'waiting' AND n.cancelled_at IS NOT NULL THEN 'cancelled' ELSE r.state END::delivery_state,
        reason = r.reason, due_at = coalesce(r.due, d.due_at), lease_until = NULL, attempts = d.attempts - r.uncounted::int,
        sent_at = CASE WHEN r.state = 'sent' THEN $2::timestamptz END
      FROM r, notice n
      WHERE d.id = r.id AND n.id = d.notice_id
        AND ((d.state = 'sending' AND d.attempts = r.attempts) OR (r.state = 'sent' AND d.state IN ('waiting', 'sending')))
      RETURNING d.id, d.notice_id, d.person_id, d.bulk, n.kind, r.reason, r.instead AND n.by_mail AND n.cancelled_at IS NULL AS instead, r.broken, r.dead,
        r.dead_why, r.dead_answer, r.bot, r.chat, r.messages, r.thread
    ), broken AS (
      UPDATE telegram_link l SET broken_at = $2::timestamptz, broken_why = o.reason FROM outcome o
      WHERE l.person_id = o.person_id AND l.telegram_id = o.broken AND l.broken_at IS NULL RETURNING l.person_id
    ), dead AS (
      INSERT INTO mail_block (email, reason, answer, blocked_at) SELECT DISTINCT ON (dead) dead, dead_why, dead_answer, $2::timestamptz
      FROM outcome WHERE dead IS NOT NULL ON CONFLICT (email) DO NOTHING RETURNING email
    ), replies AS (
      INSERT INTO telegram_message (bot_id, telegram_id, message_id, thread_id, delivery_id, sent_at)
      SELECT o.bot, o.chat, m.id::int, o.thread, o.id, $2::timestamptz FROM outcome o CROSS JOIN LATERAL jsonb_array_elements_text(o.messages) AS m (id)
      WHERE EXISTS (SELECT FROM chat_thread WHERE id = o.thread) ON CONFLICT DO NOTHING
    ), letters AS (
      INSERT INTO delivery (notice_id, person_id, channel, bulk, instead, daily, due_at)
      SELECT o.notice_id, o.person_id, 'email', o.bulk, true, coalesce(e.mode, '') = 'daily',
        CASE WHEN e.mode = 'daily' THEN next_minute_of_day($2::timestamptz, p.time_zone, ${dailyAtMin})
          ELSE notice_due_at($2::timestamptz, p.time_zone, coalesce(q.from_min, ${defaultQuiet.fromMin}), coalesce(q.to_min, ${defaultQuiet.toMin})) END
      FROM outcome o JOIN person p ON p.id = o.person_id AND p.blocked_at IS NULL
      LEFT JOIN mail_block b ON b.email = p.email LEFT JOIN quiet_hours q ON q.person_id = p.id
      LEFT JOIN notice_setting e ON e.person_id = p.id AND e.kind = o.kind AND e.channel = 'email'
      WHERE o.instead AND b.email IS NULL AND coalesce(e.mode, ${mailDefault}) <> 'off'
      ON CONFLICT (notice_id, person_id, channel) DO NOTHING RETURNING id
    )
    SELECT (SELECT ${publishSql(`'deliveries'`, `json_build_object('kind', 'due')`)} WHERE EXISTS (SELECT FROM letters)),
      (SELECT string_agg(${publishSql(`'person:' || person_id`, hint)}, '') FROM broken)`,
    values: [JSON.stringify(rows), app.clock.now()],
  });
}
