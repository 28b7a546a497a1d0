import { IconDownload } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useParams } from 'wouter';
import { CourseMissing } from '#client/features/courses/office/course-missing.tsx';
import { CourseTabs } from '#client/features/courses/office/course-tabs.tsx';
import { ShowMore } from '#client/features/office/list/show-more.tsx';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { appError, errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { offline } from '#client/lib/online.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button, buttonLook } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { icon } from '#client/ui/icon.ts';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { GroupDto, GroupFilter } from '#shared/statistics.ts';
import { groupIsNarrow, groupSearchOf } from './group-filter.ts';
import { GroupFilters } from './group-filters.tsx';
import { GroupLegend } from './group-legend.tsx';
import classes from './group-page.module.css';
import { GroupTable } from './group-table.tsx';
import { HardestTasks } from './hardest-tasks.tsx';
import { useGroupFilter } from './use-group-filter.ts';

/** How the students of a course are doing, topic by topic, and where most get stuck. */
export function GroupPage() {
  const { course = '' } = useParams<{ course: string }>();
  // Another course begins anew: none of its numbers may stand under the name of this one.
  return <GroupOf key={course} course={course} />;
}

function GroupOf({ course }: { course: string }) {
  const { group: words, shell } = useOfficeText();
  const text = useText();
  const format = useFormat();
  const { filter, typed, type, change } = useGroupFilter(course);
  const table = trpc.progress.group.table.useInfiniteQuery(filter, {
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const reset = () => change({ q: '', active: 'all' });
  if (appError(table.error)?.code === 'COURSES_NOT_FOUND') return <CourseMissing />;
  const first = table.data?.pages[0];
  // Without a connection, the students of the filter before must not stand for those of this one.
  const unknown = table.isPlaceholderData && table.fetchStatus === 'paused';
  return (
    <OfficePage
      title={first && setTitle(first.course.title)}
      trail={[{ href: '/admin/courses', label: shell.nav.courses }]}
      actions={
        // Without `download`: when the session has ended the answer is the sign-in page, and that is to be seen, not saved.
        <a
          {...buttonLook({ size: 'sm', variant: 'default' })}
          href={`/api/courses/${course}/statistics.xlsx${groupSearchOf({ ...filter, q: typed })}`}
          title={words.downloadNote}
        >
          <IconDownload {...icon.sm} />
          {words.download}
        </a>
      }
      facts={<Count total={unknown ? null : (first?.total ?? null)} />}
    >
      <CourseTabs course={course} />
      <div>
        <GroupFilters filter={filter} typed={typed} onType={type} onChange={change} onReset={reset} />
        <QueryView query={table} skeleton={<SkeletonBlock height={560} />} errorTitle={words.load}>
          {({ pages }) =>
            unknown ? (
              <EmptyState title={words.load}>{text.common.error.offline[offline.get()?.why ?? 'network']}</EmptyState>
            ) : (
              <div aria-busy={table.isPlaceholderData}>
                {table.isError && !table.isFetchNextPageError && <FormError>{errorText(table.error, text, format)}</FormError>}
                <Found pages={pages} filter={filter} onSort={change} onReset={reset} more={<ShowMore list={table} />} />
              </div>
            )
          }
        </QueryView>
      </div>
      <HardestTasks course={course} />
    </OfficePage>
  );
}

/** Read out when another search has come. */
function Count({ total }: { total: GroupDto['total'] }) {
  const { group: words } = useOfficeText();
  const format = useFormat();
  return (
    <span role="status" className={classes.count}>
      {total && (total.more ? words.countOver(format.number(total.count)) : words.count(total.count))}
    </span>
  );
}

interface FoundProps {
  pages: GroupDto[];
  filter: GroupFilter;
  onSort: (part: Pick<GroupFilter, 'sort'>) => void;
  onReset: () => void;
  /** What leads on, right below the table. */
  more: ReactNode;
}

function Found({ pages, filter, onSort, onReset, more }: FoundProps) {
  const { group: words } = useOfficeText();
  const [first] = pages;
  const students = pages.flatMap((page) => page.students);
  if (first && students.length > 0) {
    return (
      <>
        {first.similar && <p className={classes.similar}>{words.similar}</p>}
        <GroupTable topics={first.topics} students={students} sort={filter.sort} onSort={onSort} />
        {more}
        <GroupLegend topics={first.topics} />
      </>
    );
  }
  return groupIsNarrow(filter) ? (
    <EmptyState
      title={words.nobody}
      action={
        <Button variant="default" size="sm" onClick={onReset}>
          {words.reset}
        </Button>
      }
    />
  ) : (
    <EmptyState title={words.empty} action={<LinkButton href="/admin/students">{words.emptyAction}</LinkButton>}>
      {words.emptyText}
    </EmptyState>
  );
}
