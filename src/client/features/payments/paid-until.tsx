import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { usePaymentsText } from '#client/lib/payments-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import classes from './mine.module.css';
import { plansOf } from './offer-plans.ts';

/** On the page of a course that is paid for by the month: until when, and the way to the subscription. Nothing where it is for good. */
export function PaidUntil({ course }: { course: string }) {
  const { course: words, subscriptions } = usePaymentsText().mine;
  const format = useFormat();
  const { data } = trpc.payments.offer.useQuery({ course });
  const until = data?.owned?.until ? (data.subscription?.paidUntil ?? data.owned.until) : null;
  if (!data || until === null) return null;
  return (
    <>
      <p className={classes.courseLine}>
        <span className={classes.dim}>{words.paidUntil}</span>
        <span>{format.schoolDate(until)}</span>
      </p>
      <Link href="/profile/payments" className={classes.courseLink}>
        {data.subscription?.state === 'past_due' ? words.soon : words.manage}
      </Link>
      {plansOf(data).includes('once') && (
        <Link href={`/pay/${course}`} className={classes.courseLink}>
          {subscriptions.forever}
        </Link>
      )}
    </>
  );
}
