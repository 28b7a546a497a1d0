import { useMemo, useRef } from 'react';
import lists from '#client/features/notifications/lists.module.css';
import { ShowMore } from '#client/features/notifications/show-more.tsx';
import { useHeldList } from '#client/lib/held-list.ts';
import { useNoticesText } from '#client/lib/notices-text.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { anewUnlessSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import layout from '#client/ui/layout.module.css';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonText } from '#client/ui/skeleton.tsx';
import { NewsItem } from './news-item.tsx';

/** Announcements for whoever reads this, newest first. */
export function NewsPage() {
  const { news: words } = useNoticesText();
  const feed = trpc.news.feed.useInfiniteQuery({}, { getNextPageParam: (page) => page.nextCursor, staleTime: anewUnlessSent });
  const items = useMemo(() => feed.data?.pages.flatMap((page) => page.items), [feed.data]);
  const { shown, fresh, showFresh } = useHeldList(items);
  const first = useRef<HTMLLIElement>(null);
  usePageTitle(words.title);
  return (
    <div className={layout.wrap}>
      <div className={`${layout.between} ${lists.head}`}>
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
      <div className={lists.list}>
        <QueryView query={feed} errorTitle={words.failed} skeleton={<SkeletonText lines={12} lineHeight={28} />}>
          {() =>
            shown.length === 0 ? (
              <EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>
            ) : (
              <>
                <ol className={layout.list}>
                  {shown.map((item, at) => (
                    <li key={item.id} ref={at === 0 ? first : undefined} className={lists.post}>
                      <NewsItem item={item} level={2} />
                    </li>
                  ))}
                </ol>
                <ShowMore list={feed} />
              </>
            )
          }
        </QueryView>
      </div>
    </div>
  );
}
