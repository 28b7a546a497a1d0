import * as z from 'zod';
import type { ProviderId } from '#shared/payments.ts';
import { paymentProviders } from '#shared/payments.ts';
import type { App } from '../../../platform/app.ts';
import type { WebhookNews } from '../../../platform/payments.ts';
import { keptNews, type Payable } from './rules.ts';

/** Purpose of the seal over messages: they name cards that can be charged. */
export const sealedFor = 'payments.event';

export interface KeptEvent {
  provider: ProviderId;
  attemptId: string | null;
  providerPaymentId: string | null;
  /** Null: sealed with another secret than the school has today. */
  tells: WebhookNews | null;
}

const kept = z.object({ tells: keptNews });

/** Null: it was worked off, or emptied. */
export async function findWaitingEvent(app: App, id: bigint): Promise<KeptEvent | null> {
  const row = await app.db.paymentEvent.findUnique({
    where: { id, processedAt: null },
    select: { provider: true, attemptId: true, providerPaymentId: true, body: true },
  });
  if (!row || row.body.length === 0) return null;
  const { attemptId, providerPaymentId } = row;
  return { provider: z.enum(paymentProviders).parse(row.provider), attemptId, providerPaymentId, tells: readKept(app, row.body) };
}

function readKept(app: App, body: Uint8Array): WebhookNews | null {
  let plain: string;
  try {
    plain = app.secrets.unseal(sealedFor, Buffer.from(body).toString());
  } catch {
    return null;
  }
  return kept.parse(JSON.parse(plain)).tells;
}

interface PayableRow extends Omit<Payable, 'amountMinor' | 'expiresAt' | 'personId' | 'orderState' | 'closedReason' | 'paidOtherwise'> {
  amount_minor: number;
  expires_at: Date;
  person_id: string | null;
  order_state: Payable['orderState'];
  closed_reason: string | null;
  paid_otherwise: boolean;
}

/** All that decides whether an attempt may be paid, in one statement: the payer waits before an open page. */
export async function findPayable(app: App, provider: ProviderId, attemptId: string): Promise<Payable | null> {
  const { rows } = await app.pool.query<PayableRow>({
    name: 'payments.payable',
    text: `SELECT a.kind, a.state, a.amount_minor, a.currency, a.test, a.expires_at, o.person_id, o.state AS order_state, o.closed_reason,
        EXISTS (SELECT FROM payment_attempt b WHERE b.order_id = o.id AND b.id <> a.id AND (b.state IN ('authorized', 'captured', 'partly_refunded', 'refunded')
          OR (b.kind = 'saved' AND b.sent_at IS NOT NULL AND b.state IN ('created', 'opened'))))
          OR EXISTS (SELECT FROM entitlement e WHERE e.person_id = o.person_id AND e.course_id = o.course_id AND e.order_id <> o.id AND e.ended_at IS NULL
            AND e.until_at IS NULL) AS paid_otherwise,
        EXISTS (SELECT FROM payment_switch s WHERE s.provider = a.provider)
          OR EXISTS (SELECT FROM course c WHERE c.id = o.course_id AND c.deleted_at IS NOT NULL) AS stopped
      FROM payment_attempt a JOIN payment_order o ON o.id = a.order_id WHERE a.id = $1 AND a.provider = $2`,
    values: [attemptId, provider],
  });
  const [row] = rows;
  if (!row) return null;
  return {
    kind: row.kind,
    state: row.state,
    amountMinor: row.amount_minor,
    currency: row.currency,
    test: row.test,
    expiresAt: row.expires_at,
    personId: row.person_id,
    orderState: row.order_state,
    closedReason: row.closed_reason,
    paidOtherwise: row.paid_otherwise,
    stopped: row.stopped,
  };
}

/** What a message is about, as the provider is to be asked for it. Null: it is none of ours. */
export async function findAttemptOf(
  app: App,
  { provider, attemptId, providerPaymentId }: Pick<KeptEvent, 'provider' | 'attemptId' | 'providerPaymentId'>,
): Promise<{ attemptId: string; providerPaymentId: string | null } | null> {
  const named = [...(attemptId === null ? [] : [{ id: attemptId }]), ...(providerPaymentId === null ? [] : [{ providerPaymentId }])];
  if (named.length === 0) return null;
  const row = await app.db.paymentAttempt.findFirst({ where: { provider, OR: named }, select: { id: true, providerPaymentId: true } });
  return row && { attemptId: row.id, providerPaymentId: providerPaymentId ?? row.providerPaymentId };
}
