import type { QueryClient } from '@tanstack/react-query';
import { getQueryKey } from '@trpc/react-query';
import { refusalOf } from '#client/lib/errors.ts';
import { makeUuid } from '#client/lib/make-uuid.ts';
import { deviceMemory } from '#client/lib/memory.ts';
import { offline } from '#client/lib/online.ts';
import { onePerPerson } from '#client/lib/person.ts';
import { sessionEnded } from '#client/lib/session.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { MyWorksDto } from '#shared/reviews.ts';
import { createWorkDrafts, type WorkDrafts } from './long-answer-drafts.ts';

/** Long answers being written and on their way. */
export const useWorkDrafts = onePerPerson((personId, client, queries): WorkDrafts => {
  const drafts = createWorkDrafts({
    memory: deviceMemory,
    personId,
    send: (work) => client.reviews.handIn.mutate(work),
    refusal: refusalOf,
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
});

/** Puts what came with an answer in its place; what else shows the state of the task is asked for anew. */
export function showWorks(queries: QueryClient, taskId: string, mine: MyWorksDto): void {
  queries.setQueryData(getQueryKey(trpc.reviews.mine, { taskId }, 'query'), mine);
  void queries.invalidateQueries({ queryKey: getQueryKey(trpc.courses) });
  void queries.invalidateQueries({ queryKey: getQueryKey(trpc.progress) });
}
