import * as z from 'zod';
import { paymentProviders } from '#shared/payments.ts';
import { checkKinds, type checksDto } from '#shared/payments-office.ts';
import type { App } from '../../../platform/app.ts';

const found = z.record(z.string(), z.int());

/** The newest look of each kind and provider. */
export async function listChecks(app: App): Promise<z.output<typeof checksDto>> {
  const { rows } = await app.pool.query<{
    kind: string;
    provider: string | null;
    started_at: Date;
    finished_at: Date | null;
    seen: number;
    found: unknown;
    error: string | null;
  }>(
    // For each kind its newest rows, of which there are few: not a walk over all there ever were.
    `SELECT c.kind, c.provider, c.started_at, c.finished_at, c.seen, c.found, c.error
    FROM unnest($1::text[]) WITH ORDINALITY AS k (kind, place) CROSS JOIN unnest($2::text[]) WITH ORDINALITY AS p (provider, rank)
    CROSS JOIN LATERAL (SELECT * FROM payment_check c WHERE c.kind = k.kind AND c.provider = p.provider ORDER BY c.started_at DESC LIMIT 1) c
    ORDER BY k.place, p.rank`,
    [[...checkKinds], [...paymentProviders]],
  );
  return rows.map((row) => ({
    kind: z.enum(checkKinds).parse(row.kind),
    provider: z.enum(paymentProviders).nullable().parse(row.provider),
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    seen: row.seen,
    found: Object.values(found.parse(row.found)).reduce((sum, count) => sum + count, 0),
    error: row.error,
  }));
}
