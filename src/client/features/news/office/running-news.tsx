import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import classes from './broadcast.module.css';
import { BroadcastCard } from './broadcast-card.tsx';

/** How often it is looked whether another one has begun, by its time or by somebody else. */
const lookMs = 20_000;

/** What is going out at this moment; nothing, if nothing is. */
export function RunningNews({ className }: { className?: string }) {
  const { list: words } = useOfficeText().news;
  const list = trpc.news.office.list.useInfiniteQuery(
    {},
    {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) === 1 ? lookMs : false),
    },
  );
  const running = (list.data?.pages.flatMap((page) => page.items) ?? []).filter(({ state }) => state === 'sending' || state === 'paused');
  if (running.length === 0) return null;
  return (
    <section className={className} aria-labelledby="news-running">
      <h2 id="news-running">{running.every(({ state }) => state === 'paused') ? words.paused : words.running}</h2>
      <div className={classes.cards}>
        {running.map((row) => (
          <BroadcastCard key={row.id} id={row.id} title={row.title} startedAt={row.startedAt} known={row.progress} linked />
        ))}
      </div>
    </section>
  );
}
