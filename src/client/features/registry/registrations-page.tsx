import { IconDownload } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useLocation, useSearch } from 'wouter';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { usePageTitle } from '#client/lib/page.ts';
import { trpc } from '#client/lib/trpc.ts';
import { buttonLook } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { RegistrationsDto } from '#shared/registry.ts';
import classes from './registrations-page.module.css';
import { RegistrationsTable } from './registrations-table.tsx';

export function RegistrationsPage() {
  const { registry } = useText();
  const page = Math.max(1, Math.min(100_000, Number.parseInt(new URLSearchParams(useSearch()).get('page') ?? '1', 10) || 1));
  // New registrations come in while the page stands open.
  const list = trpc.registry.list.useQuery({ page }, { placeholderData: keepPreviousData, staleTime: 0, refetchInterval: 30_000 });
  usePageTitle(registry.title);
  return (
    <div className={layout.wrap}>
      <QueryView query={list} skeleton={<ListSkeleton />} errorTitle={registry.load} level={1}>
        {(found) => <Registrations found={found} page={page} />}
      </QueryView>
    </div>
  );
}

function Registrations({ found, page }: { found: RegistrationsDto; page: number }) {
  const { registry } = useText();
  const format = useFormat();
  const { total, file, pageSize } = found;
  if (total === 0) {
    return (
      <EmptyState level={1} title={registry.empty} action={<LinkButton href="/register">{registry.emptyAction}</LinkButton>}>
        {registry.emptyText}
      </EmptyState>
    );
  }
  return (
    <>
      <div className={layout.between}>
        <div>
          <h1>{registry.title}</h1>
          <p className={classes.count}>{registry.count(total)}</p>
        </div>
        <div className={classes.file}>
          {/* Without `download`: when the session has ended the answer is the sign-in page, and that is to be seen, not saved. */}
          <a {...buttonLook({ size: 'lg' })} href="/api/registry.xlsx">
            <IconDownload {...icon.md} />
            {registry.download}
          </a>
          <p className={classes.fileNote}>
            {file ? registry.fileWritten(format.ago(file.writtenAt), file.rows) : registry.noFile}
            {file && file.rows < total && `. ${registry.fileBehind}`}
          </p>
        </div>
      </div>
      <RegistrationsTable rows={found.rows} />
      <Pager page={page} pages={Math.ceil(total / pageSize)} />
    </>
  );
}

function Pager({ page, pages }: { page: number; pages: number }) {
  const { registry } = useText();
  const format = useFormat();
  const [path] = useLocation();
  if (pages < 2 && page === 1) return null;
  return (
    <nav className={classes.pager} aria-label={registry.pages}>
      {page > 1 && (
        <LinkButton href={`${path}?page=${Math.min(page - 1, pages)}`} variant="default">
          {registry.newer}
        </LinkButton>
      )}
      <span className={classes.page}>{registry.page(format.number(page), format.number(pages))}</span>
      {page < pages && (
        <LinkButton href={`${path}?page=${page + 1}`} variant="default">
          {registry.older}
        </LinkButton>
      )}
    </nav>
  );
}

function ListSkeleton() {
  return (
    <>
      <SkeletonBlock width={240} height={32} />
      <SkeletonBlock width={120} height={16} mt={16} />
      <SkeletonBlock height={480} mt={40} />
    </>
  );
}
