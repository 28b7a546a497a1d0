import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useMe } from './me.ts';
import { trpc } from './trpc.ts';

type Client = ReturnType<typeof trpc.useUtils>['client'];

let lastKnown = 'nobody';

/** Whose page this is. While an ended session is being renewed it still belongs to the person who was here. */
export function usePersonId(): string {
  const id = useMe()?.id;
  if (id) lastKnown = id;
  return id ?? lastKnown;
}

/** One for each person of this tab, for as long as the tab lives: what a person has sent goes on its way whatever page is open by then. */
export function onePerPerson<T>(open: (personId: string, client: Client, queries: QueryClient) => T): () => T {
  const byPerson = new Map<string, T>();
  return function useTheirs() {
    const personId = usePersonId();
    const { client } = trpc.useUtils();
    const queries = useQueryClient();
    const known = byPerson.get(personId);
    if (known !== undefined) return known;
    const opened = open(personId, client, queries);
    byPerson.set(personId, opened);
    return opened;
  };
}
