import { refusalOf } from '#client/lib/errors.ts';
import { makeUuid } from '#client/lib/make-uuid.ts';
import { deviceMemory } from '#client/lib/memory.ts';
import { offline } from '#client/lib/online.ts';
import { onePerPerson } from '#client/lib/person.ts';
import { accountBlocked, sessionEnded } from '#client/lib/session.ts';
import type { MessageDto } from '#shared/chat.ts';
import { type ChatOutbox, createChatOutbox } from './outbox.ts';

/** Threads that are shown: an answer to what was sent enters them at once. */
const shown = new Map<string, Set<(message: MessageDto) => void>>();

/** @returns ends it */
export function onAnswered(threadId: string, take: (message: MessageDto) => void): () => void {
  const all = shown.get(threadId) ?? new Set();
  shown.set(threadId, all.add(take));
  return () => {
    all.delete(take);
    if (all.size === 0) shown.delete(threadId);
  };
}

/** What one has written, wherever in the school, and what is on its way. */
export const useChatOutbox = onePerPerson((personId, client): ChatOutbox => {
  const outbox = createChatOutbox({
    memory: deviceMemory,
    personId,
    send: (message) => client.chat.send.mutate(message),
    refusal: refusalOf,
    isOffline: () => offline.get() !== null,
    makeId: makeUuid,
    now: Date.now,
    onSent(message) {
      for (const take of shown.get(message.threadId) ?? []) take(message);
    },
    onSessionEnded: (blocked) => {
      accountBlocked.set(blocked);
      sessionEnded.set(true);
    },
  });
  window.addEventListener('storage', (event) => {
    if (event.key === null || event.key.endsWith(outbox.key)) outbox.sync();
  });
  window.addEventListener('pagehide', (event) => {
    // A page that may come back as it was keeps its uploads.
    if (!event.persisted) outbox.leave();
  });
  return outbox;
});
