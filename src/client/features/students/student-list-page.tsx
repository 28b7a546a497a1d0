import { IconDownload } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { ShowMore } from '#client/features/office/list/show-more.tsx';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button, buttonLook } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { icon } from '#client/ui/icon.ts';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { StudentFilter, StudentListDto } from '#shared/students.ts';
import { isNarrow, searchOf, wholeSchool } from './student-filter.ts';
import { StudentFilters } from './student-filters.tsx';
import classes from './student-list-page.module.css';
import { StudentTable } from './student-table.tsx';
import { useStudentFilter } from './use-student-filter.ts';

export function StudentListPage() {
  const { list: words } = useOfficeText().students;
  const text = useText();
  const format = useFormat();
  const { filter, typed, type, change } = useStudentFilter();
  const list = trpc.people.students.list.useInfiniteQuery(filter, {
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const reset = () => change({ ...wholeSchool, sort: filter.sort, order: filter.order });
  return (
    <OfficePage
      title={words.title}
      actions={
        // Without `download`: when the session has ended the answer is the sign-in page, and that is to be seen, not saved.
        <a {...buttonLook({ size: 'sm', variant: 'default' })} href={`/api/students.xlsx${searchOf(filter)}`} title={words.downloadNote}>
          <IconDownload {...icon.sm} />
          {words.download}
        </a>
      }
      facts={<Count total={list.data?.pages[0]?.total ?? null} />}
    >
      <StudentFilters filter={filter} typed={typed} onType={type} onChange={change} onReset={reset} />
      <QueryView query={list} skeleton={<ListSkeleton />} errorTitle={words.load}>
        {({ pages }) => (
          <div aria-busy={list.isPlaceholderData}>
            <Found pages={pages} filter={filter} onSort={change} onReset={reset} />
            {list.isError && !list.isFetchNextPageError && <FormError>{errorText(list.error, text, format)}</FormError>}
            <ShowMore list={list} />
          </div>
        )}
      </QueryView>
    </OfficePage>
  );
}

/** Read out when another search has come. */
function Count({ total }: { total: StudentListDto['total'] }) {
  const { list: words } = useOfficeText().students;
  const format = useFormat();
  return (
    <span role="status" className={classes.count}>
      {total && (total.more ? words.countOver(format.number(total.count)) : words.count(total.count))}
    </span>
  );
}

interface FoundProps {
  pages: StudentListDto[];
  filter: StudentFilter;
  onSort: (part: Pick<StudentFilter, 'sort' | 'order'>) => void;
  onReset: () => void;
}

function Found({ pages, filter, onSort, onReset }: FoundProps) {
  const { list: words } = useOfficeText().students;
  const rows = pages.flatMap((page) => page.rows);
  if (rows.length > 0) {
    return (
      <>
        {pages[0]?.similar && <p className={classes.similar}>{words.similar}</p>}
        <StudentTable rows={rows} filter={filter} onSort={onSort} />
      </>
    );
  }
  return isNarrow(filter) ? (
    <EmptyState
      title={words.nobody}
      action={
        <Button variant="default" size="sm" onClick={onReset}>
          {words.reset}
        </Button>
      }
    />
  ) : (
    <EmptyState title={words.empty} action={<LinkButton href="/register">{words.emptyAction}</LinkButton>}>
      {words.emptyText}
    </EmptyState>
  );
}

function ListSkeleton() {
  return Array.from({ length: 8 }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
    <SkeletonBlock key={row} height={44} mt={row === 0 ? 40 : 17} />
  ));
}
