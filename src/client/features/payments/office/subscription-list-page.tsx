import '@mantine/core/styles/Input.layer.css';
import { NativeSelect } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { useLocation, useSearch } from 'wouter';
import filters from '#client/features/office/list/filters.module.css';
import { SearchField } from '#client/features/office/list/search-field.tsx';
import { ShowMore } from '#client/features/office/list/show-more.tsx';
import { useTyped } from '#client/features/office/list/use-typed.ts';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { subscriptionFilters } from '#shared/payments-office.ts';
import { PaymentsFrame } from './payments-frame.tsx';
import { SubscriptionTable } from './subscription-table.tsx';

type Filter = (typeof subscriptionFilters)[number];

/** Who pays by the month, and what comes next for them. */
export function SubscriptionListPage() {
  const { subscriptions: words } = useOfficeText().payments;
  const text = useText();
  const format = useFormat();
  const [path, navigate] = useLocation();
  const params = new URLSearchParams(useSearch());
  const filter = subscriptionFilters.find((one) => one === params.get('filter')) ?? 'active';
  const search = (params.get('q') ?? '').slice(0, 200);
  const hrefOf = (show: Filter, q: string) => {
    const next = new URLSearchParams({ ...(q.trim() && { q: q.trim() }), ...(show !== 'active' && { filter: show }) }).toString();
    return next ? `${path}?${next}` : path;
  };
  const { typed, type, set } = useTyped(search, (q) => navigate(hrefOf(filter, q), { replace: true }));
  const list = trpc.payments.office.subscriptions.useInfiniteQuery(
    { filter, search },
    { getNextPageParam: (page) => page.nextCursor ?? undefined, placeholderData: keepPreviousData },
  );
  return (
    <PaymentsFrame>
      <search className={filters.filters}>
        <SearchField label={words.search} typed={typed} onType={type} />
        <NativeSelect
          size="sm"
          classNames={{ input: filters.control }}
          aria-label={words.filter}
          value={filter}
          onChange={(event) => {
            const chosen = subscriptionFilters.find((one) => one === event.currentTarget.value) ?? 'active';
            set(typed);
            navigate(hrefOf(chosen, typed));
          }}
          data={subscriptionFilters.map((value) => ({ value, label: words.filters[value] }))}
        />
      </search>
      <QueryView query={list} skeleton={<SkeletonBlock height={320} />} errorTitle={words.load}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          if (rows.length === 0)
            return search ? <EmptyState title={words.nobody} /> : <EmptyState title={words.none[filter]}>{words.noneText}</EmptyState>;
          return (
            <div aria-busy={list.isPlaceholderData}>
              <SubscriptionTable rows={rows} />
              {list.isError && !list.isFetchNextPageError && <FormError>{errorText(list.error, text, format)}</FormError>}
              <ShowMore list={list} />
            </div>
          );
        }}
      </QueryView>
    </PaymentsFrame>
  );
}
