import { type DragEvent, useRef, useState } from 'react';
import { offline } from '#client/lib/online.ts';
import { useTalkText } from '#client/lib/talk-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { chatLimits, isBlank, typingEveryMs } from '#shared/chat-rules.ts';
import type { ChatProps } from './chat.tsx';
import type { ComposerHandle } from './composer.tsx';
import type { OpenChat } from './use-chat.ts';
import { useChatFiles } from './use-chat-files.ts';
import { mayEdit, useEditing } from './use-editing.ts';

/** What is being written: the draft of the thread, or an earlier message while that is changed. */
export function useComposer(chat: OpenChat, { query, onComposing, onSent, readOnly, held }: ChatProps) {
  const { threadId, outbox, draft, view, personId } = chat;
  const { composer: words } = useTalkText().chat;
  const handle = useRef<ComposerHandle>(null);
  const typedAt = useRef(0);
  const { client } = trpc.useUtils();
  const [sent, setSent] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const files = draft?.files ?? [];
  const uploads = useChatFiles(outbox, threadId, files);
  const editing = useEditing(threadId, handle, (message) => chat.store?.answered(message));
  const changing = editing.editing;
  const current = changing && view.messages.find(({ seq }) => seq === changing.seq);

  function write(body: string): void {
    setProblem(null);
    if (changing) {
      editing.write(body);
      return;
    }
    outbox.write(threadId, { body });
    if (body === '' || Date.now() - typedAt.current < typingEveryMs) return;
    typedAt.current = Date.now();
    onComposing?.();
    // Nothing depends on it.
    if (offline.get() === null) client.chat.typing.mutate({ threadId }).catch(() => undefined);
  }

  function send(): void {
    if (changing) {
      if (changing.body.length <= chatLimits.body) void editing.save(current ?? undefined);
      return;
    }
    const body = draft?.body ?? '';
    handle.current?.focus();
    if (held) return;
    if (body.length > chatLimits.body || (isBlank(body) && files.length === 0)) return;
    if (files.some(({ failed }) => failed !== null)) {
      setProblem(words.failedFiles);
      return;
    }
    if (query) outbox.write(threadId, { query: query.slice(0, chatLimits.query) });
    if (!outbox.submit(threadId)) return;
    typedAt.current = 0;
    setSent((before) => before + 1);
    onSent?.();
  }

  return {
    sent,
    files,
    editing,
    removeFile: uploads.remove,
    insert: (text: string) => handle.current?.insert(text),
    takeBack(clientId: string): void {
      outbox.edit(clientId);
      handle.current?.focus();
    },
    field: {
      handle,
      value: changing?.body ?? draft?.body ?? '',
      locked: Boolean(held) && !changing,
      editing: changing && { busy: editing.busy, onCancel: editing.cancel },
      error: changing ? editing.error : (problem ?? (uploads.tooMany ? words.tooMany(chatLimits.files) : null)),
      onChange: write,
      onFiles(chosen: File[]): void {
        setProblem(null);
        uploads.add(chosen);
      },
      onSend: send,
      onEditLast(): void {
        const last = view.messages.findLast(({ author }) => author.id === personId);
        if (last && mayEdit(last, true)) editing.begin(last);
      },
    },
    ...useDrop((dropped) => uploads.add(dropped), !readOnly && !held && !changing),
  };
}

function useDrop(onFiles: (files: File[]) => void, enabled: boolean) {
  const [dropping, setDropping] = useState(false);
  const hasFiles = (event: DragEvent) => enabled && event.dataTransfer.types.includes('Files');
  return {
    dropping,
    drop: {
      onDragOver(event: DragEvent): void {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setDropping(true);
      },
      onDragLeave(event: DragEvent<HTMLElement>): void {
        const to = event.relatedTarget;
        if (!(to instanceof Node && event.currentTarget.contains(to))) setDropping(false);
      },
      onDrop(event: DragEvent): void {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setDropping(false);
        onFiles([...event.dataTransfer.files]);
      },
    },
  };
}
