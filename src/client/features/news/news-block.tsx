import { Link } from 'wouter';
import lists from '#client/features/notifications/lists.module.css';
import { useNoticesText } from '#client/lib/notices-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import layout from '#client/ui/layout.module.css';
import { Pending, SkeletonBlock } from '#client/ui/skeleton.tsx';
import type_ from '#client/ui/type.module.css';
import classes from './news-block.module.css';
import { NewsItem } from './news-item.tsx';

/**
 * The last of the news, at the end of the home.
 * @param count how many
 */
export function NewsBlock({ count }: { count: number }) {
  const { news: words } = useNoticesText();
  const { data, isError } = trpc.news.feed.useQuery({ limit: count });
  // The home is a home without it too.
  if (isError && !data) return null;
  return (
    <section aria-labelledby="news">
      <div className={layout.between}>
        <h2 id="news" className={type_.h3}>
          {words.title}
        </h2>
        <Link href="/news" className={classes.all} aria-label={words.allLabel}>
          {words.all}
        </Link>
      </div>
      {data ? (
        data.items.length === 0 ? (
          <p className={classes.empty}>
            {words.emptyTitle}. {words.empty}
          </p>
        ) : (
          <ol className={`${layout.list} ${classes.list}`}>
            {data.items.map((item) => (
              <li key={item.id} className={lists.post}>
                <NewsItem item={item} level={3} />
              </li>
            ))}
          </ol>
        )
      ) : (
        <Pending>
          <SkeletonBlock height={280} mt={12} />
        </Pending>
      )}
    </section>
  );
}
