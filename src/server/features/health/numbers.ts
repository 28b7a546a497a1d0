import type pg from 'pg';
import { Gauge, Registry } from 'prom-client';
import type { App } from '../../platform/app.ts';

export interface QueueNumbers {
  name: string;
  /** Due, and not begun. */
  due: number;
  /** How long the oldest of them has waited. */
  lateMs: number;
  /** Given up within a day. */
  failed: number;
}

/** By kinds of jobs, each through indexes of its queue. Reads pg-boss's own table, which has no word for this. */
export async function getQueueNumbers(pool: pg.Pool): Promise<QueueNumbers[]> {
  const { rows } = await pool.query<QueueNumbers>({
    name: 'health-queue',
    text: `SELECT q.name, coalesce(w.due, 0)::int AS due, coalesce(w.late, 0)::float8 AS "lateMs", f.failed
      FROM pgboss.queue q
      LEFT JOIN (
        SELECT name, count(*) AS due, extract(epoch FROM now() - min(start_after)) * 1000 AS late
        FROM pgboss.job WHERE state < 'active' AND NOT blocked AND start_after <= now() GROUP BY name
      ) w ON w.name = q.name
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS failed FROM pgboss.job j
        WHERE j.name = q.name AND j.completed_on > now() - interval '1 day' AND j.state = 'failed'
      ) f
      WHERE q.name NOT LIKE '\\_\\_pgboss%' ORDER BY q.name`,
  });
  return rows;
}

/** Tables whose growth says what happens in the school. */
const counted = ['person', 'submission', 'chat_message', 'work', 'exam_attempt', 'delivery', 'payment_event'];

interface StateRow {
  channel: string;
  state: string;
  n: number;
}

/** Numbers that the database knows, the same in every process, in Prometheus' text. */
export async function readNumbers({ pool, config, clock }: App): Promise<string> {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `otlichno_${name}`, help, labelNames, registers: [registry] });
  const dayAgo = new Date(clock.now().getTime() - 86_400_000);
  const [queues, deliveries, tables, payments] = await Promise.all([
    getQueueNumbers(pool),
    pool.query<StateRow>({
      name: 'numbers-deliveries',
      text: `SELECT c.channel, s.state, (SELECT count(*)::int FROM delivery d
          WHERE d.channel = c.channel::delivery_channel AND d.state = s.state::delivery_state AND d.bulk IN (false, true) AND d.due_at > $1) AS n
        FROM (VALUES ('telegram'), ('email')) AS c (channel), (VALUES ('waiting'), ('sending'), ('sent'), ('failed'), ('skipped')) AS s (state)`,
      values: [dayAgo],
    }),
    pool.query<{ name: string; n: string }>({
      name: 'numbers-tables',
      text: 'SELECT relname AS name, n_tup_ins AS n FROM pg_stat_user_tables WHERE schemaname = current_schema() AND relname = ANY($1)',
      values: [counted],
    }),
    config.payments
      ? pool.query<{ state: string; n: number }>({
          name: 'numbers-payments',
          text: `SELECT a.state, count(*)::int AS n FROM payment_order o JOIN payment_attempt a ON a.order_id = o.id
            WHERE o.created_at > $1 GROUP BY a.state`,
          values: [dayAgo],
        })
      : { rows: [] },
  ]);
  const due = gauge('jobs_due', 'Jobs that are due and not begun', ['kind']);
  const late = gauge('jobs_oldest_due_seconds', 'How long the oldest due job has waited', ['kind']);
  const failed = gauge('jobs_given_up_day', 'Jobs given up within the last day', ['kind']);
  for (const { name: kind, ...numbers } of queues) {
    due.set({ kind }, numbers.due);
    late.set({ kind }, numbers.lateMs / 1000);
    failed.set({ kind }, numbers.failed);
  }
  const sent = gauge('deliveries_day', 'Deliveries that were due within the last day or are due later, by channel and state', [
    'channel',
    'state',
  ]);
  for (const { channel, state, n } of deliveries.rows) sent.set({ channel, state }, n);
  const rows = gauge('rows_inserted', 'Rows written since the database counts: people, answers, messages of chats …', ['table']);
  for (const { name: table, n } of tables.rows) rows.set({ table }, Number(n));
  const paid = gauge('payments_day', 'Tries to pay orders of the last day, by state', ['state']);
  for (const { state, n } of payments.rows) paid.set({ state }, n);
  return registry.metrics();
}
