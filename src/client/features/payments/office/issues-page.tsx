import '@mantine/core/styles/Input.layer.css';
import { NativeSelect } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { useLocation, useSearch } from 'wouter';
import filters from '#client/features/office/list/filters.module.css';
import { ShowMore } from '#client/features/office/list/show-more.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { anewUnlessSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { issueKinds } from '#shared/payments.ts';
import { Checks } from './checks.tsx';
import { IssueRow } from './issue-row.tsx';
import { PaymentsFrame, useOverview } from './payments-frame.tsx';
import { RegistryUpload } from './registry-upload.tsx';

/** Where the books of the school and of the bank part, and the looks that find it out. */
export function IssuesPage() {
  const { issues: words } = useOfficeText().payments;
  const text = useText();
  const format = useFormat();
  const [path, navigate] = useLocation();
  const params = new URLSearchParams(useSearch());
  const open = params.get('show') !== 'resolved';
  const kind = issueKinds.find((one) => one === params.get('kind'));
  const overview = useOverview();
  const list = trpc.payments.office.issues.useInfiniteQuery(
    { open, ...(kind && { kind }) },
    {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
      staleTime: anewUnlessSent,
      refetchInterval: 60_000,
    },
  );
  const show = (next: { open: boolean; kind: string | undefined }) => {
    const search = new URLSearchParams({ ...(!next.open && { show: 'resolved' }), ...(next.kind && { kind: next.kind }) }).toString();
    navigate(search ? `${path}?${search}` : path);
  };
  return (
    <PaymentsFrame>
      <search className={filters.filters}>
        <NativeSelect
          size="sm"
          classNames={{ input: filters.control }}
          aria-label={words.show}
          value={open ? 'open' : 'resolved'}
          onChange={(event) => show({ open: event.currentTarget.value === 'open', kind })}
          data={[
            { value: 'open', label: words.open },
            { value: 'resolved', label: words.resolved },
          ]}
        />
        <NativeSelect
          size="sm"
          classNames={{ input: filters.control }}
          aria-label={words.kind}
          value={kind ?? ''}
          onChange={(event) => show({ open, kind: event.currentTarget.value || undefined })}
          data={[{ value: '', label: words.anyKind }, ...issueKinds.map((value) => ({ value, label: words.words[value].title }))]}
        />
      </search>
      <QueryView query={list} skeleton={<SkeletonBlock height={200} />} errorTitle={words.load}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          if (rows.length === 0) {
            if (kind) return <EmptyState title={words.noneOfKind} />;
            return open ? <EmptyState title={words.none}>{words.noneText}</EmptyState> : <EmptyState title={words.noneResolved} />;
          }
          return (
            <div aria-busy={list.isPlaceholderData}>
              <ul className={layout.list}>
                {rows.map((issue) => (
                  <IssueRow key={issue.id} issue={issue} />
                ))}
              </ul>
              {list.isError && !list.isFetchNextPageError && <FormError>{errorText(list.error, text, format)}</FormError>}
              <ShowMore list={list} />
            </div>
          );
        }}
      </QueryView>
      <Checks />
      {overview.data?.providers.some(({ id }) => id === 'tbank') && <RegistryUpload />}
    </PaymentsFrame>
  );
}
