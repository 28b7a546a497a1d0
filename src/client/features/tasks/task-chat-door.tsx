import { IconMessageCircle } from '@tabler/icons-react';
import { Suspense, useEffect, useState } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { takeFocus } from '#client/lib/take-focus.ts';
import { lazyTalk } from '#client/lib/talk-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { TaskDto } from '#shared/tasks.ts';
import classes from './task-card.module.css';

/** Most tasks are solved without it. */
const TaskChat = lazyTalk(() => import('#client/features/chat/task-chat.tsx'), 'TaskChat');

/** The way to a teacher: after how many more wrong answers it opens, or the chat itself, opened where it is asked for. */
export function TaskChatDoor({ task }: { task: TaskDto }) {
  const text = useText().tasks.chat;
  const me = useMe();
  const { chatLeft, chat } = task.state;
  const isOpen = chatLeft === 0 || chat !== null;
  const [shown, setShown] = useState(() => isNamed(task.slug));
  // What was pressed is gone then, and must not take the keyboard's place with it.
  const [pressed, setPressed] = useState(false);
  const unread = useUnread(task, shown);
  // Links lead right into it, also from another place of the same page.
  useEffect(() => {
    const look = () => isNamed(task.slug) && setShown(true);
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, [task.slug]);

  if (me?.role !== 'student') return null;
  if (!isOpen) {
    return (
      <p className={classes.lockline}>
        <IconMessageCircle {...icon.md} />
        <span>{text.left(chatLeft)}</span>
      </p>
    );
  }
  function show(open: boolean): void {
    setShown(open);
    setPressed(true);
    // So that a reload, and a link sent to oneself, lead back here.
    window.history.replaceState(window.history.state, '', `${window.location.pathname}${open ? '?chat' : ''}#${task.slug}`);
  }
  if (!shown) {
    return (
      <Button
        variant="subtle"
        size="sm"
        ref={pressed ? takeFocus : undefined}
        className={classes.solutionButton}
        leftSection={<IconMessageCircle {...icon.md} />}
        aria-expanded={false}
        onClick={() => show(true)}
      >
        {text.title}
        {unread > 0 && <span className={`${layout.tag} ${layout.tagBoard}`}>{text.unread(unread)}</span>}
      </Button>
    );
  }
  return (
    <div className={classes.chat} data-chat-open>
      <Suspense fallback={<SkeletonBlock height={240} radius={8} />}>
        <TaskChat task={task} byPress={pressed} onClose={() => show(false)} />
      </Suspense>
    </div>
  );
}

/** Teachers' messages that were not read yet. As long as the chat is closed here it is asked for anew when one comes. */
function useUnread({ id, state: { chat } }: TaskDto, shown: boolean): number {
  const mine = trpc.chat.mine.useQuery(undefined, { enabled: chat !== null && !shown });
  return mine.data?.find(({ task }) => task?.id === id)?.unread ?? chat?.unread ?? 0;
}

function isNamed(slug: string): boolean {
  return new URLSearchParams(window.location.search).has('chat') && window.location.hash === `#${encodeURIComponent(slug)}`;
}
