import { Suspense, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { appError, errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { lazyTalk } from '#client/lib/talk-text.ts';
import { Dialog } from '#client/ui/dialog.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { Pending, SkeletonBlock, SkeletonText } from '#client/ui/skeleton.tsx';
import type { InboxThreadDto } from '#shared/inbox.ts';
import { ArticleButton, TemplatesButton } from './composer-buttons.tsx';
import inboxClasses from './inbox.module.css';
import { holderAt } from './lock-rules.ts';
import { TemplatesDialog } from './templates-dialog.tsx';
import classes from './thread.module.css';
import { ThreadHead } from './thread-head.tsx';
import { ThreadInfo } from './thread-info.tsx';
import { OthersLock, OwnLock } from './thread-lock.tsx';
import { newestShown, useClose } from './use-close.ts';
import type { useInboxThread } from './use-inbox-thread.ts';
import { useThreadLock } from './use-thread-lock.ts';

const Chat = lazyTalk(() => import('../chat/chat.tsx'), 'Chat');

interface ThreadPaneProps {
  threadId: string;
  query: ReturnType<typeof useInboxThread>;
  backHref: string;
}

/** The open thread and what stands beside it. */
export function ThreadPane({ threadId, query, backHref }: ThreadPaneProps) {
  const { inbox } = useOfficeText();
  const code = query.data ? undefined : appError(query.error)?.code;
  const missing = code === 'CHAT_NOT_FOUND' || code === 'INPUT_INVALID';
  return (
    <>
      <section className={`${inboxClasses.column} ${inboxClasses.threadColumn}`} aria-labelledby="thread-title">
        {missing ? (
          <div className={classes.choose}>
            <EmptyState
              title={inbox.missing}
              action={
                <LinkButton href={backHref} size="sm" variant="default">
                  {inbox.back}
                </LinkButton>
              }
            >
              {inbox.missingText}
            </EmptyState>
          </div>
        ) : (
          <QueryView query={query} errorTitle={inbox.loadThread} skeleton={<ThreadSkeleton />}>
            {(thread) => <OpenThread key={threadId} thread={thread} backHref={backHref} />}
          </QueryView>
        )}
      </section>
      <aside className={classes.info} aria-label={inbox.about}>
        {query.data && <ThreadInfo thread={query.data} />}
        {query.isPending && (
          <Pending>
            <SkeletonText lines={8} lineHeight={36} />
          </Pending>
        )}
      </aside>
    </>
  );
}

function OpenThread({ thread, backHref }: { thread: InboxThreadDto; backHref: string }) {
  const { inbox } = useOfficeText();
  const text = useText();
  const format = useFormat();
  const [, navigate] = useLocation();
  const threadId = thread.thread.id;
  const lock = useThreadLock(threadId, thread.holder);
  const now = useNow(10_000);
  const holder = holderAt(thread.holder, now);
  const [about, setAbout] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const pane = useRef<HTMLDivElement>(null);
  const close = useClose(thread, () => newestShown(pane.current));
  const place = useRef<(body: string) => void>(() => undefined);
  const locked = holder !== null && !holder.mine;
  const makeArticle = ({ seq }: { seq: number }) => navigate(`/admin/faq/new?thread=${threadId}&seq=${seq}`);
  return (
    <>
      <ThreadHead thread={thread} backHref={backHref} closing={close.busy} onClose={close.toggle} onAbout={() => setAbout(true)} />
      <div className={classes.notes}>
        {holder?.mine && <OwnLock holder={holder} lock={lock} now={now} />}
        {thread.thread.closed && !holder?.mine && (
          <NoteBox role="status" className={classes.note}>
            {inbox.isClosed}
          </NoteBox>
        )}
        <FormError>{close.error && errorText(close.error, text, format)}</FormError>
      </div>
      <div ref={pane} className={classes.chat}>
        <Suspense fallback={null}>
          <Chat
            threadId={threadId}
            asTeacher
            fill
            level={3}
            onComposing={lock.composing}
            onSent={lock.sent}
            held={locked ? <OthersLock holder={holder} lost={lock.lost} now={now} /> : undefined}
            composerTools={({ insert, lastAnswer }) => (
              <>
                {!locked && (
                  <TemplatesButton
                    onOpen={() => {
                      place.current = placeOf(pane.current?.querySelector('textarea'), insert);
                      setChoosing(true);
                    }}
                  />
                )}
                {lastAnswer && <ArticleButton onClick={() => makeArticle(lastAnswer)} />}
              </>
            )}
            onMakeArticle={makeArticle}
          />
        </Suspense>
      </div>
      {about && (
        <Dialog small title={inbox.about} onClose={() => setAbout(false)}>
          <ThreadInfo thread={thread} />
        </Dialog>
      )}
      {choosing && (
        <TemplatesDialog
          onClose={() => setChoosing(false)}
          onChoose={({ body }) => {
            setChoosing(false);
            // Once the dialog has given the focus back.
            requestAnimationFrame(() => place.current(body));
          }}
        />
      )}
    </>
  );
}

/** Puts a text where the cursor stood in the field: while a dialog lies over it, browsers forget that. */
function placeOf(field: HTMLTextAreaElement | null | undefined, insert: (text: string) => void): (body: string) => void {
  const [start, end] = [field?.selectionStart ?? 0, field?.selectionEnd ?? 0];
  return (body) => {
    field?.focus();
    field?.setSelectionRange(start, end);
    insert(body);
  };
}

function ThreadSkeleton() {
  return (
    <div className={classes.choose}>
      <SkeletonBlock height={48} width={260} />
      <SkeletonBlock height={72} mt={48} radius={8} />
      <SkeletonBlock height={72} mt={16} radius={8} />
    </div>
  );
}
