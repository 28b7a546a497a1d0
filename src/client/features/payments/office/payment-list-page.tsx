import { IconAlertTriangle, IconDownload } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { Link } from 'wouter';
import { ShowMore } from '#client/features/office/list/show-more.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button, buttonLook } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { icon } from '#client/ui/icon.ts';
import { LinkButton } from '#client/ui/link-button.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { PaymentsOverviewDto } from '#shared/payments-office.ts';
import { everything, isNarrow, searchOf } from './payment-filter.ts';
import { PaymentFilters } from './payment-filters.tsx';
import { PaymentTable } from './payment-table.tsx';
import { PaymentTotals } from './payment-totals.tsx';
import classes from './payments.module.css';
import { PaymentsFrame, useOverview } from './payments-frame.tsx';
import { usePaymentFilter } from './use-payment-filter.ts';

/** What students bought, or want to buy. */
export function PaymentListPage() {
  const { list: words } = useOfficeText().payments;
  const text = useText();
  const format = useFormat();
  const { filter, typed, type, change } = usePaymentFilter();
  const overview = useOverview();
  const list = trpc.payments.office.list.useInfiniteQuery(filter, {
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  return (
    <PaymentsFrame
      actions={
        // Without `download`: when the session has ended the answer is the sign-in page, and that is to be seen, not saved.
        <a {...buttonLook({ size: 'sm', variant: 'default' })} href={`/api/orders.xlsx${searchOf(filter)}`} title={words.downloadNote}>
          <IconDownload {...icon.sm} />
          {words.download}
        </a>
      }
    >
      {overview.data && <Attention overview={overview.data} />}
      <PaymentTotals overview={overview.data} />
      <PaymentFilters filter={filter} typed={typed} onType={type} onChange={change} />
      <QueryView query={list} skeleton={<ListSkeleton />} errorTitle={words.load}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          if (rows.length === 0) return <Nothing narrow={isNarrow(filter)} onReset={() => change(everything)} />;
          return (
            <div aria-busy={list.isPlaceholderData}>
              <PaymentTable rows={rows} />
              {list.isError && !list.isFetchNextPageError && <FormError>{errorText(list.error, text, format)}</FormError>}
              <ShowMore list={list} />
            </div>
          );
        }}
      </QueryView>
    </PaymentsFrame>
  );
}

/** What wants a person comes before all lists. */
function Attention({ overview: { openIssues, providers } }: { overview: PaymentsOverviewDto }) {
  const { payments: words } = useOfficeText();
  const stopped = providers.filter(({ stoppedAt }) => stoppedAt !== null);
  if (openIssues === 0 && stopped.length === 0) return null;
  return (
    <NoteBox tone="warn" icon={<IconAlertTriangle {...icon.md} />} className={classes.note}>
      {openIssues > 0 && (
        <p className={classes.noteLine}>
          {words.attention.text(openIssues)} <Link href="/admin/payments/issues">{words.attention.action}</Link>
        </p>
      )}
      {stopped.map(({ id }) => (
        <p key={id} className={classes.noteLine}>
          {words.attention.stopped(words.provider[id])} <Link href="/admin/payments/providers">{words.attention.stoppedAction}</Link>
        </p>
      ))}
    </NoteBox>
  );
}

function Nothing({ narrow, onReset }: { narrow: boolean; onReset: () => void }) {
  const { list: words } = useOfficeText().payments;
  return narrow ? (
    <EmptyState
      title={words.nobody}
      action={
        <Button variant="default" size="sm" onClick={onReset}>
          {words.reset}
        </Button>
      }
    />
  ) : (
    <EmptyState
      title={words.empty}
      action={
        <LinkButton href="/admin/courses" variant="default">
          {words.emptyAction}
        </LinkButton>
      }
    >
      {words.emptyText}
    </EmptyState>
  );
}

function ListSkeleton() {
  return Array.from({ length: 8 }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
    <SkeletonBlock key={row} height={44} mt={row === 0 ? 28 : 21} />
  ));
}
