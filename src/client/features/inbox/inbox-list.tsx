import { type ReactNode, useEffect, useRef } from 'react';
import { ShowMore } from '#client/features/office/list/show-more.tsx';
import { useNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { InboxRowDto } from '#shared/inbox.ts';
import classes from './inbox.module.css';
import { type InboxView, inboxHref, isNarrow } from './inbox-filter.ts';
import { InboxRow } from './inbox-row.tsx';
import type { useInboxRows } from './use-inbox-rows.ts';
import type { useStill } from './use-still.ts';

interface InboxListProps {
  view: InboxView;
  openId: string | undefined;
  inbox: ReturnType<typeof useInboxRows>;
  /** What is known better of the open thread than its row says. */
  openState: Pick<InboxRowDto, 'waitingSince' | 'holder' | 'closed'> | undefined;
  handlers: ReturnType<typeof useStill>['handlers'];
  onReset: () => void;
  children: ReactNode;
}

/** The column of questions: filters above (`children`), rows that never move under the pointer. */
export function InboxList({ view, openId, inbox, openState, handlers, onReset, children }: InboxListProps) {
  const { inbox: words } = useOfficeText();
  const { list, rows, held, stale, renew } = inbox;
  const now = useNow(30_000);
  const box = useRef<HTMLDivElement>(null);
  return (
    <section className={`${classes.column} ${classes.listColumn}`} aria-label={words.list}>
      {children}
      <div ref={box} className={classes.scroll} aria-busy={list.isPlaceholderData} {...handlers}>
        <div className={classes.news} role="status">
          {(held > 0 || stale) && (
            <Button
              size="sm"
              variant="default"
              onClick={() => {
                renew();
                box.current?.scrollTo({ top: 0 });
              }}
            >
              {held > 0 ? words.showNew(held) : words.renew}
            </Button>
          )}
        </div>
        <QueryView query={list} errorTitle={words.load} level={2} skeleton={<ListSkeleton />}>
          {() =>
            rows.length === 0 ? (
              <div className={classes.pad}>
                <Nothing view={view} onReset={onReset} />
              </div>
            ) : (
              <>
                <ul className={list.isPlaceholderData ? classes.former : undefined}>
                  {rows.map((row) => (
                    <InboxRow
                      key={row.threadId}
                      row={row.threadId === openId && openState ? { ...row, ...openState, unread: 0 } : row}
                      href={inboxHref(view, row.threadId)}
                      open={row.threadId === openId}
                      now={now}
                    />
                  ))}
                </ul>
                <div className={classes.more}>
                  <ShowMore list={list} />
                </div>
                <Further list={list} />
              </>
            )
          }
        </QueryView>
      </div>
    </section>
  );
}

/** The next page is fetched before one gets to the end; the button above is for where that is not possible. */
function Further({ list }: { list: ReturnType<typeof useInboxRows>['list'] }) {
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = list;
  const wanted = hasNextPage && !isFetching && !isFetchNextPageError;
  useEffect(() => {
    if (!wanted || !end.current) return;
    const observer = new IntersectionObserver(([seen]) => seen?.isIntersecting && void fetchNextPage(), { rootMargin: '600px' });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [wanted, fetchNextPage]);
  return <div ref={end} />;
}

function Nothing({ view, onReset }: { view: InboxView; onReset: () => void }) {
  const { inbox } = useOfficeText();
  if (isNarrow(view)) {
    return (
      <EmptyState
        title={inbox.emptyNarrow}
        action={
          <Button size="sm" variant="default" onClick={onReset}>
            {inbox.reset}
          </Button>
        }
      />
    );
  }
  switch (view.filter) {
    case 'waiting':
      return <EmptyState title={inbox.empty}>{inbox.emptyText}</EmptyState>;
    case 'mine':
      return <EmptyState title={inbox.emptyMine}>{inbox.emptyMineText}</EmptyState>;
    case 'all':
      return <EmptyState title={inbox.emptyAll}>{inbox.emptyAllText}</EmptyState>;
    case 'closed':
      return <EmptyState title={inbox.emptyClosed} />;
  }
}

function ListSkeleton() {
  return (
    <div className={classes.pad}>
      {Array.from({ length: 6 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
        <SkeletonBlock key={row} height={76} mt={row === 0 ? 0 : 32} radius={8} />
      ))}
    </div>
  );
}
