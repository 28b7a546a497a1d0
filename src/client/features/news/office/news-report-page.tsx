import { keepPreviousData } from '@tanstack/react-query';
import { useParams } from 'wouter';
import { ShowMore } from '#client/features/office/list/show-more.tsx';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { appError, errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { NewsPostDto, NewsProgressDto } from '#shared/news.ts';
import { NewsMissing } from './news-editor-page.tsx';
import { NewsStateTag } from './news-state-tag.tsx';
import { deliveredOf } from './progress.ts';
import { ReportFilters } from './report-filters.tsx';
import { ReportTable } from './report-table.tsx';
import { useReportFilter } from './use-report-filter.ts';

/** While it goes out, the numbers and the first page of names move by themselves. */
const refreshMs = 5000;

/** Whom it was for, and what became of it for each of them. */
export function NewsReportPage() {
  const { id = '' } = useParams<{ id: string }>();
  const { news } = useOfficeText();
  const words = news.report;
  const post = trpc.news.office.get.useQuery({ id });
  const begun = post.data !== undefined && post.data.startedAt !== null;
  const progress = trpc.news.office.progress.useQuery(
    { id },
    {
      enabled: begun,
      staleTime: 0,
      refetchInterval: ({ state }) => (state.data?.state === 'sending' ? refreshMs : false),
    },
  );
  const code = appError(post.error)?.code;
  if (!post.data && (code === 'NEWS_NOT_FOUND' || code === 'INPUT_INVALID')) return <NewsMissing />;
  const title = post.data && (setTitle(post.data.title) || news.untitled);
  return (
    <OfficePage
      title={title === undefined ? undefined : words.title}
      trail={[{ href: '/admin/news', label: news.title }, ...(title === undefined ? [] : [{ href: `/admin/news/${id}`, label: title }])]}
      facts={post.data && begun && <Facts post={post.data} numbers={progress.data} />}
    >
      <QueryView query={post} skeleton={<SkeletonBlock height={320} />} errorTitle={words.failed}>
        {() =>
          begun ? (
            <Report id={id} numbers={progress.data} />
          ) : (
            <EmptyState title={words.draft} action={<LinkButton href={`/admin/news/${id}`}>{news.list.open}</LinkButton>}>
              {words.draftText}
            </EmptyState>
          )
        }
      </QueryView>
    </OfficePage>
  );
}

function Facts({ post, numbers }: { post: NewsPostDto; numbers: NewsProgressDto | undefined }) {
  const { news } = useOfficeText();
  const format = useFormat();
  return (
    <>
      <NewsStateTag state={numbers?.state ?? post.state} />
      {post.startedAt && <span>{news.progress.startedAt(format.dateTime(post.startedAt))}</span>}
      {numbers && <span>{news.progress.sent(format.number(deliveredOf(numbers)), format.number(numbers.total))}</span>}
    </>
  );
}

function Report({ id, numbers }: { id: string; numbers: NewsProgressDto | undefined }) {
  const { report: words } = useOfficeText().news;
  const text = useText();
  const format = useFormat();
  const { outcome, search, typed, type, choose, reset } = useReportFilter();
  const list = trpc.news.office.report.useInfiniteQuery(
    { id, outcome, search },
    {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
      staleTime: 0,
      // Only while it is one request and there is something to wait for.
      refetchInterval: ({ state }) => (numbers?.state === 'sending' && state.data?.pages.length === 1 ? refreshMs : false),
    },
  );
  return (
    <>
      <ReportFilters outcome={outcome} numbers={numbers} typed={typed} onType={type} onChoose={choose} />
      <QueryView query={list} skeleton={<SkeletonBlock height={320} />} errorTitle={words.failed}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          const isNarrow = outcome !== null || search !== '';
          return (
            <div aria-busy={list.isPlaceholderData}>
              {rows.length > 0 ? (
                <ReportTable rows={rows} />
              ) : isNarrow ? (
                <EmptyState
                  title={words.nobody}
                  action={
                    <Button variant="default" size="sm" onClick={reset}>
                      {words.reset}
                    </Button>
                  }
                />
              ) : (
                <EmptyState title={words.noRecipients} />
              )}
              {list.isError && !list.isFetchNextPageError && <FormError>{errorText(list.error, text, format)}</FormError>}
              <ShowMore list={list} />
            </div>
          );
        }}
      </QueryView>
    </>
  );
}
