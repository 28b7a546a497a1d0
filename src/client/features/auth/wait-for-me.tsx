import { Suspense } from 'react';
import { useMeQuery } from '#client/lib/me.ts';
import { lazyOffline } from '#client/lib/offline-text.ts';
import { offline } from '#client/lib/online.ts';
import { ErrorState } from '#client/ui/error-state.tsx';
import layout from '#client/ui/layout.module.css';
import { PagePending } from '#client/ui/page-pending.tsx';

const KeptTopic = lazyOffline(() => import('#client/features/offline/kept-topic.tsx'), 'KeptTopic');

/** A page that depends on who is there, before that is known. */
export function WaitForMe() {
  const query = useMeQuery();
  // What this browser has kept needs nobody to say who reads it: the next person has found it cleared.
  if (offline.use() !== null && query.data === undefined) {
    return (
      <Suspense fallback={<PagePending />}>
        <KeptTopic />
      </Suspense>
    );
  }
  if (!query.isError) return <PagePending />;
  return (
    <div className={layout.wrap}>
      <ErrorState error={query.error} level={1} retrying={query.isFetching} onRetry={() => query.refetch()} />
    </div>
  );
}
