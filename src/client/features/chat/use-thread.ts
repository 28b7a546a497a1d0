import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { getQueryKey } from '@trpc/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { live } from '#client/lib/live/live.ts';
import { offline } from '#client/lib/online.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { HistoryDto, MessageDto, SignalsDto } from '#shared/chat.ts';
import { typingShownMs } from '#shared/chat-rules.ts';
import { createThreadStore, type ThreadStore, type ThreadView } from './thread-store.ts';
import { onAnswered } from './use-outbox.ts';

const nothing: ThreadView = { phase: 'loading', error: null, messages: [], more: false, older: 'idle' };
/** Where no socket can be had, what is open is asked for this often. */
const askEveryMs = 15_000;

export interface OpenThread {
  view: ThreadView;
  /** Null: not known (yet, or while no socket can be had). */
  signals: SignalsDto | null;
  store: ThreadStore | null;
}

/** The messages of a thread and what passes by in it, for as long as it is shown. */
export function useThread(threadId: string, onNew: (message: MessageDto) => void): OpenThread {
  const { client } = trpc.useUtils();
  const queries = useQueryClient();
  const [store, setStore] = useState<ThreadStore | null>(null);
  const [signals, setSignals] = useState<SignalsDto | null>(null);

  useEffect(() => {
    const opened = createThreadStore({
      history: async (before) =>
        (before === undefined ? takeSentPage(queries, threadId) : undefined) ??
        client.chat.history.query({ threadId, ...(before === undefined ? {} : { before }) }),
      follow: (after, onChange) =>
        live.follow((connection, ended) =>
          connection.chat.changes.subscribe(
            { threadId, after: after() },
            { onData: ({ data }) => onChange(data), onError: ended, onComplete: ended },
          ),
        ),
      onNew,
    });
    setStore(opened);
    void opened.load();
    const stop = [onAnswered(threadId, opened.answered), lookAgain(opened), followSignals(threadId, setSignals)];
    return () => {
      for (const end of stop) end();
      opened.close();
      setStore(null);
      setSignals(null);
    };
  }, [threadId, client, queries, onNew]);

  const view = useSyncExternalStore(store?.subscribe ?? never, store?.get ?? (() => nothing));
  return { view, signals, store };
}

const never = () => () => undefined;

/** The newest page, where it came with the site's page; what was said since comes with the changes after it. Once: the next look is at the server's. */
function takeSentPage(queries: QueryClient, threadId: string): HistoryDto | undefined {
  const queryKey = getQueryKey(trpc.chat.history, { threadId }, 'query');
  const page = queries.getQueryData<HistoryDto>(queryKey);
  queries.removeQueries({ queryKey });
  return page;
}

/** Without a socket nothing comes by itself: it is asked for now and then, and when something speaks for it. */
function lookAgain(store: ThreadStore): () => void {
  const look = () => {
    const deaf = live.state.get() !== 'open' || store.get().phase === 'failed';
    if (deaf && offline.get() === null && document.visibilityState === 'visible') void store.load();
  };
  const timer = setInterval(look, askEveryMs);
  const stop = offline.subscribe(look);
  window.addEventListener('focus', look);
  return () => {
    clearInterval(timer);
    stop();
    window.removeEventListener('focus', look);
  };
}

function followSignals(threadId: string, show: (signals: SignalsDto | null | ((before: SignalsDto | null) => SignalsDto | null)) => void) {
  let quiet: ReturnType<typeof setTimeout> | undefined;
  const calm = () => show((before) => (before && before.typing.length > 0 ? { ...before, typing: [] } : before));
  const stop = live.follow((connection, ended) => {
    calm();
    return connection.chat.signals.subscribe(
      { threadId },
      {
        onData(signals) {
          show(signals);
          // Whoever closed their laptop in the middle of a word does not type for ever.
          clearTimeout(quiet);
          if (signals.typing.length > 0) quiet = setTimeout(calm, typingShownMs * 2);
        },
        onError: ended,
        onComplete: ended,
      },
    );
  });
  return () => {
    clearTimeout(quiet);
    stop();
  };
}
