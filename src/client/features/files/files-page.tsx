import { keepPreviousData } from '@tanstack/react-query';
import { useLocation, useSearch } from 'wouter';
import { Pager } from '#client/features/office/list/pager.tsx';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { FilesPageDto } from '#shared/files.ts';
import { type FilesFilter, filterToSearch, isFiltered, readFilter } from './files-filter.ts';
import { FilesTable } from './files-table.tsx';
import { FilesToolbar } from './files-toolbar.tsx';

export function FilesPage() {
  const { page: words } = useOfficeText().files;
  const format = useFormat();
  const filter = readFilter(useSearch());
  const list = trpc.files.list.useQuery(filter, { placeholderData: keepPreviousData });
  return (
    <OfficePage
      title={words.title}
      facts={
        // The line stays where nothing is found, so that the search keeps its place under the hand.
        <span>
          {list.data ? words.total(list.data.total) : '\u00a0'}
          {list.data && list.data.total > 0 && `, ${format.fileSize(list.data.bytes)}`}
        </span>
      }
    >
      <FilesToolbar filter={filter} courses={list.data?.courses ?? []} />
      <QueryView query={list} skeleton={<SkeletonBlock height={480} />} errorTitle={words.load} level={2}>
        {(found) => <Found found={found} filter={filter} />}
      </QueryView>
    </OfficePage>
  );
}

function Found({ found, filter }: { found: FilesPageDto; filter: FilesFilter }) {
  const { page: words } = useOfficeText().files;
  const [path] = useLocation();
  const pages = Math.max(1, Math.ceil(found.total / found.pageSize));
  // Beyond the last page, too: the last files of it may have been deleted.
  if (found.rows.length === 0 && (isFiltered(filter) || filter.page > 1)) {
    return (
      <EmptyState
        title={words.nothing}
        action={
          <LinkButton href={path} variant="default">
            {words.reset}
          </LinkButton>
        }
      />
    );
  }
  if (found.total === 0) {
    return (
      <EmptyState title={words.emptyTitle} action={<LinkButton href="/admin/courses">{words.emptyAction}</LinkButton>}>
        {words.emptyText}
      </EmptyState>
    );
  }
  return (
    <>
      <FilesTable rows={found.rows} />
      <Pager page={filter.page} pages={pages} hrefOf={(page) => path + filterToSearch({ ...filter, page })} words={words} />
    </>
  );
}
