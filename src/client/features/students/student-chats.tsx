import { Link, useLocation } from 'wouter';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type_ from '#client/ui/type.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { StudentThreadDto } from '#shared/inbox.ts';
import classes from './student-works.module.css';

/** The chats of a student with the teachers, and the way to write to them. */
export function StudentChats({ personId }: { personId: string }) {
  const { ofStudent: words } = useOfficeText().inbox;
  const query = trpc.chat.inbox.ofStudent.useQuery({ studentId: personId }, { staleTime: 0 });
  return (
    <QueryView query={query} errorTitle={words.load} skeleton={<SkeletonBlock height={160} />}>
      {(threads) =>
        threads.length === 0 ? (
          <EmptyState title={words.none} action={<Write personId={personId} />}>
            {words.noneText}
          </EmptyState>
        ) : (
          <>
            <Write personId={personId} />
            <ul className={`${layout.list} ${classes.list}`}>
              {threads.map((thread) => (
                <ThreadRow key={thread.threadId} thread={thread} />
              ))}
            </ul>
          </>
        )
      }
    </QueryView>
  );
}

/** Opens the thread of support, whoever of the two has never written there. */
function Write({ personId }: { personId: string }) {
  const { ofStudent: words } = useOfficeText().inbox;
  const text = useText();
  const format = useFormat();
  const [, navigate] = useLocation();
  const open = trpc.chat.openSupport.useMutation({ onSuccess: ({ threadId }) => navigate(`/admin/inbox/${threadId}`) });
  return (
    <>
      <BusyButton
        type="button"
        size="sm"
        variant="default"
        busy={open.isPending}
        busyLabel={words.writing}
        onClick={() => open.mutate({ studentId: personId })}
      >
        {words.write}
      </BusyButton>
      <FormError>{open.error && errorText(open.error, text, format)}</FormError>
    </>
  );
}

function ThreadRow({ thread }: { thread: StudentThreadDto }) {
  const { inbox } = useOfficeText();
  const words = inbox.ofStudent;
  const format = useFormat();
  const now = useNow(60_000);
  const { task, messages, lastAt, waitingSince, closed } = thread;
  const minutes = waitingSince === null ? 0 : Math.max(0, Math.floor((now - Date.parse(waitingSince)) / 60_000));
  return (
    <li className={classes.work}>
      <div className={classes.words}>
        <Link href={`/admin/inbox/${thread.threadId}`}>
          {task ? inbox.placeInTopic(setTitle(task.courseTitle), setTitle(task.topicTitle), task.number) : inbox.support}
        </Link>
        <p className={`${type_.sm} ${type_.dim}`}>
          {messages === 0 || lastAt === null ? inbox.noMessages : words.last(format.number(messages), format.ago(lastAt))}
        </p>
      </div>
      <p className={type_.sm}>{waitingSince === null ? closed && words.closed : words.waits(inbox.wait(minutes))}</p>
    </li>
  );
}
