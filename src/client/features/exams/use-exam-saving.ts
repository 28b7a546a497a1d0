import { useEffect } from 'react';
import { offline } from '#client/lib/online.ts';
import { sessionEnded } from '#client/lib/session.ts';
import type { ExamSession } from './exam-session.ts';

/** How often other devices are asked about. */
const heartbeat = 15_000;

/** When a running exam speaks with the server: as it comes into view, from time to time, when the connection or the session is back. */
export function useExamSaving({ saver }: ExamSession, over: boolean): void {
  useEffect(() => {
    if (over) return;
    const look = () => {
      if (document.visibilityState === 'visible' && !sessionEnded.get()) void saver.flush();
    };
    // A phone may drop a hidden page without a word.
    const hidden = () => (document.visibilityState === 'hidden' ? saver.leave() : look());
    const back = () => {
      if (offline.get() === null && !sessionEnded.get()) void saver.flush();
    };
    look();
    const timer = setInterval(look, heartbeat);
    document.addEventListener('visibilitychange', hidden);
    window.addEventListener('focus', look);
    window.addEventListener('online', back);
    const unsubscribe = [offline.subscribe(back), sessionEnded.subscribe(back)];
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('focus', look);
      window.removeEventListener('online', back);
      for (const stop of unsubscribe) stop();
    };
  }, [saver, over]);

  useEffect(() => {
    // Only while something would be lost, or not be there in time: the browser's question is a fright.
    const leaving = (event: BeforeUnloadEvent) => {
      if (saver.view.get().state !== 'saved') event.preventDefault();
    };
    window.addEventListener('beforeunload', leaving);
    return () => window.removeEventListener('beforeunload', leaving);
  }, [saver]);
}
