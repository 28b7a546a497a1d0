import { webhooksPath } from '#shared/payments.ts';
import type { PaymentsOverviewDto } from '#shared/payments-office.ts';
import type { App } from '../../../../platform/app.ts';
import { paymentsOf } from '../../provider.ts';
import { namesOf } from '../queries.ts';

const dayMs = 24 * 60 * 60_000;
const sumsDays = 30;

interface SumRow {
  currency: string;
  paid: number;
  refunded: number;
  payments: number;
}

interface CountsRow {
  active: number;
  past_due: number;
  cancelled: number;
  issues: number;
}

/** How payments stand: providers, the last thirty days, subscriptions, what wants a person. */
export async function getOverview(app: App): Promise<PaymentsOverviewDto> {
  const payments = paymentsOf(app);
  const since = new Date(app.clock.now().getTime() - sumsDays * dayMs);
  const [sums, counts, switches, events] = await Promise.all([
    app.pool.query<SumRow>({
      name: 'payments-sums',
      text: `SELECT currency, coalesce(sum(amount_minor) FILTER (WHERE kind = 'payment'), 0)::float8 AS paid,
          coalesce(-sum(amount_minor) FILTER (WHERE kind <> 'payment'), 0)::float8 AS refunded, count(*) FILTER (WHERE kind = 'payment')::int AS payments
        FROM payment_ledger WHERE at >= $1 GROUP BY currency ORDER BY 2 DESC, 1`,
      values: [since],
    }),
    app.pool.query<CountsRow>({
      name: 'payments-counts',
      text: `SELECT (SELECT count(*)::int FROM subscription WHERE state = 'active' AND cancelled_at IS NULL) AS active,
          (SELECT count(*)::int FROM subscription WHERE state = 'past_due' AND cancelled_at IS NULL) AS past_due,
          (SELECT count(*)::int FROM subscription WHERE state IN ('active', 'past_due') AND cancelled_at IS NOT NULL) AS cancelled,
          (SELECT count(*)::int FROM payment_issue WHERE resolved_at IS NULL) AS issues`,
    }),
    app.db.paymentSwitch.findMany({ select: { provider: true, stoppedAt: true, byId: true } }),
    app.pool.query<{ provider: string; at: Date | null }>({
      name: 'payments-last-events',
      text: `SELECT p.provider, (SELECT e.received_at FROM payment_event e WHERE e.provider = p.provider ORDER BY e.received_at DESC LIMIT 1) AS at
        FROM unnest($1::text[]) AS p (provider)`,
      values: [payments.all.map(({ id }) => id)],
    }),
  ]);
  const names = await namesOf(
    app,
    switches.map(({ byId }) => byId),
  );
  const [count] = counts.rows;
  return {
    providers: payments.all.map(({ id, test, currencies, webhooks }) => {
      const stopped = switches.find(({ provider }) => provider === id);
      return {
        id,
        test,
        currencies: [...currencies],
        stoppedAt: stopped?.stoppedAt.toISOString() ?? null,
        stoppedBy: stopped ? (names.get(stopped.byId) ?? null) : null,
        webhooks: webhooks.map(({ name, path }) => ({ name, url: `${app.config.publicUrl}${webhooksPath}/${path}` })),
        lastEventAt: events.rows.find(({ provider }) => provider === id)?.at?.toISOString() ?? null,
      };
    }),
    sums: sums.rows.map(({ currency, paid, refunded, payments: number }) => ({
      currency,
      paidMinor: paid,
      refundedMinor: refunded,
      payments: number,
    })),
    subscriptions: { active: count?.active ?? 0, pastDue: count?.past_due ?? 0, cancelled: count?.cancelled ?? 0 },
    openIssues: count?.issues ?? 0,
  };
}
