import { useQueryClient } from '@tanstack/react-query';
import { getQueryKey } from '@trpc/react-query';
import { useCallback } from 'react';
import type { MeDto } from '#shared/auth.ts';
import type { SiteDto } from '#shared/settings.ts';
import { deviceMemory } from './memory.ts';
import { accountBlocked, lastPerson, sessionEnded } from './session.ts';
import { forgetTheory } from './theory-store.ts';
import { trpc } from './trpc.ts';

export function useMeQuery() {
  return trpc.auth.me.useQuery(undefined, { staleTime: 5 * 60_000 });
}

/** Who is signed in; null: nobody; undefined: not known yet. */
export function useMe(): MeDto | null | undefined {
  return useMeQuery().data;
}

/** What every page knows of the school; undefined until it has come. */
export function useSite(): SiteDto | undefined {
  return trpc.settings.site.useQuery(undefined, { staleTime: Number.POSITIVE_INFINITY }).data;
}

/** A guess for the first paint, where the page came without word of who is there: the guest's home need not wait for it. */
export function wasSignedIn(): boolean {
  return deviceMemory.read('signed-in') !== null;
}

/** What others have left on this device to be read without a network goes; who leaves the page waits for that. */
export function rememberSignedIn(me: MeDto | null): Promise<void> {
  if (me) lastPerson.set(me);
  deviceMemory.write('signed-in', me ? '1' : null);
  return forgetTheory(me?.id ?? null);
}

/** Puts a new person in place of the old one; all that was loaded for the old one is loaded anew. */
export function useSetMe(): (me: MeDto | null) => Promise<void> {
  const queries = useQueryClient();
  return useCallback(
    async (me) => {
      const key = getQueryKey(trpc.auth.me, undefined, 'query');
      const before = queries.getQueryData<MeDto | null>(key);
      // Another person on the same device must not see a flash of the first one's pages.
      if (before?.id !== me?.id) queries.removeQueries({ predicate: (query) => !isPublic(query.queryKey) });
      queries.setQueryData(key, me);
      void rememberSignedIn(me);
      if (!me) lastPerson.set(null);
      sessionEnded.set(false);
      accountBlocked.set(false);
      await queries.invalidateQueries({ predicate: (query) => JSON.stringify(query.queryKey) !== JSON.stringify(key) });
    },
    [queries],
  );
}

function isPublic(key: readonly unknown[]): boolean {
  const path = Array.isArray(key[0]) ? key[0].join('.') : '';
  return path === 'settings.site' || path === 'auth.me' || path === 'tasks.sample' || path === 'people.consentText';
}
