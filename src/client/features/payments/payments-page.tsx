import { ProfileLayout } from '#client/features/people/profile-layout.tsx';
import { usePageTitle } from '#client/lib/page.ts';
import { usePaymentsText } from '#client/lib/payments-text.ts';
import { anewUnlessSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { History } from './history.tsx';
import { MethodList } from './method-list.tsx';
import classes from './mine.module.css';
import { SubscriptionList } from './subscription-list.tsx';

/** What a student pays for, from what card, and what was paid. */
export function PaymentsPage() {
  const { mine: words } = usePaymentsText();
  // A charge may have come, or a subscription ended, since one was here.
  const mine = trpc.payments.mine.useQuery(undefined, { staleTime: anewUnlessSent });
  usePageTitle(words.title);
  return (
    <ProfileLayout>
      <QueryView query={mine} errorTitle={words.failed} level={2} skeleton={<SkeletonBlock height={132} radius={12} />}>
        {({ subscriptions, methods }) => (
          <>
            {subscriptions.length > 0 && <SubscriptionList subscriptions={subscriptions} />}
            <MethodList methods={methods} />
          </>
        )}
      </QueryView>
      <section className={classes.section} aria-labelledby="history">
        <h2 id="history">{words.history.title}</h2>
        <History />
      </section>
    </ProfileLayout>
  );
}
