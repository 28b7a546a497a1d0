import { useEffect, useRef, useState } from 'react';
import { offline } from '#client/lib/online.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { BellItemDto } from '#shared/notifications.ts';

/** Tells the server that everything up to the newest notice on the screen has been seen: once it was drawn, in a tab that is looked at. */
export function useMarkSeen(newest: Pick<BellItemDto, 'id' | 'seen'> | undefined): void {
  const utils = trpc.useUtils();
  const seen = useDocumentSeen();
  const away = offline.use() !== null;
  const told = useRef<string | null>(null);
  const { mutate } = trpc.notifications.markSeen.useMutation();
  const id = newest?.id;
  const unseen = trpc.notifications.unseen.useQuery().data?.count ?? 0;
  const due = id !== undefined && (newest?.seen === false || unseen > 0);

  // Tried again when the connection is back.
  useEffect(() => {
    if (!due || !seen || away || told.current === id) return;
    told.current = id;
    mutate(
      { upTo: id },
      {
        onSuccess: () => void utils.notifications.unseen.invalidate(),
        onError: () => {
          told.current = null;
        },
      },
    );
  }, [due, seen, away, id, mutate, utils]);
}

function useDocumentSeen(): boolean {
  const [seen, setSeen] = useState(document.visibilityState === 'visible');
  useEffect(() => {
    const look = () => setSeen(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return seen;
}
