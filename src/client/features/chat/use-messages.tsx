import { useCallback, useMemo, useRef, useState } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useTalkText } from '#client/lib/talk-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { ChatFileDto, MessageDto } from '#shared/chat.ts';
import { type MessageDeeds, nameOf } from './message.tsx';
import { isPicture } from './message-files.tsx';
import { type MenuAction, MessageMenu } from './message-menu.tsx';
import type { OpenChat } from './use-chat.ts';
import { mayEdit } from './use-editing.ts';

interface MessagesOptions {
  asTeacher: boolean;
  onEdit: (message: MessageDto) => void;
  onMakeArticle?: (message: MessageDto) => void;
}

/** What each message shows and what can be done with it. */
export function useMessages(chat: OpenChat, { asTeacher, onEdit, onMakeArticle }: MessagesOptions) {
  const { threadId, personId, view, store, signals, log } = chat;
  const text = useText();
  const format = useFormat();
  const { chat: words } = useTalkText();
  const { client } = trpc.useUtils();
  const kind = trpc.chat.thread.useQuery({ threadId }).data?.kind;
  const [menuFor, setMenuFor] = useState<number | null>(null);
  const [problem, setProblem] = useState<{ seq: number; text: string } | null>(null);
  const [versionsOf, setVersionsOf] = useState<number | null>(null);
  const [picture, setPicture] = useState<ChatFileDto | null>(null);
  const busy = useRef(false);

  const change = useCallback(
    async (deed: 'delete' | 'restore', seq: number) => {
      if (busy.current) return;
      busy.current = true;
      setProblem(null);
      try {
        store?.answered(await client.chat[deed].mutate({ threadId, seq }));
      } catch (error) {
        setProblem({ seq, text: errorText(error, text, format) });
      } finally {
        busy.current = false;
      }
    },
    [client, store, threadId, text, format],
  );
  const deeds = useMemo<MessageDeeds>(
    () => ({ onMenu: setMenuFor, onRestore: (seq) => void change('restore', seq), onPicture: setPicture }),
    [change],
  );

  const isOwn = (message: MessageDto) => message.author.id === personId;
  const lastOwn = view.messages.findLast((message) => isOwn(message) && message.kind === 'text')?.seq;

  function closeMenu(): void {
    const seq = menuFor;
    setMenuFor(null);
    // The button that is drawn again in its place is another one.
    requestAnimationFrame(() => log.current?.querySelector<HTMLElement>(`[data-seq="${seq}"] button[aria-haspopup]`)?.focus());
  }

  function actionsOf(message: MessageDto): MenuAction[] {
    const { seq, deleted } = message;
    const own = isOwn(message);
    const stands = message.kind === 'text' && deleted === null;
    const mayDelete = stands && (own || (asTeacher && kind !== undefined && kind !== 'room'));
    const withoutFocus = (act: () => void) => () => {
      setMenuFor(null);
      act();
    };
    return [
      ...(mayEdit(message, own) ? [{ label: words.menu.edit, act: withoutFocus(() => requestAnimationFrame(() => onEdit(message))) }] : []),
      ...(onMakeArticle && stands && message.body ? [{ label: words.menu.article, act: withoutFocus(() => onMakeArticle(message)) }] : []),
      ...(asTeacher && message.editedAt !== null ? [{ label: words.menu.versions, act: withoutFocus(() => setVersionsOf(seq)) }] : []),
      ...(mayDelete ? [{ label: words.menu.delete, act: withoutFocus(() => void change('delete', seq)) }] : []),
    ];
  }

  /** A student's words in their threads; among teachers one's own. */
  const isTinted = (byStudent: boolean, own: boolean) => (kind === 'room' ? own : byStudent);

  return {
    isTinted,
    propsOf(message: MessageDto) {
      const { seq, deleted } = message;
      const own = isOwn(message);
      const actions = actionsOf(message);
      const label = words.menu.open(nameOf(message, own, words), format.time(message.at));
      return {
        message,
        own,
        tinted: isTinted(!message.author.teacher, own),
        asTeacher,
        deeds,
        hasMenu: actions.length > 0,
        mayRestore: message.restorable,
        mark: seq === lastOwn && deleted === null ? ((signals?.readSeq ?? 0) >= seq ? words.read : words.sent) : null,
        problem: problem?.seq === seq ? problem.text : null,
        menu: menuFor === seq ? <MessageMenu label={label} actions={actions} onClose={closeMenu} /> : null,
      };
    },
    dialogs: {
      versionsOf,
      closeVersions: () => setVersionsOf(null),
      picture,
      pictures: (view.messages.find(({ files }) => files.some(({ id }) => id === picture?.id))?.files ?? []).filter(isPicture),
      showPicture: setPicture,
    },
  };
}
