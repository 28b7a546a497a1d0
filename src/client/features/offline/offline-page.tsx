import { useEffect } from 'react';
import { useSearch } from 'wouter';
import { safeNext } from '#client/features/auth/next.ts';
import { useSite } from '#client/lib/me.ts';
import { useOfflineText } from '#client/lib/offline-text.ts';
import { offline } from '#client/lib/online.ts';
import { usePageTitle } from '#client/lib/page.ts';
import layout from '#client/ui/layout.module.css';
import classes from './offline.module.css';
import { ReadingList } from './reading-list.tsx';

/** What can be read without a network. Whoever came here because another page did not answer (`?next=`) is taken there as soon as it can be. */
export function OfflinePage() {
  const text = useOfflineText();
  const away = offline.use() !== null;
  const reached = useSite() !== undefined && !away;
  const search = useSearch();
  const from = safeNext(search, window.location.origin);
  useEffect(() => {
    if (reached && from) window.location.replace(from);
  }, [reached, from]);
  const title = reached ? text.onlineTitle : text.title;
  usePageTitle(title);
  return (
    <div className={layout.wrap}>
      <h1>{title}</h1>
      <p className={classes.lead}>{reached ? text.onlineLead : text.lead}</p>
      {from && <p className={classes.lead}>{text.waiting}</p>}
      <ReadingList level={2} />
    </div>
  );
}
