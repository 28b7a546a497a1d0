import { keepPreviousData } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { anewUnlessSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { InboxRowDto } from '#shared/inbox.ts';
import { type InboxView, searchOf } from './inbox-filter.ts';
import { mergeRows } from './merge-rows.ts';

/** Hints tell of changes at once; this is for whom no hint reaches. */
export const inboxPollMs = 60_000;

const nothing: InboxRowDto[] = [];

/**
 * The rows as they may be shown now.
 * @param still nothing may move: somebody is at the list
 */
export function useInboxRows(view: InboxView, openId: string | undefined, still: boolean) {
  const list = trpc.chat.inbox.list.useInfiniteQuery(
    { filter: view.filter, search: view.q, courseId: view.courseId },
    {
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: keepPreviousData,
      staleTime: anewUnlessSent,
      refetchInterval: inboxPollMs,
    },
  );
  const fresh = useMemo(() => list.data && distinct(list.data.pages.flatMap(({ rows }) => rows)), [list.data]);

  const [shown, setShown] = useState({ of: searchOf(view), rows: nothing });
  // Another filter is another list. Until it has come the former one is seen.
  const of = list.isPlaceholderData ? shown.of : searchOf(view);
  const before = shown.of === of ? shown.rows : nothing;
  const merged = useMemo(() => mergeRows({ shown: before, fresh: fresh ?? nothing, still, openId }), [before, fresh, still, openId]);
  useEffect(() => {
    if (!fresh) return;
    const same = shown.of === of && merged.rows.length === shown.rows.length && merged.rows.every((row, at) => row === shown.rows[at]);
    if (!same) setShown({ of, rows: merged.rows });
  }, [fresh, merged, of, shown]);

  const renew = useCallback(() => {
    setShown({ of, rows: mergeRows({ shown: before, fresh: fresh ?? nothing, still: false, openId }).rows });
  }, [of, before, fresh, openId]);

  return { list, rows: merged.rows, held: merged.held, stale: merged.stale, renew };
}

/** Pages are read one after the other: a thread that moved meanwhile may come twice, and counts where it came first. */
function distinct(rows: InboxRowDto[]): InboxRowDto[] {
  return [...new Map(rows.toReversed().map((row) => [row.threadId, row])).values()].toReversed();
}
