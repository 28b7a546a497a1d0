import { type RefObject, useState } from 'react';
import { appError, errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { tabMemory } from '#client/lib/memory.ts';
import { serverNow } from '#client/lib/now.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { MessageDto } from '#shared/chat.ts';
import { chatLimits, isBlank } from '#shared/chat-rules.ts';
import type { ComposerHandle } from './composer.tsx';

interface Editing {
  seq: number;
  /** Of the text one began from. */
  rev: number;
  body: string;
}

export const mayEdit = (message: MessageDto, own: boolean): boolean =>
  own &&
  message.kind === 'text' &&
  message.deleted === null &&
  message.body !== null &&
  serverNow() - Date.parse(message.at) < chatLimits.editMinutes * 60_000;

/** An earlier message in the field, in place of the draft, which waits meanwhile. What is typed survives a reload of the tab. */
export function useEditing(threadId: string, composer: RefObject<ComposerHandle | null>, onSaved: (message: MessageDto) => void) {
  const key = `chat-edit.${threadId}`;
  const text = useText();
  const format = useFormat();
  const { client } = trpc.useUtils();
  const [editing, setEditing] = useState<Editing | null>(() => read(tabMemory.read(key)));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  function put(next: Editing | null): void {
    setEditing(next);
    tabMemory.write(key, next && JSON.stringify(next));
  }

  return {
    editing,
    busy,
    error,
    begin(message: MessageDto): void {
      if (message.body === null) return;
      setError(null);
      put({ seq: message.seq, rev: message.rev, body: message.body });
      composer.current?.focus();
    },
    write(body: string): void {
      if (editing) put({ ...editing, body });
    },
    cancel(): void {
      setError(null);
      put(null);
      composer.current?.focus();
    },
    async save(current: MessageDto | undefined): Promise<void> {
      if (!editing || busy) return;
      // Without a word left it would be a deletion, which says so itself.
      if (isBlank(editing.body) && (current?.files.length ?? 0) === 0) return setError(text.errors.field.required);
      if (editing.body === current?.body) return put(null);
      setBusy(true);
      setError(null);
      try {
        onSaved(await client.chat.edit.mutate({ threadId, ...editing }));
        put(null);
      } catch (thrown) {
        setError(errorText(thrown, text, format));
        // What was saved elsewhere is seen above by now; saving once more is meant to replace it.
        if (appError(thrown)?.code === 'CHAT_CONFLICT' && current) put({ ...editing, rev: current.rev });
      } finally {
        setBusy(false);
      }
    },
  };
}

function read(stored: string | null): Editing | null {
  try {
    const value: unknown = JSON.parse(stored ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const { seq, rev, body } = value as Partial<Record<keyof Editing, unknown>>;
    return typeof seq === 'number' && typeof rev === 'number' && typeof body === 'string' ? { seq, rev, body } : null;
  } catch {
    return null;
  }
}
