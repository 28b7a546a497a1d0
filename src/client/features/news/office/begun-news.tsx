import { useState } from 'react';
import { Link } from 'wouter';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { usePersonId } from '#client/lib/person.ts';
import { Button } from '#client/ui/button.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { NewsPostDto } from '#shared/news.ts';
import classes from './begun.module.css';
import { BroadcastCard } from './broadcast-card.tsx';
import { newsCopiesOf } from './news-copies.ts';
import { fieldsOf } from './news-fields.ts';
import { NewsStateTag } from './news-state-tag.tsx';
import { Preview } from './preview.tsx';
import { PublishedEditor } from './published-editor.tsx';
import { ScheduledCard } from './scheduled-card.tsx';
import { useAudienceWords } from './use-audience-words.ts';

/** One that goes out by its time, is going out or has gone: how far it is, what it says, and the words on the site, which can still be mended. */
export function BegunNews({ post }: { post: NewsPostDto }) {
  const { news } = useOfficeText();
  const { published: words } = news;
  const personId = usePersonId();
  const [editing, edit] = useState(() => newsCopiesOf(personId).find(post.id) !== null);
  const scheduled = post.state === 'scheduled';
  const mends = editing && !scheduled;
  return (
    <OfficePage
      title={setTitle(post.title) || news.untitled}
      trail={[{ href: '/admin/news', label: news.title }]}
      facts={<Facts post={post} />}
      actions={
        !scheduled &&
        !mends && (
          <Button size="sm" variant="default" onClick={() => edit(true)}>
            {words.edit}
          </Button>
        )
      }
    >
      {scheduled ? (
        <ScheduledCard post={post} />
      ) : (
        <BroadcastCard id={post.id} title={post.title} startedAt={post.startedAt} known={null} />
      )}
      <div className={classes.below}>
        {mends ? (
          <PublishedEditor post={post} onDone={() => edit(false)} />
        ) : (
          <Preview id={post.id} input={post} pictures={post.pictures} wide />
        )}
      </div>
    </OfficePage>
  );
}

function Facts({ post }: { post: NewsPostDto }) {
  const { news } = useOfficeText();
  const whom = useAudienceWords();
  const { state, startedAt, channels } = post;
  const { editor } = news;
  const where = (['site', 'telegram', 'email'] as const).flatMap((one) => (channels[one] ? [editor[one]] : [])).join(', ');
  return (
    <>
      <NewsStateTag state={state} />
      <span>{whom(fieldsOf(post))}</span>
      <span>{where}</span>
      {startedAt && channels.site && <Link href={`/news/${post.id}`}>{news.published.onSite}</Link>}
    </>
  );
}
