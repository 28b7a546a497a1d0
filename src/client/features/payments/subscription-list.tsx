import { usePaymentsText } from '#client/lib/payments-text.ts';
import type { SubscriptionDto } from '#shared/payments.ts';
import classes from './mine.module.css';
import { SubscriptionCard } from './subscription-card.tsx';

export function SubscriptionList({ subscriptions }: { subscriptions: SubscriptionDto[] }) {
  const { subscriptions: words } = usePaymentsText().mine;
  return (
    <section className={classes.section} aria-labelledby="subscriptions">
      <h2 id="subscriptions">{words.title}</h2>
      <div className={classes.cards}>
        {subscriptions.map((subscription) => (
          <SubscriptionCard key={subscription.id} subscription={subscription} />
        ))}
      </div>
    </section>
  );
}
