import { Link, useLocation } from 'wouter';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import classes from './answers-table.module.css';

interface TaskChatProps {
  personId: string;
  task: { id: string; title: string };
}

/** The way to the chat under a task. A teacher may open it before the wrong answers are there. */
export function TaskChat({ personId, task }: TaskChatProps) {
  const { ofStudent: words } = useOfficeText().inbox;
  const text = useText();
  const format = useFormat();
  const [, navigate] = useLocation();
  const threads = trpc.chat.inbox.ofStudent.useQuery({ studentId: personId });
  const open = trpc.chat.openTask.useMutation({ onSuccess: ({ threadId }) => navigate(`/admin/inbox/${threadId}`) });
  const thread = threads.data?.find((one) => one.task?.id === task.id);
  if (!threads.data) return null;
  if (thread) {
    return (
      <Link href={`/admin/inbox/${thread.threadId}`} className={classes.chat} aria-label={words.toChatOf(task.title)}>
        {words.toChat}
      </Link>
    );
  }
  return (
    <>
      <BusyButton
        type="button"
        size="sm"
        variant="subtle"
        className={classes.chat}
        label={words.openChatOf(task.title)}
        busy={open.isPending}
        busyLabel={words.opening}
        onClick={() => open.mutate({ taskId: task.id, studentId: personId })}
      >
        {words.openChat}
      </BusyButton>
      <FormError>{open.error && errorText(open.error, text, format)}</FormError>
    </>
  );
}
