import { useCallback, useEffect, useRef, useState } from 'react';
import { usePersonId } from '#client/lib/person.ts';
import { useTalkText } from '#client/lib/talk-text.ts';
import { holdStyles } from '#client/ui/set-prose.ts';
import type { MessageDto } from '#shared/chat.ts';
import { createAnnouncer } from './announce.ts';
import { useChatOutbox } from './use-outbox.ts';
import { useReading } from './use-reading.ts';
import { useThread } from './use-thread.ts';

export type OpenChat = ReturnType<typeof useChat>;

/** All that is known of a thread while it is shown: what was said, what passes by, what is on its way. */
export function useChat(threadId: string) {
  const personId = usePersonId();
  const outbox = useChatOutbox();
  const out = outbox.view.use();
  const log = useRef<HTMLDivElement>(null);
  const [newBelow, setNewBelow] = useState(0);
  const [spoken, hear] = useAnnouncer();
  const onNew = useCallback(
    (message: MessageDto) => {
      if (message.author.id === personId || message.deleted !== null) return;
      setNewBelow((before) => before + 1);
      hear(message);
    },
    [personId, hear],
  );
  const { view, signals, store } = useThread(threadId, onNew);
  useReading(threadId, log, view.messages, signals?.mySeq ?? null);

  const known = (clientId: string) => view.messages.some((message) => message.clientId === clientId);
  const mine = out.items.filter((item) => item.threadId === threadId);
  const arrived = mine.filter(({ state, clientId }) => state !== 'draft' && known(clientId));
  const done = arrived.map(({ clientId }) => clientId).join(' ');
  // The stream may bring one's own message before, or instead of, the answer to it.
  useEffect(() => {
    for (const clientId of done.split(' ')) if (clientId !== '') outbox.remove(clientId);
  }, [done, outbox]);

  return {
    threadId,
    personId,
    outbox,
    out,
    log,
    view,
    signals,
    store,
    spoken,
    newBelow,
    seeBelow: useCallback(() => setNewBelow(0), []),
    draft: mine.find(({ state }) => state === 'draft'),
    pending: mine.filter((item) => item.state !== 'draft' && !arrived.includes(item)),
  };
}

/** What a screen reader is told: only what others have written, and only while it is written. */
function useAnnouncer(): [string, (message: MessageDto) => void] {
  const { chat } = useTalkText();
  const [line, setLine] = useState('');
  const words = useRef(chat);
  const [announcer] = useState(() =>
    createAnnouncer({ one: (author, text) => words.current.announce(author, text), many: (n) => words.current.announceMany(n) }, (said) =>
      // The same words once more are another message: a space that is not read makes them another text.
      setLine((before) => (before === said ? `${said}\u00a0` : said)),
    ),
  );
  useEffect(() => {
    words.current = chat;
  }, [chat]);
  useEffect(() => announcer.stop, [announcer]);
  const hear = useCallback(
    (message: MessageDto) => {
      const { announceFiles, gone } = words.current;
      announcer.hear(message.author.name ?? gone, plainText(message.html) || announceFiles(message.files.length));
    },
    [announcer],
  );
  return [line, hear];
}

function plainText(html: string): string {
  const { body } = new DOMParser().parseFromString(holdStyles(html), 'text/html');
  // A formula is there twice: to be read out and to be seen.
  for (const twin of body.querySelectorAll('.katex-html, annotation')) twin.remove();
  return (body.textContent ?? '').trim();
}
