import * as z from 'zod';
import { issueKinds, paymentProviders, paymentsPageSize } from '#shared/payments.ts';
import type { IssueDto, issuesDto, issuesInput } from '#shared/payments-office.ts';
import type { App } from '../../../platform/app.ts';

interface IssueRow {
  id: string;
  kind: string;
  provider: string;
  attempt_id: string | null;
  provider_payment_id: string | null;
  data: unknown;
  first_seen_at: Date;
  last_seen_at: Date;
  resolved_at: Date | null;
  note: string | null;
  order_id: string | null;
  order_number: number | null;
  resolved_by: string | null;
  person_id: string | null;
  person_name: string | null;
  title: string | null;
}

/** A course that is open without an order is named by its key: «person:course». */
const ofEnrolment = (part: 1 | 2) =>
  `CASE WHEN i.data ->> 'detail' = 'enrolment' AND i.key ~ '^[0-9a-f-]{36}:[0-9a-f-]{36}$' THEN split_part(i.key, ':', ${part})::uuid END`;

/** Open ones oldest first; resolved ones newest first. */
export async function listIssues(app: App, { open, kind, cursor }: z.output<typeof issuesInput>): Promise<z.output<typeof issuesDto>> {
  const [, ms, after] = /^(\d{1,15}) ([0-9a-f-]{36})$/.exec(cursor ?? '') ?? [];
  const place = open ? '(i.first_seen_at, i.id)' : '(i.resolved_at, i.id)';
  const [order, behind] = open ? ['ASC', '>'] : ['DESC', '<'];
  const { rows } = await app.pool.query<IssueRow>(
    `SELECT i.id, i.kind, i.provider, i.attempt_id, coalesce(i.provider_payment_id, a.provider_payment_id) AS provider_payment_id, i.data, i.first_seen_at,
      i.last_seen_at, i.resolved_at, i.note, o.id AS order_id, o.number AS order_number, concat_ws(' ', p.first_name, p.last_name) AS resolved_by,
      s.id AS person_id, concat_ws(' ', s.last_name, s.first_name) AS person_name, coalesce(o.title, c.title) AS title
    FROM payment_issue i LEFT JOIN payment_attempt a ON a.id = i.attempt_id LEFT JOIN payment_order o ON o.id = a.order_id
      LEFT JOIN person p ON p.id = i.resolved_by_id
      LEFT JOIN person s ON s.id = coalesce(o.person_id, ${ofEnrolment(1)})
      LEFT JOIN course c ON c.id = ${ofEnrolment(2)}
    WHERE i.resolved_at IS ${open ? 'NULL' : 'NOT NULL'} AND ($1::text IS NULL OR i.kind = $1)
      AND ($2::timestamptz IS NULL OR ${place} ${behind} ($2, $3::uuid))
    ORDER BY ${place.slice(1, -1).replaceAll(',', ` ${order},`)} ${order} LIMIT ${paymentsPageSize + 1}`,
    [kind ?? null, ms === undefined ? null : new Date(Number(ms)), after ?? null],
  );
  const page = rows.slice(0, paymentsPageSize);
  const last = page.at(-1);
  const at = open ? last?.first_seen_at : last?.resolved_at;
  return { items: page.map(toIssueDto), nextCursor: rows.length > paymentsPageSize && last && at ? `${at.getTime()} ${last.id}` : null };
}

/** What is kept of an issue besides its columns. */
export const foundData = z.object({
  expectedMinor: z.int().nullable().default(null),
  foundMinor: z.int().nullable().default(null),
  currency: z.string().nullable().default(null),
  detail: z.string().nullable().default(null),
});

function toIssueDto(row: IssueRow): IssueDto {
  return {
    id: row.id,
    kind: z.enum(issueKinds).parse(row.kind),
    provider: z.enum(paymentProviders).parse(row.provider),
    orderId: row.order_id,
    orderNumber: row.order_number,
    attemptId: row.attempt_id,
    person: row.person_id === null ? null : { id: row.person_id, name: row.person_name ?? '' },
    title: row.title,
    providerPaymentId: row.provider_payment_id,
    ...foundData.parse(row.data),
    firstSeenAt: row.first_seen_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    resolvedAt: row.resolved_at?.toISOString() ?? null,
    resolvedBy: row.resolved_by || null,
    note: row.note,
  };
}
