import { IconAlertTriangle } from '@tabler/icons-react';
import { Suspense, useEffect, useEffectEvent, useState } from 'react';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { useDraft } from '#client/lib/draft.ts';
import { appError } from '#client/lib/errors.ts';
import { lazyOffice, useOfficeText } from '#client/lib/office-text.ts';
import { usePersonId } from '#client/lib/person.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';
import { NoteBox } from '#client/ui/note-box.tsx';
import type { NewsPostDto } from '#shared/news.ts';
import { AudienceFields } from './audience-fields.tsx';
import { ChannelFields } from './channel-fields.tsx';
import classes from './composer.module.css';
import { ContentFields } from './content-fields.tsx';
import { blankNews, inputOf, type NewsFields, type NewsProblem, parseFields } from './news-fields.ts';
import { Preview } from './preview.tsx';
import { RunningNews } from './running-news.tsx';
import { SaveLine } from './save-line.tsx';
import { SendBar } from './send-bar.tsx';
import type { SendTime } from './send-time.ts';
import { useAudienceCount } from './use-audience-count.ts';
import { useAudienceWords } from './use-audience-words.ts';
import { type NewsDraft, useNewsDraft } from './use-news-draft.ts';
import { useNewsPictures } from './use-news-pictures.ts';
import { WhenFields } from './when-fields.tsx';

const NewsConflict = lazyOffice(() => import('./news-conflict.tsx'), 'NewsConflict');

interface ComposerProps {
  id: string;
  /** Null: the server has never heard of it. */
  post: NewsPostDto | null;
  /** Something of a new one has been typed: it needs an address of its own. */
  onBegun?: () => void;
  /** It is no draft any more: sent or given a time, here or by somebody else. */
  onGone?: () => void;
}

/** An announcement before it goes out, and beside it what every channel makes of it. */
export function Composer({ id, post, onBegun, onGone }: ComposerProps) {
  const { news } = useOfficeText();
  const { editor: words } = news;
  const utils = trpc.useUtils();
  const draft = useNewsDraft({ id, post });
  const pictures = useNewsPictures(draft);
  const { fields } = draft;
  const audience = useAudienceCount(draft.post && id, fields, draft.post?.listed ?? 0);
  const { draft: when, change: changeWhen } = useDraft<SendTime>(`news.when.${usePersonId()}.${id}`, { later: false, on: '', time: '' });
  const [problems, setProblems] = useState<NewsProblem[]>([]);
  const [timeProblem, setTimeProblem] = useState<'wrong' | 'past' | null>(null);

  // Somebody else has sent it meanwhile: the page of one that has gone out takes over.
  const refused = appError(draft.state.error)?.code === 'NEWS_STATE';
  useEffect(() => {
    if (refused) void utils.news.office.get.invalidate({ id });
  }, [refused, utils, id]);
  const tellGone = useEffectEvent(() => onGone?.());
  const gone = draft.post !== null && draft.post.state !== 'draft';
  useEffect(() => {
    if (gone) tellGone();
  }, [gone]);

  function change(part: Partial<NewsFields>) {
    setProblems(problems.filter((name) => !(name in part)));
    draft.change(part);
    onBegun?.();
  }

  const typed = { ...draft, change };
  return (
    <OfficePage
      title={fields.title.trim() || words.newTitle}
      trail={[{ href: '/admin/news', label: news.title }]}
      actions={<SaveLine draft={draft} />}
    >
      <Notes draft={draft} />
      <div className={classes.composer}>
        {/* biome-ignore lint/a11y/useSemanticElements: nothing is sent by Enter in a field of one line */}
        <div role="group" className={classes.form} aria-label={words.form}>
          <AudienceFields draft={typed} audience={audience} problems={problems} />
          <ContentFields fields={fields} pictures={pictures} problems={problems} onChange={change} />
          <ChannelFields
            fields={fields}
            wrong={problems.includes('channels')}
            onChange={(part) => {
              setProblems(problems.filter((name) => name !== 'channels'));
              draft.change(part);
              onBegun?.();
            }}
          />
          <WhenFields
            value={when}
            problem={timeProblem}
            onChange={(part) => {
              setTimeProblem(null);
              changeWhen(part);
            }}
          />
          <SendBar
            draft={draft}
            pictures={pictures}
            audience={audience}
            when={when}
            onProblems={(found, time) => {
              setProblems(found);
              setTimeProblem(time);
            }}
          />
        </div>
        <Preview id={draft.post && id} input={inputOf(fields, null)} pictures={draft.post?.pictures ?? []} />
      </div>
      <RunningNews className={classes.running} />
    </OfficePage>
  );
}

/** What has to be known of the text before one writes on. */
export function Notes({ draft }: { draft: NewsDraft }) {
  const { conflict: words, editor } = useOfficeText().news;
  const whom = useAudienceWords();
  const [comparing, compare] = useState(false);
  const { theirs } = draft.state;
  return (
    <>
      <div className={classes.notes}>
        {theirs && (
          <div role="alert">
            <NoteBox tone="warn" icon={<IconAlertTriangle {...icon.md} />}>
              <div className={classes.note}>
                <p>
                  <b>{words.note}</b> {words.safe}
                </p>
                <Button variant="default" size="sm" onClick={() => compare(true)}>
                  {words.compare}
                </Button>
              </div>
            </NoteBox>
          </div>
        )}
        {draft.restored && !theirs && <NoteBox>{editor.restored}</NoteBox>}
      </div>
      {comparing && theirs && (
        <Suspense fallback={null}>
          <NewsConflict
            mine={draft.fields}
            theirs={parseFields(theirs.source) ?? blankNews}
            audience={whom}
            onClose={() => compare(false)}
            onChoose={(chosen) => {
              compare(false);
              draft.settle(chosen);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
