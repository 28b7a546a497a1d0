import { type RefObject, useEffect, useRef } from 'react';
import { trpc } from '#client/lib/trpc.ts';
import type { MessageDto } from '#shared/chat.ts';

const settleMs = 300;

/** Tells the server how far one has read: only what stood before one's eyes, in a tab that is looked at. */
export function useReading(
  threadId: string,
  log: RefObject<HTMLElement | null>,
  messages: readonly MessageDto[],
  mySeq: number | null,
): void {
  const { client, chat } = trpc.useUtils();
  const told = useRef(0);
  const newest = messages.at(-1)?.seq ?? 0;

  useEffect(() => {
    told.current = Math.max(told.current, mySeq ?? 0);
    if (newest <= told.current) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      const box = log.current;
      if (!box || document.visibilityState !== 'visible' || !document.hasFocus()) return;
      const seq = lastVisible(box);
      if (seq <= told.current) return;
      const before = told.current;
      told.current = seq;
      client.chat.read.mutate({ threadId, seq }).then(
        () => void Promise.all([chat.unread.invalidate(), chat.mine.invalidate()]),
        () => {
          // Told again with the next look.
          if (told.current === seq) told.current = before;
        },
      );
    };
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(look, settleMs);
    };
    soon();
    const box = log.current;
    box?.addEventListener('scroll', soon, { passive: true });
    window.addEventListener('scroll', soon, { passive: true });
    window.addEventListener('focus', soon);
    document.addEventListener('visibilitychange', soon);
    return () => {
      clearTimeout(timer);
      box?.removeEventListener('scroll', soon);
      window.removeEventListener('scroll', soon);
      window.removeEventListener('focus', soon);
      document.removeEventListener('visibilitychange', soon);
    };
  }, [threadId, log, newest, mySeq, client, chat]);
}

/** Place of the last message of which the end, or at least the beginning of a long one, is seen; 0: none. */
function lastVisible(box: HTMLElement): number {
  const rect = box.getBoundingClientRect();
  const [top, bottom] = [Math.max(0, rect.top), Math.min(window.innerHeight, rect.bottom)];
  if (bottom - top < 24) return 0;
  const all = [...box.querySelectorAll<HTMLElement>('[data-seq]')];
  const last = all.findLast((element) => {
    const place = element.getBoundingClientRect();
    return place.bottom > top && (place.bottom <= bottom + 8 || (place.top < bottom - 24 && place.height > bottom - top));
  });
  return Number(last?.dataset.seq ?? 0);
}
