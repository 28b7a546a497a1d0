import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { getQueryKey } from '@trpc/react-query';
import { appError } from '#client/lib/errors.ts';
import { makeUuid } from '#client/lib/make-uuid.ts';
import { useMe } from '#client/lib/me.ts';
import { deviceMemory } from '#client/lib/memory.ts';
import { offline } from '#client/lib/online.ts';
import { accountBlocked, sessionEnded } from '#client/lib/session.ts';
import { trpc } from '#client/lib/trpc.ts';
import { createOutbox } from './outbox.ts';
import { createSubmissions, type Submissions } from './submissions.ts';

type Client = ReturnType<typeof trpc.useUtils>['client'];

/** One for each person of this tab, for as long as the tab lives: an answer goes on its way whatever page is open by then. */
const byPerson = new Map<string, Submissions>();

let lastKnown = 'nobody';

/** Whose answers these are. While an ended session is being renewed the page still belongs to the person who was here. */
export function usePersonId(): string {
  const id = useMe()?.id;
  if (id) lastKnown = id;
  return id ?? lastKnown;
}

export function useSubmissions(): Submissions {
  const personId = usePersonId();
  const { client } = trpc.useUtils();
  const queries = useQueryClient();
  const known = byPerson.get(personId);
  if (known) return known;
  const opened = open(personId, client, queries);
  byPerson.set(personId, opened);
  return opened;
}

function open(personId: string, client: Client, queries: QueryClient): Submissions {
  const outbox = createOutbox(deviceMemory, personId);
  const submissions = createSubmissions({
    outbox,
    send: (answer) => client.tasks.submit.mutate(answer),
    refusal: appError,
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
}
