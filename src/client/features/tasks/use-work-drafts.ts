import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { getQueryKey } from '@trpc/react-query';
import { appError } from '#client/lib/errors.ts';
import { makeUuid } from '#client/lib/make-uuid.ts';
import { deviceMemory } from '#client/lib/memory.ts';
import { offline } from '#client/lib/online.ts';
import { sessionEnded } from '#client/lib/session.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { MyWorksDto } from '#shared/reviews.ts';
import { createWorkDrafts, type WorkDrafts } from './long-answer-drafts.ts';
import { usePersonId } from './use-submissions.ts';

type Client = ReturnType<typeof trpc.useUtils>['client'];

/** One for each person of this tab, for as long as the tab lives: a work goes on its way whatever page is open by then. */
const byPerson = new Map<string, WorkDrafts>();

export function useWorkDrafts(): WorkDrafts {
  const personId = usePersonId();
  const { client } = trpc.useUtils();
  const queries = useQueryClient();
  const known = byPerson.get(personId);
  if (known) return known;
  const opened = open(personId, client, queries);
  byPerson.set(personId, opened);
  return opened;
}

function open(personId: string, client: Client, queries: QueryClient): WorkDrafts {
  const drafts = createWorkDrafts({
    memory: deviceMemory,
    personId,
    send: (work) => client.reviews.handIn.mutate(work),
    refusal: appError,
    isOffline: () => offline.get() !== null,
    makeId: makeUuid,
    onHandedIn: (taskId, { mine }) => showWorks(queries, taskId, mine),
    onSessionEnded: () => sessionEnded.set(true),
  });
  window.addEventListener('storage', (event) => {
    if (event.key !== null && !event.key.endsWith(drafts.key)) return;
    drafts.sync();
    void queries.invalidateQueries({ queryKey: getQueryKey(trpc.reviews.mine) });
  });
  return drafts;
}

/** Puts what came with an answer in its place; what else shows the state of the task is asked for anew. */
export function showWorks(queries: QueryClient, taskId: string, mine: MyWorksDto): void {
  queries.setQueryData(getQueryKey(trpc.reviews.mine, { taskId }, 'query'), mine);
  void queries.invalidateQueries({ queryKey: getQueryKey(trpc.courses) });
  void queries.invalidateQueries({ queryKey: getQueryKey(trpc.progress) });
}
