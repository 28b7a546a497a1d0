import { Link } from 'wouter';
import lists from '#client/features/notifications/lists.module.css';
import { capitalised } from '#client/features/progress/capitalised.ts';
import { useFormat } from '#client/lib/i18n.tsx';
import { useNoticesText } from '#client/lib/notices-text.ts';
import type_ from '#client/ui/type.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { NewsItemDto } from '#shared/news.ts';

/** When, what about, and how it begins; inside an item of a list. */
export function NewsItem({ item, level }: { item: NewsItemDto; level: 2 | 3 }) {
  const { news: words } = useNoticesText();
  const format = useFormat();
  const Title = `h${level}` as const;
  return (
    <>
      <p className={lists.when}>
        {item.unread && (
          <>
            <span className={lists.dot} />
            <span className={type_.hidden}>{words.unread}</span>
          </>
        )}
        <time dateTime={item.publishedAt}>{capitalised(format.recentDay(item.publishedAt), format.locale)}</time>
      </p>
      <Title className={`${level === 2 ? type_.h3 : type_.h4} ${lists.postTitle}`}>
        <Link lang="ru" href={`/news/${item.id}`}>
          {setTitle(item.title)}
        </Link>
      </Title>
      {item.excerpt && (
        <p lang="ru" className={lists.text}>
          {setTitle(item.excerpt)}
        </p>
      )}
    </>
  );
}
