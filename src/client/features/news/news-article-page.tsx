import { Link, useParams } from 'wouter';
import { appError } from '#client/lib/errors.ts';
import { useFormat } from '#client/lib/i18n.tsx';
import { useNoticesText } from '#client/lib/notices-text.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { trpc } from '#client/lib/trpc.ts';
import { buttonLook } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import { Prose } from '#client/ui/prose.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock, SkeletonText } from '#client/ui/skeleton.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { NewsArticleDto, NewsPictureDto } from '#shared/news.ts';
import classes from './news-article.module.css';

export function NewsArticlePage() {
  const { post = '' } = useParams<{ post: string }>();
  const { news: words } = useNoticesText();
  const query = trpc.news.article.useQuery({ id: post });
  const refused = appError(query.error)?.code;
  // An address that is none at all leads nowhere just as one that is gone.
  const gone = refused === 'NEWS_NOT_FOUND' || refused === 'INPUT_INVALID';
  usePageTitle(query.data ? setTitle(query.data.title) : gone ? words.goneTitle : undefined);
  return (
    <div className={layout.wrap}>
      {gone ? (
        <EmptyState level={1} title={words.goneTitle} action={<LinkButton href="/news">{words.allLabel}</LinkButton>}>
          {words.gone}
        </EmptyState>
      ) : (
        <>
          <nav className={classes.crumbs} aria-label={words.place}>
            <Link href="/news">{words.title}</Link>
          </nav>
          <QueryView query={query} level={1} errorTitle={words.articleFailed} skeleton={<ArticleSkeleton />}>
            {(article) => <Article article={article} />}
          </QueryView>
        </>
      )}
    </div>
  );
}

function Article({ article: { title, html, publishedAt, pictures, button } }: { article: NewsArticleDto }) {
  const format = useFormat();
  return (
    <article className={classes.article}>
      <h1 lang="ru">{setTitle(title)}</h1>
      <p className={classes.when}>
        <time dateTime={publishedAt}>{format.dateTime(publishedAt)}</time>
      </p>
      <Prose html={html} />
      {pictures.map((picture) => (
        <Picture key={picture.id} picture={picture} />
      ))}
      {button && <p>{isPage(button.url) ? <LinkButton href={button.url}>{button.label}</LinkButton> : <OtherLink {...button} />}</p>}
    </article>
  );
}

/** In the size it has on the page from the first moment on, and never higher than the screen. */
function Picture({ picture: { url, alt, width, height } }: { picture: NewsPictureDto }) {
  const byHeight = `${((80 * width) / height).toFixed(2)}vh`;
  return (
    <img
      className={classes.picture}
      src={url}
      alt={alt}
      width={width}
      height={height}
      loading="lazy"
      decoding="async"
      style={{ width: `min(100%, ${width}px, ${byHeight})` }}
    />
  );
}

/** A page of ours opens in place; files and other sites are the browser's. */
const isPage = (url: string) => url.startsWith('/') && !url.startsWith('/files/');

function OtherLink({ url, label }: { url: string; label: string }) {
  return (
    <a href={url} target="_blank" rel="noreferrer" {...buttonLook({})}>
      {label}
    </a>
  );
}

function ArticleSkeleton() {
  return (
    <div className={classes.article}>
      <SkeletonBlock width="70%" height={32} mt={4} />
      <SkeletonBlock width={160} height={16} />
      <SkeletonText lines={8} lineHeight={28} />
    </div>
  );
}
