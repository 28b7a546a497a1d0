/** Compares what the school said yes to with what it has, once nothing is on its way any more. */
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Acquirer } from '#server/acquirer/types.ts';
import { mailChannel } from '#server/features/notifications/channels/mail.ts';
import type { App } from '#server/platform/app.ts';
import { firstPersonId, type TelegramAt } from '#server/testing/telegram-process.ts';
import type { Deeds } from './people.ts';
import type { Post } from './stand-ins.ts';

export interface Findings {
  /** Acknowledged and not there, or there otherwise. */
  lost: string[];
  /** There more than once. */
  doubled: string[];
  /** Letters and messages of Telegram that came twice. Those that were on their way at a fault may. */
  repeated: string[];
  /** Jobs, deliveries, orders and messages of acquirers that come to no end; locks and transactions that nobody gives back. */
  stuck: string[];
}

export interface World {
  app: App;
  deeds: Deeds;
  post: Post;
  telegram: TelegramAt;
  listeners: number;
  acquirer: Acquirer;
}

/** How many findings fail a run, where so many letters and messages were on their way at faults. */
export const failures = ({ lost, doubled, repeated, stuck }: Findings, onTheirWay: number): number =>
  lost.length + doubled.length + stuck.length + Math.max(0, repeated.length - onTheirWay);

