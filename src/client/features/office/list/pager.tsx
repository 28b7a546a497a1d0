import { useFormat } from '#client/lib/i18n.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import typography from '#client/ui/type.module.css';
import classes from './list.module.css';

interface PagerProps {
  page: number;
  pages: number;
  hrefOf: (page: number) => string;
  words: { pages: string; page: (page: string, of: string) => string; before: string; after: string };
}

/** The way through a list that is shown page by page. Beyond its last page it leads back to that one. */
export function Pager({ page, pages, hrefOf, words }: PagerProps) {
  const format = useFormat();
  if (pages < 2 && page === 1) return null;
  return (
    <nav className={classes.foot} aria-label={words.pages}>
      {page > 1 && (
        <LinkButton href={hrefOf(Math.min(page - 1, Math.max(1, pages)))} variant="default">
          {words.before}
        </LinkButton>
      )}
      <span className={typography.dim}>{words.page(format.number(page), format.number(pages))}</span>
      {page < pages && (
        <LinkButton href={hrefOf(page + 1)} variant="default">
          {words.after}
        </LinkButton>
      )}
    </nav>
  );
}
