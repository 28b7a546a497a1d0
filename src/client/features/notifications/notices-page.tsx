import { useEffect, useMemo, useRef, useState } from 'react';
import { Link } from 'wouter';
import { useHeldList } from '#client/lib/held-list.ts';
import { useMe } from '#client/lib/me.ts';
import { useNoticesText } from '#client/lib/notices-text.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { anewUnlessSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import layout from '#client/ui/layout.module.css';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { BellItemDto } from '#shared/notifications.ts';
import classes from './lists.module.css';
import { NoticeRow } from './notice-row.tsx';
import { ShowMore } from './show-more.tsx';
import { useMarkSeen } from './use-mark-seen.ts';

/** What one was told, newest first. What is seen here is seen; a dot keeps saying what was new when one came. */
export function NoticesPage() {
  const { bell: words } = useNoticesText();
  const list = trpc.notifications.list.useInfiniteQuery({}, { getNextPageParam: (page) => page.nextCursor, staleTime: anewUnlessSent });
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const { shown, fresh, showFresh } = useHeldList(items);
  const newHere = useNewHere(shown);
  const first = useRef<HTMLLIElement>(null);
  // What is gone by now is not in the list, and counts as seen with the rest.
  const newest = list.data?.pages[0]?.newest;
  useMarkSeen(fresh.length === 0 && newest ? { id: newest, seen: true } : shown[0]);
  usePageTitle(words.title);

  // All of a page may be about what is gone by now: then what is older is looked at.
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = list;
  const hollow = items?.length === 0 && hasNextPage && !isFetching && !isFetchNextPageError;
  useEffect(() => {
    if (hollow) void fetchNextPage();
  }, [hollow, fetchNextPage]);

  return (
    <div className={layout.wrap}>
      <div className={`${layout.between} ${classes.head}`}>
        <h1>{words.title}</h1>
        {fresh.length > 0 && (
          <Button
            variant="default"
            size="sm"
            onClick={() => {
              showFresh();
              window.scrollTo(0, 0);
              // The button is gone now: the focus goes to what it brought.
              requestAnimationFrame(() => first.current?.querySelector('a')?.focus({ preventScroll: true }));
            }}
          >
            {words.fresh}
          </Button>
        )}
      </div>
      <p className={classes.links}>
        <Link href="/news">{words.news}</Link>
        <Link href="/profile/notifications">{words.settings}</Link>
      </p>
      <div className={classes.list}>
        <QueryView
          query={items?.length === 0 && hasNextPage && !isFetchNextPageError ? { ...list, data: undefined } : list}
          errorTitle={words.failed}
          skeleton={<NoticesSkeleton />}
        >
          {() =>
            shown.length === 0 && !hasNextPage ? (
              <Nothing />
            ) : (
              <>
                <ul className={layout.list}>
                  {shown.map((item, at) => (
                    <li key={item.id} ref={at === 0 ? first : undefined}>
                      <NoticeRow item={item} unseen={newHere.has(item.id)} />
                    </li>
                  ))}
                </ul>
                <ShowMore list={list} />
              </>
            )
          }
        </QueryView>
      </div>
    </div>
  );
}

/** What had not been seen when it came onto this page. */
function useNewHere(shown: readonly BellItemDto[]): ReadonlySet<string> {
  const [newHere, setNewHere] = useState<ReadonlySet<string>>(new Set());
  const more = shown.filter(({ id, seen }) => !seen && !newHere.has(id));
  if (more.length > 0) setNewHere(new Set([...newHere, ...more.map(({ id }) => id)]));
  return newHere;
}

function Nothing() {
  const { bell: words } = useNoticesText();
  const teacher = useMe()?.role === 'moderator';
  return <EmptyState title={words.emptyTitle}>{teacher ? words.emptyTeacher : words.empty}</EmptyState>;
}

function NoticesSkeleton() {
  return [0, 1, 2, 3, 4].map((row) => <SkeletonBlock key={row} height={48} mt={row === 0 ? 8 : 21} />);
}
