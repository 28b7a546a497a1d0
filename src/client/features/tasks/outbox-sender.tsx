import { useEffect } from 'react';
import { useMistakeAnswers } from '#client/features/progress/mistakes/use-mistake-answers.ts';
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
  const mistakes = useMistakeAnswers();
  const waits = [submissions.byTask.use(), works.phases.use(), mistakes.byTask.use()].some((all) =>
    Object.values(all).some(({ phase }) => phase === 'waiting'),
  );
  const isOffline = offline.use() !== null;
  const ended = sessionEnded.use();
  const ready = Boolean(me) && !isOffline && !ended;

  useEffect(() => {
    if (!ready || !waits) return;
    const flush = () => void Promise.all([submissions.flush(), works.flush(), mistakes.flush()]);
    flush();
    const timer = setInterval(flush, retryAfter);
    return () => clearInterval(timer);
  }, [ready, waits, submissions, works, mistakes]);

  return null;
}
