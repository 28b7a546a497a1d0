import { useOfficeText } from '#client/lib/office-text.ts';
import layout from '#client/ui/layout.module.css';
import type { NewsState } from '#shared/news.ts';
import classes from './news-list.module.css';

/** What is being sent is told in green, a draft in ochre; the rest is quiet. */
export function NewsStateTag({ state }: { state: NewsState }) {
  const { states } = useOfficeText().news;
  const tone = state === 'sending' ? layout.tagBoard : state === 'draft' || state === 'paused' ? classes.loud : undefined;
  return <span className={[layout.tag, tone].filter(Boolean).join(' ')}>{states[state]}</span>;
}
