import { useEffect, useRef, useState } from 'react';
import { useLocation, useParams, useSearch } from 'wouter';
import { useTyped } from '#client/features/office/list/use-typed.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { anewUnlessSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import type_ from '#client/ui/type.module.css';
import { templatesButtonId } from './composer-buttons.tsx';
import classes from './inbox.module.css';
import { type InboxView, inboxHref, viewOf } from './inbox-filter.ts';
import { InboxHead } from './inbox-head.tsx';
import { InboxList } from './inbox-list.tsx';
import type { InboxCommand } from './keys.ts';
import { KeysDialog } from './keys-dialog.tsx';
import { stepFrom } from './merge-rows.ts';
import threadClasses from './thread.module.css';
import { closeThreadClass } from './thread-head.tsx';
import { ThreadPane } from './thread-pane.tsx';
import { useInboxKeys } from './use-inbox-keys.ts';
import { inboxPollMs, useInboxRows } from './use-inbox-rows.ts';
import { useInboxThread } from './use-inbox-thread.ts';
import { useStill } from './use-still.ts';

const rowOf = (threadId: string) => document.getElementById(`row-${threadId}`);
const idOf = (row: Element | null | undefined) => row?.id.slice('row-'.length);

/** Questions of students: the list, the one that is open, and its student. */
export function InboxPage() {
  const { inbox: words } = useOfficeText();
  const { thread: openId } = useParams<{ thread?: string }>();
  const [, navigate] = useLocation();
  const view = viewOf(useSearch());
  const { typed, type, set } = useTyped(view.q, (q) => navigate(inboxHref({ ...view, q }, openId), { replace: true }));
  const [helping, setHelping] = useState(false);
  const searchButton = useRef<HTMLButtonElement>(null);
  const page = useRef<HTMLDivElement>(null);

  const { still, handlers } = useStill();
  const inbox = useInboxRows(view, openId, still);
  const counts = trpc.chat.inbox.counts.useQuery(undefined, { staleTime: anewUnlessSent, refetchInterval: inboxPollMs }).data;
  const thread = useInboxThread(openId);
  const open = thread.data;
  const waiting = counts && counts.waiting > 0 ? words.titleWaiting(counts.waiting) : words.title;
  usePageTitle(openId && open ? words.titleOf(`${open.student.firstName} ${open.student.lastName}`) : waiting);
  useFocusOf(openId, open !== undefined);

  const change = (part: Partial<InboxView>) => {
    const next = { ...view, q: typed.trim(), ...part };
    set(next.q);
    navigate(inboxHref(next, openId));
  };

  const step = (by: 1 | -1) => {
    const focused = idOf(document.activeElement?.closest('[id^="row-"]'));
    const next = stepFrom(
      inbox.rows.map(({ threadId }) => threadId),
      focused ?? openId,
      by,
    );
    if (next) rowOf(next)?.focus();
  };
  const commands: Record<InboxCommand, () => void> = {
    next: () => step(1),
    previous: () => step(-1),
    reply() {
      const field = page.current?.querySelector('textarea');
      field?.focus();
      // One goes on behind what was typed before.
      field?.setSelectionRange(field.value.length, field.value.length);
    },
    search() {
      const field = page.current?.querySelector<HTMLElement>('search input');
      if (field) field.focus();
      else searchButton.current?.click();
    },
    close: () => page.current?.querySelector<HTMLElement>(`.${closeThreadClass}`)?.click(),
    templates: () => document.getElementById(templatesButtonId)?.click(),
    leave() {
      const row = openId && rowOf(openId);
      if (row && row.getClientRects().length > 0) row.focus();
      else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    },
    back: () => navigate(inboxHref(view)),
    help: () => setHelping(true),
  };
  useInboxKeys(
    openId !== undefined,
    (focused) => focused.closest(`.${classes.listColumn}`) !== null,
    (command) => commands[command](),
  );

  return (
    <div ref={page} className={classes.inbox} data-flush data-open={openId}>
      <InboxList
        view={view}
        openId={openId}
        inbox={inbox}
        openState={open && { waitingSince: open.waitingSince, holder: open.holder, closed: open.thread.closed }}
        handlers={handlers}
        onReset={() => change({ q: '', courseId: undefined })}
      >
        <InboxHead
          view={view}
          typed={typed}
          counts={counts}
          searchButton={searchButton}
          onType={type}
          onChange={change}
          onHelp={() => setHelping(true)}
        />
      </InboxList>
      {openId ? (
        <ThreadPane threadId={openId} query={thread} backHref={inboxHref(view)} />
      ) : (
        <section className={`${classes.column} ${classes.threadColumn} ${classes.none}`} aria-label={words.choose}>
          <div className={threadClasses.choose}>
            <EmptyState title={words.choose}>{words.chooseText}</EmptyState>
          </div>
        </section>
      )}
      {openId && <h1 className={`${type_.hidden} ${classes.narrowTitle}`}>{words.title}</h1>}
      {helping && <KeysDialog onClose={() => setHelping(false)} />}
    </div>
  );
}

/** Where the focus goes when a thread is opened or left: to its title, and back to its row. */
function useFocusOf(openId: string | undefined, ready: boolean): void {
  const before = useRef(openId);
  const due = useRef(false);
  useEffect(() => {
    const left = before.current;
    if (left === openId) return;
    before.current = openId;
    due.current = openId !== undefined;
    if (!openId && left) {
      const row = rowOf(left);
      row?.focus();
      row?.scrollIntoView({ block: 'nearest' });
    }
  }, [openId]);
  useEffect(() => {
    if (!ready || !due.current || !openId) return;
    due.current = false;
    document.getElementById('thread-title')?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [ready, openId]);
}
