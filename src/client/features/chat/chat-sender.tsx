import { useEffect } from 'react';
import { useMe } from '#client/lib/me.ts';
import { offline } from '#client/lib/online.ts';
import { sessionEnded } from '#client/lib/session.ts';
import { useChatOutbox } from './use-outbox.ts';

/** Sends the messages that wait on this device: at a visit, when the connection returns, after signing in again. Shows nothing. */
export function ChatSender() {
  const me = useMe();
  const outbox = useChatOutbox();
  const waits = outbox.view.use().items.some(({ state }) => state === 'queued');
  const isOffline = offline.use() !== null;
  const ended = sessionEnded.use();
  const ready = Boolean(me) && !isOffline && !ended;
  useEffect(() => {
    if (ready && waits) void outbox.flush();
  }, [ready, waits, outbox]);
  return null;
}
