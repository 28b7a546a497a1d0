import { useEffect } from 'react';
import { useRingAndTitle } from '#client/lib/attention.ts';
import { examHead } from '#client/lib/exam-frame.ts';
import { useMe } from '#client/lib/me.ts';
import { offline } from '#client/lib/online.ts';
import { sessionEnded } from '#client/lib/session.ts';
import { trpc } from '#client/lib/trpc.ts';
import { allHints, createHints, type HintKind } from './hints.ts';
import { live } from './live.ts';

/** Where no socket can be had, the counts are asked for this often. */
const askEveryMs = 60_000;

/** What may have changed before the socket was first open. Not what is paid: all of the courses would be asked for twice at each load. */
const unheard: readonly HintKind[] = ['unread', 'inbox', 'rooms', 'notices'];

/** Keeps the tab's socket for whoever is signed in, and asks anew for what the server hints at. Shows nothing. */
export function LiveLink() {
  const me = useMe();
  const ended = sessionEnded.use();
  const personId = me && !ended ? me.id : null;
  const utils = trpc.useUtils();

  useEffect(() => {
    if (personId === null) return;
    const ask = (kinds: ReadonlySet<HintKind>) => {
      if (kinds.has('notices')) void Promise.all([utils.notifications.invalidate(), utils.news.feed.invalidate()]);
      if (kinds.has('payments')) void Promise.all([utils.payments.invalidate(), utils.courses.invalidate()]);
      if ([...kinds].some((kind) => kind !== 'notices' && kind !== 'payments')) void utils.chat.unread.invalidate();
      if (kinds.has('unread')) void utils.chat.mine.invalidate();
      if (kinds.has('inbox')) void utils.chat.inbox.invalidate();
      if (kinds.has('rooms')) void Promise.all([utils.chat.rooms.invalidate(), utils.chat.inbox.counts.invalidate()]);
    };
    const hints = createHints(ask);
    let before = false;
    const stop = live.follow((client, onEnded) => {
      return client.live.mine.subscribe(undefined, {
        onStarted: () => {
          // Nobody repeats the hints that passed while the socket was away, or since the page's first answers.
          hints.note(before ? allHints : unheard);
          before = true;
        },
        onData: ({ kind }) => hints.note([kind]),
        onError: onEnded,
        onComplete: onEnded,
      });
    });
    live.start();
    const timer = setInterval(() => {
      if (live.state.get() !== 'open' && offline.get() === null && document.visibilityState === 'visible') hints.note(allHints);
    }, askEveryMs);
    return () => {
      clearInterval(timer);
      stop();
      hints.stop();
      live.stop();
    };
  }, [personId, utils]);

  useEffect(() => {
    const seen = () => document.visibilityState === 'visible' && live.wake();
    const stop = offline.subscribe(() => offline.get() === null && live.wake());
    document.addEventListener('visibilitychange', seen);
    window.addEventListener('online', live.wake);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', seen);
      window.removeEventListener('online', live.wake);
    };
  }, []);

  // A running exam is not to be broken into.
  const inExam = examHead.use() !== null;
  useRingAndTitle(personId !== null && !inExam, me?.role === 'moderator');
  return null;
}
