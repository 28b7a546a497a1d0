import type { ReactNode } from 'react';
import { useFormat } from '#client/lib/i18n.tsx';
import { useTalkText } from '#client/lib/talk-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock, SkeletonText } from '#client/ui/skeleton.tsx';
import type { MessageDto, SignalsDto, ThreadDto } from '#shared/chat.ts';
import classes from './chat.module.css';
import { ChatLog } from './chat-log.tsx';
import { Composer } from './composer.tsx';
import { ComposerFiles } from './composer-files.tsx';
import { Message } from './message.tsx';
import { MessageDialogs } from './message-dialogs.tsx';
import { PendingMessage } from './pending-message.tsx';
import { useChat } from './use-chat.ts';
import { useComposer } from './use-composer.ts';
import { useMessages } from './use-messages.tsx';

/**
 * What it needs of its surroundings: nothing but a parent. With `fill` it takes the height the parent gives (a flex or grid cell, or a fixed height)
 * and its messages scroll inside; without, the messages scroll in a box of at most 560 px. Its texts are those of talk (`lazyTalk`, `talkPage`, or a
 * `Suspense` around).
 */
export interface ChatProps {
  threadId: string;
  /** A moderator looks: names of students, versions of messages, deleting of anybody's message in a student's thread. */
  asTeacher?: boolean;
  /** Between the head of the page and the messages: a title, a switch. */
  head?: ReactNode;
  /** Buttons below the field. `insert` puts a text where the cursor stands (templates); `lastAnswer` is the newest that a teacher wrote here. */
  composerTools?: (tools: { insert: (text: string) => void; lastAnswer: MessageDto | undefined }) => ReactNode;
  /** Somebody types here; told at most every three seconds (taking and renewing the lock). */
  onComposing?: () => void;
  /** What a student had looked for among the questions and answers: goes with their first message. */
  query?: string | undefined;
  /** A message has left the field: it is on its way, and stays on this device until the server has it. */
  onSent?: () => void;
  autoFocus?: boolean;
  fill?: boolean;
  /** Of its own headings («Сообщений пока нет»), under the one that names the chat. */
  level: 2 | 3 | 4;
  /** In place of the composer: why nothing can be written here (a closed room). A draft waits behind it. */
  readOnly?: ReactNode;
  /** Above the composer: why nothing can be sent just now (another teacher answers). What was typed stays in the field. */
  held?: ReactNode;
  /** «Сделать статьёй» in the menu of a message. */
  onMakeArticle?: (message: MessageDto) => void;
}

/** The talk of a thread, wherever it is shown. */
export function Chat(props: ChatProps) {
  return <OpenChat key={props.threadId} {...props} />;
}

function OpenChat(props: ChatProps) {
  const { threadId, asTeacher = false, head, composerTools, fill = false, level, readOnly, held, autoFocus = false } = props;
  const text = useTalkText().chat;
  const chat = useChat(threadId);
  const composer = useComposer(chat, props);
  const messages = useMessages(chat, { ...props, asTeacher, onEdit: composer.editing.begin });
  const info = trpc.chat.thread.useQuery({ threadId }).data;
  const { view, store, signals } = chat;
  return (
    <div className={fill ? `${classes.chat} ${classes.fill}` : classes.chat} {...composer.drop}>
      {head}
      <QueryView
        query={{
          data: view.phase === 'ready' ? view : undefined,
          error: view.error,
          isError: view.phase === 'failed',
          isFetching: view.phase === 'loading',
          fetchStatus: 'fetching',
          refetch: () => store?.load(),
        }}
        errorTitle={text.failed}
        level={level}
        skeleton={<LogSkeleton />}
      >
        {(ready) => (
          <ChatLog
            log={chat.log}
            view={ready}
            newBelow={chat.newBelow}
            onBottom={chat.seeBelow}
            onOlder={async () => store?.loadOlder()}
            sent={composer.sent}
            draw={(message) => <Message key={message.seq} {...messages.propsOf(message)} />}
            empty={
              chat.pending.length === 0 && (
                <EmptyState title={text.empty} level={level} className={classes.empty}>
                  {asTeacher ? text.emptyTeacher : info?.kind === 'support' ? text.emptySupport : text.emptyStudent}
                </EmptyState>
              )
            }
            end={
              <>
                {chat.pending.length > 0 && (
                  <ul className={classes.pending}>
                    {chat.pending.map((item) => (
                      <PendingMessage
                        key={item.clientId}
                        item={item}
                        tinted={messages.isTinted(!asTeacher, true)}
                        phase={chat.out.phaseOf(item)}
                        outbox={chat.outbox}
                        onEdit={composer.takeBack}
                      />
                    ))}
                  </ul>
                )}
                {!asTeacher && (signals?.closed ?? info?.closed) && chat.pending.length === 0 && (
                  <p className={classes.closed}>{text.closed}</p>
                )}
              </>
            }
          />
        )}
      </QueryView>
      <p className={classes.status}>
        <Status signals={signals} asTeacher={asTeacher} />
      </p>
      {readOnly ? (
        <div className={classes.readOnly}>{readOnly}</div>
      ) : (
        <div className={classes.composer}>
          {held && <div className={classes.held}>{held}</div>}
          <Composer
            {...composer.field}
            autoFocus={autoFocus}
            placeholder={held ? '' : info?.kind === 'task' && !asTeacher ? text.composer.question : text.composer.placeholder}
            files={
              composer.files.length > 0 && <ComposerFiles files={composer.files} sent={chat.out.sent} onRemove={composer.removeFile} />
            }
            tools={composerTools?.({ insert: composer.insert, lastAnswer: view.messages.findLast(isAnswer) })}
            help={!asTeacher && info && <ReplyTime thread={info} />}
          />
        </div>
      )}
      {composer.dropping && <p className={classes.dropping}>{text.composer.drop}</p>}
      <p className={classes.spoken} role="status" aria-live="polite">
        {chat.spoken}
      </p>
      <MessageDialogs threadId={threadId} dialogs={messages.dialogs} />
    </div>
  );
}

/** Something a teacher wrote that stands, and has words. */
function isAnswer({ kind, author, deleted, body }: MessageDto): boolean {
  return kind === 'text' && author.teacher && deleted === null && body !== null && body !== '';
}

/** What passes by, in a place that is always there. A teacher sees the holder in the inbox's own head. */
function Status({ signals, asTeacher }: { signals: SignalsDto | null; asTeacher: boolean }) {
  const text = useTalkText().chat;
  if (!signals) return null;
  if (signals.typing.length > 0) return text.typing(signals.typing.slice(0, 3).map(({ name }) => name));
  return !asTeacher && signals.holder && !signals.holder.mine ? text.answering(signals.holder.name) : null;
}

function ReplyTime({ thread: { replyMinutes, kind } }: { thread: ThreadDto }) {
  const format = useFormat();
  const text = useTalkText().chat;
  return replyMinutes === null || kind === 'room' ? null : text.replyTime(format.wait(Math.max(1, replyMinutes) * 60));
}

function LogSkeleton() {
  return (
    <div className={classes.skeleton}>
      <SkeletonText lines={2} />
      <SkeletonBlock height={68} mt={20} radius={8} />
      <SkeletonText lines={3} mt={20} />
    </div>
  );
}
