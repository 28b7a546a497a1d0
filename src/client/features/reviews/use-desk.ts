import { useCallback, useEffect, useRef, useState } from 'react';
import { trpc } from '#client/lib/trpc.ts';
import type { HolderDto, ReviewDto, WorkStateDto } from '#shared/reviews.ts';
import { inOrder } from './comments.ts';
import { type DeskGrading, forgetDraft, keepDraft, newKey, startOf } from './desk-draft.ts';
import { useAutosave } from './use-autosave.ts';

/** A third of the time a lock holds: two renewals may be lost. */
const renewEveryMs = 200_000;

/** The grading of a work at this desk: held, written, saved as it is written. */
export function useDesk(work: ReviewDto) {
  const utils = trpc.useUtils();
  const [holder, setHolder] = useState(work.holder);
  const [lost, setLost] = useState<{ holder: HolderDto | null; state: WorkStateDto } | null>(null);
  const [grading, setGrading] = useState(() => startOf(work));
  const [textHtml, setTextHtml] = useState(work.textHtml);
  const mine = holder?.mine === true;

  const renew = trpc.reviews.renew.useMutation({ onSuccess: (result) => noteLock(result) });
  const release = trpc.reviews.release.useMutation();

  const noteLock = useCallback((result: { outcome: string; holder: HolderDto | null; state: WorkStateDto }) => {
    setHolder(result.holder);
    setLost(result.outcome === 'held' ? null : { holder: result.holder, state: result.state });
  }, []);

  // What others wrote is followed as long as nothing is written here.
  const follows = !mine && lost === null;
  useEffect(() => {
    if (!follows) return;
    setGrading(startOf(work));
    setTextHtml(work.textHtml);
  }, [follows, work]);

  const { saving, flush } = useAutosave(work, grading, mine, (result) => {
    if (result.outcome === 'saved') setTextHtml(result.textHtml);
    else noteLock(result);
  });

  // The lock lives as long as the page: an open tab keeps it, a page that was left gives it back, a dead one loses it by time.
  const { mutate: renewNow } = renew;
  const { mutate: releaseNow } = release;
  const leaving = useRef(false);
  useEffect(() => {
    if (!mine) return;
    leaving.current = false;
    const timer = setInterval(() => renewNow({ workId: work.id }), renewEveryMs);
    const seen = () => document.visibilityState === 'visible' && renewNow({ workId: work.id });
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
      if (!leaving.current) void flush().then(() => releaseNow({ workId: work.id }));
    };
  }, [mine, work.id, renewNow, releaseNow, flush]);

  return {
    grading,
    textHtml,
    holder,
    mine,
    lost,
    saving,
    noteLock,
    /** Decided or let go by hand: nothing is given back a second time. */
    leave(): void {
      leaving.current = true;
      setHolder(null);
      forgetDraft(work.id);
      void utils.reviews.list.invalidate();
      void utils.reviews.count.invalidate();
    },
    change(part: Partial<DeskGrading>): void {
      setGrading((before) => {
        const next = { ...before, ...part };
        keepDraft(work.id, next);
        return next;
      });
    },
    addComment({ start, end }: { start: number; end: number }): number {
      const comment = { key: newKey(), start, end, body: '' };
      setGrading((before) => ({ ...before, comments: inOrder([...before.comments, comment]) }));
      return comment.key;
    },
  };
}

export type Desk = ReturnType<typeof useDesk>;
