import { say, useUndo } from '#client/features/office/undo.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { InboxThreadDto } from '#shared/inbox.ts';

/** Place of the newest message that stands on the screen: a question that came after it is not closed with the rest. */
export function newestShown(pane: HTMLElement | null): number | undefined {
  const seq = [...(pane?.querySelectorAll<HTMLElement>('[data-seq]') ?? [])].at(-1)?.dataset.seq;
  return seq === undefined ? undefined : Number(seq);
}

/** «Закрыть»: no answer is needed any more. It can be taken back. */
export function useClose({ thread, student }: InboxThreadDto, seen: () => number | undefined) {
  const { inbox } = useOfficeText();
  const utils = trpc.useUtils();
  const offerUndo = useUndo();
  const input = (closed: boolean) => ({ threadId: thread.id, closed });
  const done = () => utils.chat.inbox.invalidate();
  const again = trpc.chat.inbox.close.useMutation({ onSuccess: done });
  const close = trpc.chat.inbox.close.useMutation({
    async onSuccess(result, { closed }) {
      await done();
      if (result.closed !== closed) return say(inbox.stillOpen);
      const name = `${student.firstName} ${student.lastName}`;
      offerUndo({ message: closed ? inbox.closed(name) : inbox.reopened(name), undo: () => again.mutateAsync(input(!closed)) });
    },
  });
  return {
    busy: close.isPending,
    error: close.error,
    toggle: () => close.mutate({ ...input(!thread.closed), seenSeq: seen() }),
  };
}
