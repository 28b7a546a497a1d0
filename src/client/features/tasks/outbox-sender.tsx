import { useEffect } from 'react';
import { useMe } from '#client/lib/me.ts';
import { offline } from '#client/lib/online.ts';
import { sessionEnded } from '#client/lib/session.ts';
import { useSubmissions } from './use-submissions.ts';
import { useWorkDrafts } from './use-work-drafts.ts';

/** A request may also be lost without the network being gone (an answer that never came). */
const retryAfter = 15_000;

/** Sends the answers and works that wait on this device: at a visit, when the connection returns, after signing in again. Shows nothing. */
export function OutboxSender() {
  const me = useMe();
  const submissions = useSubmissions();
  const works = useWorkDrafts();
  const waits = [submissions.byTask.use(), works.phases.use()].some((all) => Object.values(all).some(({ phase }) => phase === 'waiting'));
  const isOffline = offline.use() !== null;
  const ended = sessionEnded.use();
  const ready = Boolean(me) && !isOffline && !ended;

  useEffect(() => {
    if (!ready || !waits) return;
    const flush = () => void Promise.all([submissions.flush(), works.flush()]);
    flush();
    const timer = setInterval(flush, retryAfter);
    return () => clearInterval(timer);
  }, [ready, waits, submissions, works]);

  return null;
}
