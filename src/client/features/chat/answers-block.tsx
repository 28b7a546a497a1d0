import { IconMessageCircle } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useTalkText } from '#client/lib/talk-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { icon } from '#client/ui/icon.ts';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { MyThreadDto } from '#shared/chat.ts';
import { threadHref } from '#shared/chat-rules.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import classes from './answers-block.module.css';

/** More of them stand on the page of support. */
const shownAtMost = 3;

/**
 * On the home: where a teacher has answered and it was not read yet.
 * @param threads how many there are: their place is kept while they load
 */
export function AnswersBlock({ threads }: { threads: number }) {
  const { home: words } = useTalkText().support;
  const { data, isError } = trpc.chat.mine.useQuery();
  const answered = data?.filter(({ unread }) => unread > 0);
  // The home is a home without it too.
  if (isError || answered?.length === 0) return null;
  const more = (answered?.length ?? threads) > shownAtMost;
  return (
    <section className={classes.block} aria-label={words.title}>
      <p className={classes.title}>
        <IconMessageCircle {...icon.md} />
        <b>{words.title}</b>
      </p>
      <ul>
        {(answered ?? []).slice(0, shownAtMost).map((thread) => (
          <li key={thread.id}>
            <AnswerLink thread={thread} />
          </li>
        ))}
        {!answered &&
          Array.from({ length: Math.min(threads, shownAtMost) }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: all alike, and gone at once
            <li key={row} className={classes.link}>
              <SkeletonBlock width="70%" />
            </li>
          ))}
      </ul>
      {more && (
        <Link href="/support" className={classes.link}>
          {words.all}
        </Link>
      )}
    </section>
  );
}

function AnswerLink({ thread }: { thread: MyThreadDto }) {
  const { home, mine } = useTalkText().support;
  const { task, unread, excerpt, lastByTeacher } = thread;
  return (
    <Link href={threadHref(thread)} className={classes.link}>
      <span className={classes.where}>{task ? mine.task(task.number, setTitle(task.title)) : home.inSupport}</span>
      {unread > 1 && <span className={classes.count}>{mine.unread(unread)}</span>}
      {lastByTeacher && excerpt && (
        <span className={classes.excerpt} dir="auto">
          {excerpt}
        </span>
      )}
    </Link>
  );
}
