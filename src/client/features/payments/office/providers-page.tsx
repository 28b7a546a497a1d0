import { useOfficeText } from '#client/lib/office-text.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { paymentProviders } from '#shared/payments.ts';
import shared from './payments.module.css';
import { PaymentsFrame, useOverview } from './payments-frame.tsx';
import { ProviderCard } from './provider-card.tsx';
import classes from './providers.module.css';

/** Which acquirers take money, and what their cabinets have to be told. */
export function ProvidersPage() {
  const { providers: words } = useOfficeText().payments;
  const query = useOverview();
  return (
    <PaymentsFrame>
      <QueryView query={query} skeleton={<SkeletonBlock height={320} radius={12} />} errorTitle={words.load}>
        {({ providers }) => {
          const missing = paymentProviders.filter((id) => !providers.some((provider) => provider.id === id));
          return (
            <>
              <div className={classes.cards}>
                {providers.map((provider) => (
                  <ProviderCard key={provider.id} provider={provider} />
                ))}
                {missing.length > 0 && (
                  <EmptyState title={words.missing.title}>
                    {missing.map((id) => (
                      <p key={id}>{words.missing[id]}</p>
                    ))}
                  </EmptyState>
                )}
              </div>
              <p className={`${shared.small} ${classes.docs}`}>{words.docs}</p>
            </>
          );
        }}
      </QueryView>
    </PaymentsFrame>
  );
}
