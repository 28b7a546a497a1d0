import { useMe } from '#client/lib/me.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { LinkButton } from '#client/ui/link-button.tsx';
import classes from './dashboard.module.css';

/** Discrepancies with the banks, where there are any: money that agrees needs no line. */
export function Money() {
  const { payments } = useOfficeText();
  const taken = useMe()?.payments === true;
  const { data } = trpc.payments.office.overview.useQuery(undefined, { enabled: taken, refetchInterval: 60_000 });
  if (!data || data.openIssues === 0) return null;
  return (
    <section aria-labelledby="dashboard-payments">
      <h2 id="dashboard-payments">{payments.dashboard.title}</h2>
      <p className={classes.lead}>{payments.openIssues(data.openIssues)}</p>
      <p className={classes.note}>{payments.dashboard.text}</p>
      <LinkButton href="/admin/payments/issues" variant="default" size="sm" className={classes.action}>
        {payments.dashboard.action}
      </LinkButton>
    </section>
  );
}
