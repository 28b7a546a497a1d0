import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { useTalkText } from '#client/lib/talk-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { MyThreadDto } from '#shared/chat.ts';
import { threadHref } from '#shared/chat-rules.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import classes from './my-chats.module.css';

export const myChatsId = 'chats';
export const headingId = 'my-chats';

/** All chats of a student. The one of support is there before it was ever opened. */
export function MyChats({ onSupport }: { onSupport: () => void }) {
  const { mine: words } = useTalkText().support;
  const query = trpc.chat.mine.useQuery();
  return (
    <section id={myChatsId} className={classes.chats} aria-labelledby={headingId}>
      <h2 id={headingId} tabIndex={-1} className={classes.heading}>
        {words.title}
      </h2>
      <QueryView query={query} skeleton={<SkeletonBlock height={72} />} errorTitle={words.failed} level={3}>
        {(threads) => (
          <ul className={layout.list}>
            {threads.every(({ kind }) => kind !== 'support') && (
              <li>
                <button type="button" className={classes.row} onClick={onSupport}>
                  <Row title={words.support} excerpt={words.supportText} />
                </button>
              </li>
            )}
            {threads.map((thread) => (
              <li key={thread.id}>
                {thread.kind === 'support' ? (
                  <button type="button" className={classes.row} onClick={onSupport}>
                    <ThreadRow thread={thread} />
                  </button>
                ) : (
                  <Link href={threadHref(thread)} className={classes.row}>
                    <ThreadRow thread={thread} />
                  </Link>
                )}
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </section>
  );
}

function ThreadRow({ thread }: { thread: MyThreadDto }) {
  const { mine: words } = useTalkText().support;
  const format = useFormat();
  const { task, excerpt, lastByTeacher, unread, lastAt } = thread;
  const said = excerpt || words.files;
  return (
    <Row
      title={task ? words.task(task.number, setTitle(task.title)) : words.support}
      excerpt={lastByTeacher ? said : `${words.you} ${said}`}
      place={task ? setTitle(`${task.courseTitle}, ${task.topicTitle}`) : undefined}
      when={<time dateTime={lastAt}>{format.ago(lastAt)}</time>}
      unread={unread}
    />
  );
}

interface RowProps {
  title: string;
  excerpt: string;
  place?: string | undefined;
  when?: ReactNode;
  unread?: number;
}

function Row({ title, excerpt, place, when, unread = 0 }: RowProps) {
  const { mine: words } = useTalkText().support;
  return (
    <>
      <span className={classes.what}>
        <span className={classes.title}>{title}</span>
        {place && <span className={classes.place}>{place}</span>}
        <span className={classes.excerpt} dir="auto">
          {excerpt}
        </span>
      </span>
      <span className={classes.side}>
        {when}
        {unread > 0 && <span className={classes.unread}>{words.unread(unread)}</span>}
      </span>
      <IconChevronRight {...icon.md} className={classes.sign} />
    </>
  );
}
