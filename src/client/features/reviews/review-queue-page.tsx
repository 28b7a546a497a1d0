import '@mantine/core/styles/Input.layer.css';
import { NativeSelect } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { useLocation, useSearch } from 'wouter';
import { ShowMore } from '#client/features/office/list/show-more.tsx';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { anewUnlessSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import { type ReviewFilter, type ReviewListDto, reviewFilters } from '#shared/reviews.ts';
import classes from './review-queue.module.css';
import { ReviewTable } from './review-table.tsx';

interface Filter {
  filter: ReviewFilter;
  courseId: string | undefined;
}

/** What waits to be graded, and what was. The filter stands in the address: «back» and a link lead to the same list. */
export function ReviewQueuePage() {
  const { reviews } = useOfficeText();
  const format = useFormat();
  const { filter, change } = useQueueFilter();
  // Works come in, and other teachers take them, while the page stands open.
  const list = trpc.reviews.list.useInfiniteQuery(filter, {
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    staleTime: anewUnlessSent,
    refetchInterval: 30_000,
  });
  const count = trpc.reviews.count.useQuery().data;
  const [first] = list.data?.pages ?? [];
  return (
    <OfficePage
      title={reviews.title}
      facts={
        count &&
        count.waiting > 0 && (
          <span>
            {reviews.waiting(count.waiting)}
            {count.oldestAt && `, ${reviews.oldest(format.ago(count.oldestAt))}`}
          </span>
        )
      }
    >
      <Filters filter={filter} courses={first?.courses ?? []} counts={first?.counts} onChange={change} />
      <QueryView query={list} skeleton={<QueueSkeleton />} errorTitle={reviews.load}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.rows);
          if (rows.length === 0) return <NoWorks filter={filter} onReset={() => change({ courseId: undefined })} />;
          return (
            <div className={list.isPlaceholderData ? classes.former : undefined} aria-busy={list.isPlaceholderData}>
              <ReviewTable rows={rows} />
              <ShowMore list={list} />
            </div>
          );
        }}
      </QueryView>
    </OfficePage>
  );
}

function useQueueFilter() {
  const [path, navigate] = useLocation();
  const search = new URLSearchParams(useSearch());
  const filter: Filter = {
    filter: reviewFilters.find((one) => one === search.get('show')) ?? 'waiting',
    courseId: /^[\da-f-]{36}$/.exec(search.get('course') ?? '')?.[0],
  };
  return {
    filter,
    change(part: Partial<Filter>): void {
      const next = { ...filter, ...part };
      const query = new URLSearchParams();
      if (next.filter !== 'waiting') query.set('show', next.filter);
      if (next.courseId) query.set('course', next.courseId);
      navigate(query.size > 0 ? `${path}?${query}` : path, { replace: true });
    },
  };
}

interface FiltersProps {
  filter: Filter;
  courses: ReviewListDto['courses'];
  counts: ReviewListDto['counts'] | undefined;
  onChange: (part: Partial<Filter>) => void;
}

function Filters({ filter, courses, counts, onChange }: FiltersProps) {
  const { reviews } = useOfficeText();
  const format = useFormat();
  const number: Partial<Record<ReviewFilter, number>> = counts ?? {};
  return (
    <search className={classes.filters}>
      <fieldset className={classes.states} aria-label={reviews.filters}>
        {reviewFilters.map((one) => {
          const count = number[one] ?? 0;
          return (
            <Button
              key={one}
              size="sm"
              variant="subtle"
              className={classes.state}
              aria-pressed={filter.filter === one}
              onClick={() => onChange({ filter: one })}
            >
              {reviews.filter[one]}
              {count > 0 && <span className={classes.count}>{format.number(count)}</span>}
            </Button>
          );
        })}
      </fieldset>
      {courses.length > 1 && (
        <NativeSelect
          size="sm"
          classNames={{ input: classes.control }}
          aria-label={reviews.course}
          value={filter.courseId ?? ''}
          onChange={(event) => onChange({ courseId: event.currentTarget.value || undefined })}
          data={[{ value: '', label: reviews.allCourses }, ...courses.map(({ id, title }) => ({ value: id, label: setTitle(title) }))]}
        />
      )}
    </search>
  );
}

function NoWorks({ filter, onReset }: { filter: Filter; onReset: () => void }) {
  const { reviews } = useOfficeText();
  if (filter.courseId) {
    return (
      <EmptyState
        title={reviews.emptyOther}
        action={
          <Button variant="default" onClick={onReset}>
            {reviews.reset}
          </Button>
        }
      />
    );
  }
  switch (filter.filter) {
    case 'waiting':
      return <EmptyState title={reviews.empty}>{reviews.emptyText}</EmptyState>;
    case 'mine':
      return <EmptyState title={reviews.emptyMine}>{reviews.emptyMineText}</EmptyState>;
    case 'exams':
      return <EmptyState title={reviews.emptyExams}>{reviews.emptyExamsText}</EmptyState>;
    case 'returned':
      return <EmptyState title={reviews.emptyReturned} />;
    case 'accepted':
      return <EmptyState title={reviews.emptyAccepted} />;
  }
}

function QueueSkeleton() {
  return Array.from({ length: 6 }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
    <SkeletonBlock key={row} height={44} mt={row === 0 ? 24 : 16} radius={8} />
  ));
}
