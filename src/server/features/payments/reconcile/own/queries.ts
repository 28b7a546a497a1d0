import type { ProviderId } from '#shared/payments.ts';
import type { App } from '../../../../platform/app.ts';

/** What our own tables say twice, and not the same; about `provider`, or about nobody where nothing was ever paid. */
export interface OwnGap {
  kind: 'not-given' | 'no-right' | 'not-enrolled' | 'not-paid' | 'no-order' | 'ledger';
  provider: ProviderId;
  attemptId: string | null;
  orderId: string | null;
  personId: string | null;
  courseId: string | null;
  expectedMinor: number | null;
  foundMinor: number | null;
  currency: string | null;
}

const taken = `('captured', 'partly_refunded', 'refunded')`;

/** The attempt that a row of the office is about: the one with money, else the newest. */
const attemptOf = (order: string) =>
  `LEFT JOIN LATERAL (SELECT a.id, a.provider FROM payment_attempt a WHERE a.order_id = ${order} ORDER BY (a.state IN ${taken}) DESC, a.created_at DESC LIMIT 1) a ON true`;

/**
 * Each of these is written in one transaction with its cause, so a row here means a hand in the database, a restored copy, or a fault of ours. At most so many
 * of each: a thousand rows tell a person no more than a hundred.
 */
const gaps = `
  (SELECT 'not-given' AS kind, a.provider, a.id AS "attemptId", o.id AS "orderId", o.person_id AS "personId", o.course_id AS "courseId",
      NULL::int AS "expectedMinor", a.captured_minor AS "foundMinor", a.currency
    FROM payment_attempt a JOIN payment_order o ON o.id = a.order_id
    WHERE a.state = 'captured' AND a.held_reason IS NULL AND o.state <> 'paid' AND o.person_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM payment_refund r WHERE r.attempt_id = a.id AND r.state <> 'failed') LIMIT 100)
  UNION ALL
  (SELECT 'no-right', coalesce(a.provider, $2), a.id, o.id, o.person_id, o.course_id, o.amount_minor, NULL, o.currency
    FROM payment_order o ${attemptOf('o.id')}
    WHERE o.state = 'paid' AND o.person_id IS NOT NULL AND o.course_id IS NOT NULL AND (o.plan = 'once' OR o.period_end IS NOT NULL)
      AND NOT EXISTS (SELECT FROM entitlement e WHERE e.order_id = o.id) LIMIT 100)
  UNION ALL
  (SELECT 'not-enrolled', coalesce(a.provider, $2), a.id, o.id, e.person_id, e.course_id, o.amount_minor, NULL, o.currency
    FROM entitlement e JOIN payment_order o ON o.id = e.order_id ${attemptOf('o.id')}
    WHERE e.ended_at IS NULL AND (e.until_at IS NULL OR e.until_at > $1) AND e.person_id IS NOT NULL AND e.course_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM enrolment n WHERE n.person_id = e.person_id AND n.course_id = e.course_id) LIMIT 100)
  UNION ALL
  (SELECT 'not-paid', coalesce(a.provider, $2), a.id, o.id, e.person_id, e.course_id, o.amount_minor, 0, o.currency
    FROM entitlement e JOIN payment_order o ON o.id = e.order_id ${attemptOf('o.id')}
    WHERE e.ended_at IS NULL AND (e.until_at IS NULL OR e.until_at > $1)
      AND (o.state <> 'paid' OR (o.amount_minor > 0 AND NOT EXISTS (SELECT FROM payment_attempt p WHERE p.order_id = o.id AND p.state IN ${taken}))) LIMIT 100)
  UNION ALL
  (SELECT 'no-order', $2, NULL, NULL, n.person_id, n.course_id, NULL, NULL, NULL
    FROM enrolment n WHERE n.how = 'paid' AND (n.ends_at IS NULL OR n.ends_at > $1)
      AND NOT EXISTS (SELECT FROM entitlement e WHERE e.person_id = n.person_id AND e.course_id = n.course_id AND e.ended_at IS NULL) LIMIT 100)
  UNION ALL
  (SELECT 'ledger', a.provider, a.id, a.order_id, NULL, NULL, a.captured_minor - a.refunded_minor, coalesce(l.sum, 0)::int, a.currency
    FROM payment_attempt a LEFT JOIN LATERAL (SELECT sum(e.amount_minor) FROM payment_ledger e WHERE e.attempt_id = a.id) l ON true
    WHERE a.captured_minor - a.refunded_minor <> coalesce(l.sum, 0) LIMIT 100)`;

export async function listOwnGaps(app: App, anyProvider: ProviderId): Promise<OwnGap[]> {
  return (await app.pool.query<OwnGap>(gaps, [app.clock.now(), anyProvider])).rows;
}

export interface Doubt {
  attemptId: string;
  refundId: string | null;
  provider: ProviderId;
  amountMinor: number;
  currency: string;
}

/** Charges and refunds of which nobody has known for a while what became of them. */
export async function listDoubts(app: App, before: Date): Promise<Doubt[]> {
  const { rows } = await app.pool.query<Doubt>(
    `SELECT a.id AS "attemptId", NULL AS "refundId", a.provider, a.amount_minor AS "amountMinor", a.currency FROM payment_attempt a
      WHERE a.next_check_at IS NOT NULL AND a.sent_at < $1 AND a.kind = 'saved' AND a.state IN ('created', 'opened')
    UNION ALL
    SELECT a.id, r.id, a.provider, r.amount_minor, a.currency FROM payment_refund r JOIN payment_attempt a ON a.id = r.attempt_id
      WHERE r.next_try_at IS NOT NULL AND r.sent_at < $1 AND r.state = 'sent' LIMIT 200`,
    [before],
  );
  return rows;
}

/** Paid a day ago and more, and no receipt: told of where this provider tells of receipts, so that their absence means something. */
export async function listWithoutReceipt(app: App, provider: ProviderId, from: Date, to: Date): Promise<{ attemptId: string }[]> {
  const { rows } = await app.pool.query<{ attemptId: string }>(
    `SELECT a.id AS "attemptId" FROM payment_attempt a
      WHERE a.provider = $1 AND a.created_at >= $2 AND a.captured_at >= $2 AND a.captured_at < $3 AND a.receipt_url IS NULL AND NOT a.test
        AND EXISTS (SELECT FROM payment_event v WHERE v.provider = $1 AND v.received_at >= $2 AND lower(v.kind) = 'receipt') LIMIT 200`,
    [provider, from, to],
  );
  return rows;
}
