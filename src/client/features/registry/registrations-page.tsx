import { IconDownload } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useLocation, useSearch } from 'wouter';
import { Pager } from '#client/features/office/list/pager.tsx';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { anewUnlessSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { buttonLook } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { icon } from '#client/ui/icon.ts';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { RegistrationsDto } from '#shared/registry.ts';
import classes from './registrations-page.module.css';
import { RegistrationsTable } from './registrations-table.tsx';

export function RegistrationsPage() {
  const { registry } = useOfficeText();
  const page = Math.max(1, Math.min(100_000, Number.parseInt(new URLSearchParams(useSearch()).get('page') ?? '1', 10) || 1));
  // New registrations come in while the page stands open.
  const list = trpc.registry.list.useQuery(
    { page },
    { placeholderData: keepPreviousData, staleTime: anewUnlessSent, refetchInterval: 30_000 },
  );
  return (
    <OfficePage
      title={registry.title}
      facts={list.data && list.data.total > 0 && <span>{registry.count(list.data.total)}</span>}
      actions={list.data && list.data.total > 0 && <Download found={list.data} />}
    >
      <QueryView query={list} skeleton={<SkeletonBlock height={480} />} errorTitle={registry.load} level={2}>
        {(found) => <Registrations found={found} page={page} />}
      </QueryView>
    </OfficePage>
  );
}

function Download({ found: { file, total } }: { found: RegistrationsDto }) {
  const { registry } = useOfficeText();
  const format = useFormat();
  return (
    <div className={classes.file}>
      {/* Without `download`: when the session has ended the answer is the sign-in page, and that is to be seen, not saved. */}
      <a {...buttonLook({})} href="/api/registry.xlsx">
        <IconDownload {...icon.md} />
        {registry.download}
      </a>
      <p className={classes.fileNote}>
        {file ? registry.fileWritten(format.ago(file.writtenAt), file.rows) : registry.noFile}
        {file && file.rows < total && `. ${registry.fileBehind}`}
      </p>
    </div>
  );
}

function Registrations({ found, page }: { found: RegistrationsDto; page: number }) {
  const { registry } = useOfficeText();
  const [path] = useLocation();
  if (found.total === 0) {
    return (
      <EmptyState level={2} title={registry.empty} action={<LinkButton href="/register">{registry.emptyAction}</LinkButton>}>
        {registry.emptyText}
      </EmptyState>
    );
  }
  return (
    <>
      <RegistrationsTable rows={found.rows} />
      <Pager page={page} pages={Math.ceil(found.total / found.pageSize)} hrefOf={(to) => `${path}?page=${to}`} words={registry} />
    </>
  );
}
