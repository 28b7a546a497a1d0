import { useMeQuery } from '#client/lib/me.ts';
import { ErrorState } from '#client/ui/error-state.tsx';
import layout from '#client/ui/layout.module.css';
import { PagePending } from '#client/ui/page-pending.tsx';

/** A page that depends on who is there, before that is known. */
export function WaitForMe() {
  const query = useMeQuery();
  if (!query.isError) return <PagePending />;
  return (
    <div className={layout.wrap}>
      <ErrorState error={query.error} level={1} retrying={query.isFetching} onRetry={() => query.refetch()} />
    </div>
  );
}
