import { IconPlus } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import filters from '#client/features/office/list/filters.module.css';
import { SearchField } from '#client/features/office/list/search-field.tsx';
import { ShowMore } from '#client/features/office/list/show-more.tsx';
import { useTyped } from '#client/features/office/list/use-typed.ts';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { PromoRowDto } from '#shared/payments-office.ts';
import { PaymentsFrame } from './payments-frame.tsx';
import { PromoDialog } from './promo-dialog.tsx';
import { PromoRow } from './promo-row.tsx';

/** Codes that make the first payment less. */
export function PromoPage() {
  const { promo: words } = useOfficeText().payments;
  const text = useText();
  const format = useFormat();
  const [path, navigate] = useLocation();
  const search = (new URLSearchParams(useSearch()).get('q') ?? '').slice(0, 100);
  const { typed, type } = useTyped(search, (q) => navigate(q ? `${path}?${new URLSearchParams({ q })}` : path, { replace: true }));
  const [open, setOpen] = useState<'new' | PromoRowDto | null>(null);
  const list = trpc.payments.office.promo.list.useInfiniteQuery(
    { search },
    { getNextPageParam: (page) => page.nextCursor ?? undefined, placeholderData: keepPreviousData },
  );
  const add = (
    <Button size="sm" leftSection={<IconPlus {...icon.sm} />} onClick={() => setOpen('new')}>
      {words.add}
    </Button>
  );
  const bare = list.data?.pages[0]?.items.length === 0 && search === '';
  return (
    <PaymentsFrame actions={!bare && list.data ? add : undefined}>
      {!bare && (
        <search className={filters.filters}>
          <SearchField label={words.search} typed={typed} onType={type} maxLength={100} />
        </search>
      )}
      <QueryView query={list} skeleton={<SkeletonBlock height={320} />} errorTitle={words.load}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          if (rows.length === 0)
            return search ? (
              <EmptyState title={words.nothing} />
            ) : (
              <EmptyState title={words.none} action={add}>
                {words.noneText}
              </EmptyState>
            );
          return (
            <div aria-busy={list.isPlaceholderData}>
              <ul className={layout.list}>
                {rows.map((row) => (
                  <PromoRow key={row.id} row={row} onEdit={() => setOpen(row)} />
                ))}
              </ul>
              {list.isError && !list.isFetchNextPageError && <FormError>{errorText(list.error, text, format)}</FormError>}
              <ShowMore list={list} />
            </div>
          );
        }}
      </QueryView>
      {open !== null && <PromoDialog row={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </PaymentsFrame>
  );
}
