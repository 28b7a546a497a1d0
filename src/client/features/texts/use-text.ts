import { useEffect, useState } from 'react';
import { appError } from '#client/lib/errors.ts';
import { offline } from '#client/lib/online.ts';
import { trpc } from '#client/lib/trpc.ts';
import { storableText, type TextDto, textLimit } from '#shared/texts.ts';
import { type Autosave, createAutosave } from './autosave.ts';
import { beginningOf, localCopyOf } from './local-copy.ts';

/** Never sent: the server would refuse it. */
export class TextTooLong extends Error {}

function isFinal(error: unknown): boolean {
  const code = appError(error)?.code;
  return error instanceof TextTooLong || code === 'INPUT_INVALID' || code === 'AUTH_FORBIDDEN' || /_NOT_FOUND$/.test(code ?? '');
}

/** One text in the editor: what stands there, what the server has of it, and what this device keeps until then. */
export function useText(dto: TextDto, personId: string): { autosave: Autosave; restored: boolean } {
  const { kind, subjectId } = dto;
  const { mutateAsync: save } = trpc.texts.saveDraft.useMutation();
  const [{ autosave, restored }] = useState(() => {
    const copy = localCopyOf(personId, dto);
    const { text, stored, restored: fromCopy, theirs } = beginningOf(dto, copy.read());
    const made = createAutosave({
      stored,
      text,
      rev: dto.rev,
      keep: copy.write,
      isFinal,
      send: async (baseRev, source) => {
        if (source.length > textLimit) throw new TextTooLong();
        return save({ kind, subjectId, baseRev, source: storableText(source) });
      },
    });
    if (theirs) made.meet(theirs);
    return { autosave: made, restored: fromCopy };
  });

  const { status } = autosave.state.use();
  const reachable = offline.use() === null;
  useEffect(() => {
    if (reachable && autosave.state.get().status === 'failed') void autosave.flush();
  }, [reachable, autosave]);

  const unsaved = status !== 'saved';
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsaved]);

  // Another page of the site: the rest goes out behind it.
  useEffect(
    () => () => {
      void autosave.flush();
    },
    [autosave],
  );
  return { autosave, restored };
}
