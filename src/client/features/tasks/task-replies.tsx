import { useText } from '#client/lib/i18n.tsx';
import type { TaskDto } from '#shared/tasks.ts';
import { AnswerReply } from './answer-reply.tsx';
import { showUnderstood } from './answers.ts';

/** Teachers' replies to what was answered, the last answer's first. There before it has something to say, as every live region must be. */
export function TaskReplies({ task: { format, state } }: { task: TaskDto }) {
  const text = useText().tasks;
  return (
    <div aria-live="polite">
      {state.attempts
        .toReversed()
        .map(
          ({ id, understood, replyHtml }) =>
            replyHtml !== null && <AnswerReply key={id} title={text.replyTo(showUnderstood(format, understood))} html={replyHtml} />,
        )}
    </div>
  );
}
