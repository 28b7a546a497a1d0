import { useEffect, useRef } from 'react';
import { trpc } from '#client/lib/trpc.ts';
import type { WorkDto } from '#shared/reviews.ts';

/** Tells the school that a result was read: when it has come into sight, and once. A letter about it that was not sent yet is not sent then. */
export function useSeen(work: Pick<WorkDto, 'id' | 'seen'>) {
  const shown = useRef<HTMLDivElement>(null);
  const { mutate } = trpc.reviews.markSeen.useMutation();
  const { id, seen } = work;
  useEffect(() => {
    const element = shown.current;
    if (seen || !element) return;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      mutate({ workId: id });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [id, seen, mutate]);
  return shown;
}
