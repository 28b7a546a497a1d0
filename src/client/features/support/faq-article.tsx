import { IconChevronDown } from '@tabler/icons-react';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { useTalkText } from '#client/lib/talk-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { icon } from '#client/ui/icon.ts';
import { Prose } from '#client/ui/prose.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonText } from '#client/ui/skeleton.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { FaqItemDto } from '#shared/support.ts';
import { FaqVote } from './faq-vote.tsx';
import { markWithin, patternOf, piecesOf } from './matches.ts';
import classes from './support.module.css';

interface FaqArticleProps {
  item: FaqItemDto;
  category: string;
  open: boolean;
  onToggle: () => void;
}

/** A question; its answer is loaded when it is opened, and kept. */
export function FaqArticle({ item, category, open, onToggle }: FaqArticleProps) {
  const { slug, title, matched } = item;
  // The words come anew with every answer of the search; the pattern is a new one only when they are others.
  const known = JSON.stringify(matched);
  const pattern = useMemo(() => patternOf(JSON.parse(known)), [known]);
  const { article } = trpc.useUtils().support;
  const approach = () => void article.prefetch({ slug }, { staleTime: keptMs });
  return (
    <li>
      <h2 className={classes.question}>
        <button id={slug} type="button" aria-expanded={open} aria-controls={`answer-${slug}`} onClick={onToggle} onPointerEnter={approach}>
          <span className={classes.words}>
            <span className={open ? `${classes.title} ${classes.openTitle}` : classes.title}>
              {piecesOf(setTitle(title), pattern).map(({ text, hit }, place) =>
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, always in this order
                hit ? <mark key={place}>{text}</mark> : <span key={place}>{text}</span>,
              )}
            </span>
            <span className={classes.part}>{category}</span>
          </span>
          <IconChevronDown {...icon.md} className={classes.chevron} />
        </button>
      </h2>
      <div id={`answer-${slug}`} hidden={!open} className={classes.answer}>
        {open && <Answer slug={slug} pattern={pattern} />}
      </div>
    </li>
  );
}

const keptMs = 5 * 60_000;

function Answer({ slug, pattern }: { slug: string; pattern: RegExp | null }) {
  const { article: words } = useTalkText().support;
  const query = trpc.support.article.useQuery({ slug }, { staleTime: keptMs });
  const html = query.data?.html;
  const body = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is marked is made of `html`
  useLayoutEffect(() => (body.current ? markWithin(body.current, pattern) : undefined), [html, pattern]);
  return (
    <QueryView query={query} skeleton={<SkeletonText lines={4} />} errorTitle={words.failed} level={3}>
      {(article) => (
        <>
          <div ref={body}>
            <Prose html={article.html} size="plain" />
          </div>
          <FaqVote article={article} />
        </>
      )}
    </QueryView>
  );
}
