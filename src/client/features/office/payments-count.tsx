import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import hidden from '#client/ui/type.module.css';
import classes from './office-frame.module.css';

/** How many discrepancies with the banks wait for a person; nothing where none does. */
export function PaymentsCount() {
  const { payments } = useOfficeText();
  const format = useFormat();
  const { data } = trpc.payments.office.overview.useQuery(undefined, { refetchInterval: 60_000 });
  if (!data || data.openIssues === 0) return null;
  return (
    <>
      <span className={classes.count} aria-hidden="true">
        {format.number(data.openIssues)}
      </span>
      <span className={hidden.hidden}>, {payments.openIssues(data.openIssues)}</span>
    </>
  );
}
