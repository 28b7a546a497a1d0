import { getQueryKey } from '@trpc/react-query';
import { refusalOf } from '#client/lib/errors.ts';
import { makeUuid } from '#client/lib/make-uuid.ts';
import { deviceMemory } from '#client/lib/memory.ts';
import { offline } from '#client/lib/online.ts';
import { onePerPerson } from '#client/lib/person.ts';
import { accountBlocked, sessionEnded } from '#client/lib/session.ts';
import { trpc } from '#client/lib/trpc.ts';
import { createOutbox } from './outbox.ts';
import { createSubmissions, type Submissions } from './submissions.ts';

/** Answers on their way. */
export const useSubmissions = onePerPerson((personId, client, queries): Submissions => {
  const outbox = createOutbox(deviceMemory, personId);
  const submissions = createSubmissions({
    outbox,
    send: (answer) => client.tasks.submit.mutate(answer),
    refusal: refusalOf,
    isOffline: () => offline.get() !== null,
    makeId: makeUuid,
    onSessionEnded: (blocked) => {
      accountBlocked.set(blocked);
      sessionEnded.set(true);
    },
    // Counts of the pages around; the topic itself shows the state that came with the answer.
    onAnswered() {
      void queries.invalidateQueries({ queryKey: getQueryKey(trpc.courses.get) });
      void queries.invalidateQueries({ queryKey: getQueryKey(trpc.progress) });
    },
  });
  window.addEventListener('storage', (event) => {
    if (event.key === null || event.key.endsWith(outbox.key)) submissions.sync();
  });
  return submissions;
});
