import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { LinkButton } from '#client/ui/link-button.tsx';
import classes from './dashboard.module.css';

/** Parts of the school that do not work, where there are any: a school that is well needs no line. */
export function Health() {
  const { health } = useOfficeText();
  const { data } = trpc.health.brief.useQuery(undefined, { refetchInterval: 5 * 60_000 });
  if (!data || data.failed + data.warnings === 0) return null;
  return (
    <section aria-labelledby="dashboard-health">
      <h2 id="dashboard-health">{health.dashboard.title}</h2>
      <p className={classes.lead}>{data.failed > 0 ? health.failed(data.failed) : health.warnings(data.warnings)}</p>
      {data.failed > 0 && data.warnings > 0 && <p className={classes.note}>{health.warnings(data.warnings)}</p>}
      <LinkButton href="/admin/health" variant="default" size="sm" className={classes.action}>
        {health.dashboard.action}
      </LinkButton>
    </section>
  );
}
