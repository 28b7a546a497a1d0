import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { PaymentsOverviewDto } from '#shared/payments-office.ts';
import { money } from './money.ts';
import classes from './payment-list.module.css';

/** What came and went in thirty days, by currency, and how many pay by the month. Its place is kept while it loads. */
export function PaymentTotals({ overview }: { overview: PaymentsOverviewDto | undefined }) {
  const { sums: words } = useOfficeText().payments;
  const format = useFormat();
  if (!overview) {
    return (
      <div className={classes.totals}>
        <SkeletonBlock width={320} height={52} />
      </div>
    );
  }
  const { sums, subscriptions } = overview;
  const going = subscriptions.active + subscriptions.cancelled;
  return (
    <section className={classes.totals} aria-label={words.title}>
      {sums.length === 0 && <p className={classes.nothing}>{words.none}</p>}
      {sums.map(({ currency, paidMinor, refundedMinor, payments }) => (
        <p key={currency} className={classes.total}>
          <b>{money(format, paidMinor, currency)}</b>
          <span>
            {words.title}: {words.paid(payments)}
            {refundedMinor > 0 && (
              <>
                , {words.refunded} <span className={classes.sum}>{money(format, refundedMinor, currency)}</span>
              </>
            )}
          </span>
        </p>
      ))}
      {going > 0 && (
        <p className={classes.total}>
          <b>{format.number(going)}</b>
          <span>{words.subscriptions(going)}</span>
        </p>
      )}
      {subscriptions.pastDue > 0 && (
        <p className={classes.total}>
          <b>{format.number(subscriptions.pastDue)}</b>
          <span>{words.pastDue(subscriptions.pastDue)}</span>
        </p>
      )}
    </section>
  );
}
