import { Fragment, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { useSlow } from '#client/features/tasks/use-slow.ts';
import { useTalkText } from '#client/lib/talk-text.ts';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import layout from '#client/ui/layout.module.css';
import { NoteBox } from '#client/ui/note-box.tsx';
import type_ from '#client/ui/type.module.css';
import type { FaqCategoryDto, FaqListDto } from '#shared/support.ts';
import { beginnings } from './beginnings.ts';
import { FaqArticle } from './faq-article.tsx';
import { FaqParts, resultsId } from './faq-search.tsx';
import classes from './support.module.css';
import { useNamedArticle } from './use-support-place.ts';

interface FaqListProps {
  list: FaqListDto;
  /** What it was found by. */
  query: string;
  /** `busy`: another search is under way; `waiting`: it waits for the network. What was found before stays. */
  state: 'there' | 'busy' | 'waiting';
  part: string | null;
  onPart: (slug: string | null) => void;
}

export function FaqList({ list, query, state, part, onPart }: FaqListProps) {
  const { support: words } = useTalkText();
  const slow = useSlow(state === 'busy');
  const { opened, toggle, gone } = useOpenArticles(list, query !== '' || part !== null, state === 'there');
  const chosen = list.categories.find(({ slug }) => slug === part) ?? null;
  const shown = chosen ? list.items.filter((item) => item.categoryId === chosen.id) : list.items;
  // Without a search the beginnings of all categories fit where else one of them would hide the others, and the way to a person.
  const groups = query || chosen ? [{ items: shown, rest: 0, category: null }] : beginnings(list, opened);
  const nameOf = new Map(list.categories.map(({ id, title }) => [id, title]));
  const choose = (category: FaqCategoryDto | null) => onPart(category?.slug ?? null);
  return (
    <>
      {list.categories.length > 0 && (
        <FaqParts categories={list.categories} items={list.items} chosen={chosen?.id ?? null} onChoose={choose} />
      )}
      <p className={classes.state} role="status">
        {state === 'waiting' ? (
          words.waiting
        ) : slow ? (
          words.searching
        ) : (
          <span className={type_.hidden}>{query && words.found(shown.length)}</span>
        )}
      </p>
      {gone && <NoteBox className={classes.gone}>{words.gone}</NoteBox>}
      <div id={resultsId} aria-busy={slow || undefined}>
        {shown.length > 0 && (
          <ul className={layout.list}>
            {groups.map(({ items, rest, category }) => (
              <Fragment key={category?.id ?? 'found'}>
                {items.map((item) => (
                  <FaqArticle
                    key={item.id}
                    item={item}
                    category={nameOf.get(item.categoryId) ?? ''}
                    open={opened.has(item.slug)}
                    onToggle={() => toggle(item.slug)}
                  />
                ))}
                {category && rest > 0 && (
                  <li>
                    <button type="button" className={classes.more} onClick={() => onPart(category.slug)}>
                      {words.more(category.title, rest)}
                    </button>
                  </li>
                )}
              </Fragment>
            ))}
          </ul>
        )}
        {shown.length === 0 && chosen && list.items.length > 0 && (
          <EmptyState
            title={words.nothing}
            action={
              <Button variant="default" onClick={() => onPart(null)}>
                {words.showAll(list.items.length)}
              </Button>
            }
          >
            {words.nothingInPart(chosen.title)}
          </EmptyState>
        )}
        {list.items.length === 0 && (
          <EmptyState title={query ? words.nothing : words.empty}>{query ? words.nothingText : words.emptyText}</EmptyState>
        )}
      </div>
    </>
  );
}

/**
 * Which answers are open: those that were pressed, and the one that the address names.
 * @param narrowed not everything is in the list
 */
function useOpenArticles({ items }: FaqListDto, narrowed: boolean, settled: boolean) {
  const [, navigate] = useLocation();
  const [named, name] = useNamedArticle();
  const [opened, open] = useState<ReadonlySet<string>>(() => new Set(named ? [named] : []));
  const [lastNamed, setLastNamed] = useState(named);
  if (named !== lastNamed) {
    setLastNamed(named);
    if (named) open(new Set([...opened, named]));
  }
  const missing = named !== null && settled && !items.some(({ slug }) => slug === named);
  // A place of the page that is no article.
  const elsewhere = missing && document.getElementById(named) !== null;
  const look = missing && !elsewhere && narrowed;
  useEffect(() => {
    // It may be among those that the search has left out.
    if (look) navigate(`/support#${named}`, { replace: true });
  }, [look, named, navigate]);
  return {
    opened,
    gone: missing && !elsewhere && !narrowed,
    toggle(slug: string) {
      const next = new Set(opened);
      if (next.delete(slug)) {
        if (named === slug) name(null);
      } else {
        next.add(slug);
        name(slug);
      }
      open(next);
    },
  };
}
