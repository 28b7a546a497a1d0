import '@mantine/core/styles/ActionIcon.layer.css';
import { ActionIcon } from '@mantine/core';
import { IconChevronUp, IconMessageCircle } from '@tabler/icons-react';
import { useEffect, useId } from 'react';
import { showUnderstood } from '#client/features/tasks/answers.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { takeFocus } from '#client/lib/take-focus.ts';
import { useTalkText } from '#client/lib/talk-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { ErrorState } from '#client/ui/error-state.tsx';
import { icon } from '#client/ui/icon.ts';
import { Pending, SkeletonBlock } from '#client/ui/skeleton.tsx';
import type_ from '#client/ui/type.module.css';
import type { TaskDto } from '#shared/tasks.ts';
import { Chat } from './chat.tsx';
import { SoundSwitch } from './sound-switch.tsx';
import classes from './task-chat.module.css';

interface TaskChatProps {
  task: TaskDto;
  /** Opened by a press and not by an address: the focus goes along. */
  byPress: boolean;
  onClose: () => void;
}

/** The thread of a task under it; on a wide screen the student's own attempts beside it. */
export function TaskChat({ task, byPress, onClose }: TaskChatProps) {
  const text = useText().tasks.chat;
  const { chat } = useTalkText();
  const headingId = useId();
  const open = trpc.chat.openTask.useMutation();
  const { mutate } = open;
  const known = task.state.chat?.threadId;
  const threadId = known ?? open.data?.threadId;
  useEffect(() => {
    if (known === undefined) mutate({ taskId: task.id });
  }, [known, task.id, mutate]);

  return (
    <section className={classes.grid} aria-labelledby={headingId}>
      <div className={classes.talk}>
        <div className={classes.head}>
          <IconMessageCircle {...icon.md} />
          <h4 id={headingId}>{text.title}</h4>
          <SoundSwitch />
          <ActionIcon ref={byPress ? takeFocus : undefined} aria-label={chat.task.close} aria-expanded onClick={onClose}>
            <IconChevronUp {...icon.md} />
          </ActionIcon>
        </div>
        {threadId !== undefined && <Chat threadId={threadId} level={4} autoFocus={known === undefined} />}
        {threadId === undefined && open.isError && (
          <ErrorState error={open.error} title={chat.task.failed} level={4} onRetry={() => mutate({ taskId: task.id })} />
        )}
        {threadId === undefined && !open.isError && (
          <Pending>
            <SkeletonBlock height={200} radius={8} />
          </Pending>
        )}
      </div>
      {task.format.kind !== 'long' && task.state.attempts.length > 0 && <Attempts task={task} />}
    </section>
  );
}

function Attempts({ task: { state, format: answer } }: { task: TaskDto }) {
  const { task: words } = useTalkText().chat;
  const format = useFormat();
  return (
    <aside className={classes.attempts}>
      <h4 className={type_.sm}>{words.attempts}</h4>
      <ul>
        {state.attempts.slice(-12).map(({ id, verdict, understood, at }) => (
          <li key={id} className={classes.attempt}>
            <span className={classes.answer}>
              {showUnderstood(answer, understood)}
              <span className={type_.hidden}>, {words.verdict[verdict]}</span>
            </span>
            <time dateTime={at} title={format.dateTime(at)}>
              {format.time(at)}
            </time>
          </li>
        ))}
      </ul>
    </aside>
  );
}