export async function compare({ app, deeds, post, telegram, listeners, acquirer }: World): Promise<Findings> {
  const found: Findings = { lost: [], doubled: [], repeated: [], stuck: [] };
  const rows = async <Row extends object>(text: string, values: unknown[] = []) => (await app.pool.query<Row>(text, values)).rows;
  const counted = async (what: string, keys: string[], text: string) => {
    const times = new Map((await rows<{ key: string; n: number }>(text, [keys])).map(({ key, n }) => [key, n]));
    for (const key of keys) {
      const n = times.get(key) ?? 0;
      if (n === 0) found.lost.push(`${what} ${key}`);
      if (n > 1) found.doubled.push(`${what} ${key}`);
    }
  };

  await counted(
    'answer',
    deeds.answers.map(({ clientId, personId, taskId, value }) => [clientId, personId, taskId, value].join(' ')),
    `SELECT concat_ws(' ', client_id, person_id, task_id, given #>> '{}') AS key, count(*)::int AS n FROM submission
    WHERE concat_ws(' ', client_id, person_id, task_id, given #>> '{}') = ANY($1) GROUP BY 1`,
  );
  // An answer that was not acknowledged may have been counted; nothing may have been counted that nobody gave, or twice.
  for (const { key } of await rows<{ key: string }>(
    `SELECT p.person_id::text AS key FROM task_progress p WHERE p.wrong_count <> (SELECT count(*) FROM submission s
      WHERE s.person_id = p.person_id AND s.task_id = p.task_id AND s.verdict = 'wrong')`,
  ))
    found.doubled.push(`progress that is not what was answered, of ${key}`);
  for (const { attemptId, taskId, value } of deeds.exam.values()) {
    const [row] = await rows<{ given: unknown }>('SELECT given FROM exam_answer WHERE attempt_id = $1 AND task_id = $2', [
      attemptId,
      taskId,
    ]);
    if (row?.given !== value) found.lost.push(`exam answer ${attemptId} ${taskId}: ${value}, and not ${JSON.stringify(row?.given)}`);
  }
  await counted(
    'message',
    [...deeds.messages],
    'SELECT client_id::text AS key, count(*)::int AS n FROM chat_message WHERE client_id = ANY($1::uuid[]) GROUP BY 1',
  );
  for (const { thread } of await rows<{ thread: string }>(
    'SELECT thread_id AS thread FROM chat_message GROUP BY 1 HAVING count(*) <> max(seq) OR count(DISTINCT body) <> count(*)',
  ))
    found.doubled.push(`messages with gaps or twins in thread ${thread}`);
  for (const { uploadId, clientId, sha256 } of deeds.files) {
    const kept = await rows<{ key: string }>(
      'SELECT f.storage_key AS key FROM chat_file f JOIN chat_message m ON m.thread_id = f.thread_id AND m.seq = f.seq WHERE m.client_id = $1',
      [clientId],
    );
    const bytes = kept[0] ? await buffer(app.storage.read(kept[0].key)).catch(() => null) : null;
    if (bytes === null || createHash('sha256').update(bytes).digest('hex') !== sha256) found.lost.push(`file ${uploadId}`);
    if (kept.length > 1) found.doubled.push(`file ${uploadId}`);
  }
  await counted('account', deeds.registered, 'SELECT email AS key, count(*)::int AS n FROM person WHERE email = ANY($1) GROUP BY 1');
  await counted(
    'sign-in',
    [...deeds.signedIn.values()],
    `SELECT p.id::text AS key, 1 AS n FROM person p
    WHERE p.email_verified_at IS NOT NULL AND p.id = ANY($1::uuid[]) AND EXISTS (SELECT 1 FROM session s WHERE s.person_id = p.id)`,
  );
  await counted(
    'order',
    deeds.orders.map(({ clientId }) => clientId),
    'SELECT client_id::text AS key, count(*)::int AS n FROM payment_order WHERE client_id = ANY($1::uuid[]) GROUP BY 1',
  );
  await compareMoney();
  await compareTold();
  await lookForStuck();
  return found;

  /** What the acquirers took is in the books once, to the kopeck, and has opened the course. */
  async function compareMoney(): Promise<void> {
    const paid = acquirer.payments().filter(({ capturedMinor }) => capturedMinor > 0);
    const books = await rows<{ key: string; n: number; minor: number; open: boolean }>(
      `SELECT a.id::text AS key, count(l.id)::int AS n, coalesce(sum(l.amount_minor), 0)::int AS minor,
        EXISTS (SELECT 1 FROM entitlement e WHERE e.order_id = a.order_id AND e.ended_at IS NULL) AS open
      FROM payment_attempt a LEFT JOIN payment_ledger l ON l.attempt_id = a.id GROUP BY a.id`,
    );
    for (const { attemptId, capturedMinor } of paid) {
      const book = books.find(({ key }) => key === attemptId);
      if (!book || book.minor < capturedMinor || !book.open) found.lost.push(`payment ${attemptId}`);
      else if (book.n > 1 || book.minor > capturedMinor) found.doubled.push(`payment ${attemptId}`);
    }
    for (const { key, n } of books)
      if (n > 0 && !paid.some(({ attemptId }) => attemptId === key)) found.doubled.push(`money in the books that nobody paid: ${key}`);
  }

  /** Every address that registered has a letter, every listener every broadcast. */
  async function compareTold(): Promise<void> {
    for (const email of deeds.registered) if (!post.taken.some(({ to }) => to === email)) found.lost.push(`letter to ${email}`);
    const letters = Map.groupBy(post.taken, ({ to, subject, messageId }) => `${to} ${/\d{6}/.exec(subject)?.[0] ?? messageId}`);
    for (const [letter, times] of letters) for (const _ of times.slice(1)) found.repeated.push(`letter ${letter}`);
    const { chats } = await telegram.statistics();
    for (let n = 0; n < listeners; n += 1) {
      const { accepted = 0, unheard = 0 } = chats[firstPersonId + n] ?? {};
      const message = `Telegram message to ${firstPersonId + n}`;
      for (let count = accepted; count < deeds.broadcasts.length; count += 1) found.lost.push(message);
      for (let count = deeds.broadcasts.length; count < accepted - unheard; count += 1) found.repeated.push(message);
    }
  }

  async function lookForStuck(): Promise<void> {
    const stuck = await rows<{ line: string }>(
      // What runs by a cron line has its next turn anyhow; the queue's own jobs (__pgboss__) bring those turns, and are given up after a quarter of an hour.
      `SELECT 'job ' || name || ' ' || state AS line FROM pgboss.job
        WHERE name NOT LIKE '\\_\\_pgboss%' AND (state IN ('active', 'retry') OR (state = 'created' AND start_after < now())
          OR (state = 'failed' AND name NOT IN (SELECT name FROM pgboss.schedule)))
      UNION ALL SELECT 'delivery ' || id || ' ' || state FROM delivery WHERE channel <> 'site' AND state IN ('waiting', 'sending', 'failed')
      UNION ALL SELECT 'message of an acquirer ' || id FROM payment_event WHERE processed_at IS NULL
      UNION ALL SELECT 'lock ' || l.classid || ' ' || l.objid || ' of ' || a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE a.datname = current_database() AND l.locktype = 'advisory' AND a.application_name NOT LIKE 'otlichno-leader%'
      UNION ALL SELECT 'transaction of ' || application_name FROM pg_stat_activity
        WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
    );
    found.stuck.push(...stuck.map(({ line }) => line));
  }
}

/**
 * As if minutes had gone by: what waits for its next try is tried now, and what a dead process had in hand is another's.
 * @param inHandSeconds a letter or a job that has been in hand for longer is nobody's any more; a living process takes a minute at most
 */
export async function hurry(app: App, inHandSeconds = 60): Promise<void> {
  await app.pool.query(
    `UPDATE pgboss.job SET state = 'retry', start_after = now()
    WHERE (state = 'retry' AND start_after > now()) OR (state = 'active' AND started_on < now() - make_interval(secs => $1))`,
    [inHandSeconds],
  );
  await app.pool.query(
    `UPDATE delivery SET due_at = now(), lease_until = CASE WHEN lease_until < now() + make_interval(secs => $1) THEN now() ELSE lease_until END
    WHERE state IN ('waiting', 'sending')`,
    [mailChannel.leaseMs / 1000 - inHandSeconds],
  );
  await app.pool.query('UPDATE rate_limit SET expire = expire - 60000');
}
