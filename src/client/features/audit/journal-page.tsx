import { keepPreviousData } from '@tanstack/react-query';
import { ShowMore } from '#client/features/office/list/show-more.tsx';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { anewUnlessSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { AuditEntryDto } from '#shared/audit.ts';
import classes from './journal.module.css';
import { JournalEntry } from './journal-entry.tsx';
import { JournalFilters } from './journal-filters.tsx';
import { useFilter } from './use-filter.ts';

/** Who did what, newest first; the filter stands in the address. */
export function JournalPage() {
  const { shell, audit } = useOfficeText();
  const [filter, change] = useFilter();
  const list = trpc.audit.list.useInfiniteQuery(filter, {
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: anewUnlessSent,
  });
  const entries = list.data?.pages.flatMap((page) => page.entries) ?? [];
  const filtered = Object.values(filter).some(Boolean);
  return (
    <OfficePage title={shell.nav.journal}>
      <JournalFilters filter={filter} onChange={change} />
      {filter.subject && <p className={classes.note}>{audit.ofOne}</p>}
      <QueryView query={list} skeleton={<SkeletonBlock height={480} />} errorTitle={audit.load}>
        {() =>
          entries.length === 0 ? (
            <EmptyState title={filtered ? audit.nothing : audit.empty}>{filtered ? audit.nothingText : audit.emptyText}</EmptyState>
          ) : (
            <div className={list.isPlaceholderData ? classes.stale : undefined} aria-busy={list.isPlaceholderData}>
              <Days entries={entries} />
              {list.hasNextPage ? <ShowMore list={list} /> : <p className={classes.all}>{audit.all}</p>}
            </div>
          )
        }
      </QueryView>
    </OfficePage>
  );
}

function Days({ entries }: { entries: AuditEntryDto[] }) {
  const format = useFormat();
  const days = [...Map.groupBy(entries, ({ at }) => format.weekday(at))];
  return days.map(([day, ofDay]) => (
    <section key={day} className={classes.day}>
      <h2>{day}</h2>
      <ol>
        {ofDay.map((entry) => (
          <JournalEntry key={entry.id} entry={entry} />
        ))}
      </ol>
    </section>
  ));
}
