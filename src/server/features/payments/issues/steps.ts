import { Prisma } from '#prisma/generated/client.ts';
import type { IssueKind, ProviderId } from '#shared/payments.ts';
import type { App } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';
import { addNotice } from '../../notifications/enqueue.ts';

export interface NewIssue {
  kind: IssueKind;
  /** What it is about: found again, it is the same issue. */
  key: string;
  provider: ProviderId;
  attemptId?: string | null;
  refundId?: string | null;
  providerPaymentId?: string | null;
  expectedMinor?: number | null;
  foundMinor?: number | null;
  currency?: string | null;
  detail?: string | null;
  /** The server has mended it: written down as resolved, and nobody is called. */
  mended?: boolean;
}

/**
 * Writes down that something about money wants a look, and calls the moderators the first time. What a person has resolved stays resolved when it is found
 * again: they knew. What had come right by itself and is found again is open anew, and they are called again.
 */
export async function raiseIssue(app: App, tx: Tx, issue: NewIssue): Promise<void> {
  const { kind, key, provider, mended = false } = issue;
  const { expectedMinor = null, foundMinor = null, currency = null, detail = null } = issue;
  const now = app.clock.now();
  const data = JSON.stringify({ expectedMinor, foundMinor, currency, detail });
  const [row] = await tx.$queryRaw<{ id: string; first_seen_at: Date; fresh: boolean }[]>`
    INSERT INTO payment_issue AS i (kind, key, provider, attempt_id, refund_id, provider_payment_id, data, first_seen_at, last_seen_at, resolved_at)
    VALUES (${kind}, ${key}, ${provider}, ${issue.attemptId ?? null}::uuid, ${issue.refundId ?? null}::uuid, ${issue.providerPaymentId ?? null},
      ${data}::jsonb, ${now}, ${now}, ${mended ? now : null}::timestamptz)
    ON CONFLICT (kind, key) DO UPDATE SET last_seen_at = EXCLUDED.last_seen_at,
      data = CASE WHEN i.resolved_by_id IS NULL THEN EXCLUDED.data ELSE i.data END,
      first_seen_at = CASE WHEN i.resolved_at IS NOT NULL AND i.resolved_by_id IS NULL THEN EXCLUDED.first_seen_at ELSE i.first_seen_at END,
      resolved_at = CASE WHEN i.resolved_by_id IS NULL THEN EXCLUDED.resolved_at ELSE i.resolved_at END
    RETURNING id, first_seen_at, resolved_at IS NULL AND first_seen_at = ${now} AS fresh`;
  if (!row?.fresh) return;
  const people = Prisma.sql`SELECT id AS person_id FROM person WHERE role = 'moderator' AND blocked_at IS NULL`;
  const about = `${row.id}:${row.first_seen_at.getTime()}`;
  await addNotice(app, tx, { kind: 'alert', about, data: { issueId: row.id } }, people);
}

/** It has come right by itself. */
export async function settleIssue(app: App, tx: Tx, kind: IssueKind, key: string): Promise<void> {
  await tx.paymentIssue.updateMany({ where: { kind, key, resolvedAt: null }, data: { resolvedAt: app.clock.now() } });
}
