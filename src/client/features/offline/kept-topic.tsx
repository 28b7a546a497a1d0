import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { useOfflineText } from '#client/lib/offline-text.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import layout from '#client/ui/layout.module.css';
import { NoteBox } from '#client/ui/note-box.tsx';
import { PagePending } from '#client/ui/page-pending.tsx';
import { Prose } from '#client/ui/prose.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import { findKept, type KeptTopic as Kept } from './kept-topics.ts';
import classes from './offline.module.css';
import { ReadingList } from './reading-list.tsx';

/** In place of a page that needs the network: the theory of the topic at this address, or what else can be read. */
export function KeptTopic() {
  const text = useOfflineText();
  const [path] = useLocation();
  const topic = useKeptAt(path);
  const missing = /^\/courses\//.test(path) ? text.missing : text.title;
  usePageTitle(topic?.title ?? missing);
  if (topic === undefined) return <PagePending />;
  if (topic) return <Reading topic={topic} />;
  return (
    <div className={layout.wrap}>
      <EmptyState level={1} title={missing}>
        {text.waiting}
      </EmptyState>
      <ReadingList level={2} />
    </div>
  );
}

function Reading({ topic }: { topic: Kept }) {
  const text = useOfflineText();
  return (
    <div className={layout.wrap}>
      <article>
        <p className={classes.meta} lang="ru">
          {setTitle(topic.course.title)}
        </p>
        <h1 lang="ru">{setTitle(topic.title)}</h1>
        <NoteBox>{text.topic}</NoteBox>
        <Prose html={topic.theoryHtml} className={classes.theory} />
      </article>
      <section className={classes.others}>
        <h2>{text.others}</h2>
        <ReadingList level={3} />
      </section>
    </div>
  );
}

/** Undefined while the browser looks. */
function useKeptAt(path: string): Kept | null | undefined {
  const [found, setFound] = useState<{ path: string; topic: Kept | null }>();
  useEffect(() => {
    let here = true;
    const [, course, topic] = /^\/courses\/([a-z0-9-]+)\/([a-z0-9-]+)\/?$/.exec(path) ?? [];
    const look = course && topic && 'caches' in window ? findKept(course, topic) : Promise.resolve(null);
    void look.catch(() => null).then((kept) => here && setFound({ path, topic: kept }));
    return () => {
      here = false;
    };
  }, [path]);
  return found?.path === path ? found.topic : undefined;
}
