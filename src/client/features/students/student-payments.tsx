import { ShowMore } from '#client/features/office/list/show-more.tsx';
import { PaymentTable } from '#client/features/payments/office/payment-table.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';

/** What a student has bought, newest first. */
export function StudentPayments({ personId }: { personId: string }) {
  const { ofStudent: words } = useOfficeText().payments;
  const list = trpc.payments.office.list.useInfiniteQuery(
    { filter: 'all', search: '', personId },
    { getNextPageParam: (page) => page.nextCursor ?? undefined, staleTime: 0 },
  );
  return (
    <QueryView query={list} errorTitle={words.failed} skeleton={<SkeletonBlock height={200} />}>
      {({ pages }) => {
        const rows = pages.flatMap(({ items }) => items);
        if (rows.length === 0) return <EmptyState title={words.none} />;
        return (
          <>
            <PaymentTable rows={rows} ofOne />
            <ShowMore list={list} />
          </>
        );
      }}
    </QueryView>
  );
}
