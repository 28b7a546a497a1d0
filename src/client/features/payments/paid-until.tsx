import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { usePaymentsText } from '#client/lib/payments-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import classes from './mine.module.css';
import { isMonthDue, plansOf } from './offer-plans.ts';

/** On the page of a course that is paid for by the month: until when, and the way to the subscription. Nothing where it is for good. */
export function PaidUntil({ course }: { course: string }) {
  const { course: words, subscriptions } = usePaymentsText().mine;
  const format = useFormat();
  const { data } = trpc.payments.offer.useQuery({ course });
  const openUntil = data?.owned?.until;
  if (!data || !openUntil) return null;
  const isDue = isMonthDue(data);
  const until = isDue ? openUntil : (data.subscription?.paidUntil ?? openUntil);
  return (
    <>
      <p className={classes.courseLine}>
        <span className={classes.dim}>{isDue ? words.openUntil : words.paidUntil}</span>
        <span>{format.schoolDate(until)}</span>
      </p>
      <Link href="/profile/payments" className={classes.courseLink}>
        {isDue ? words.payMonth : words.manage}
      </Link>
      {plansOf(data).includes('once') && (
        <Link href={`/pay/${course}`} className={classes.courseLink}>
          {subscriptions.forever}
        </Link>
      )}
    </>
  );
}
