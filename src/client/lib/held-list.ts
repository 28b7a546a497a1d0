import { useMemo, useState } from 'react';

interface Item {
  id: string;
}

export interface Held<T extends Item> {
  /** What is on the screen, in its order. */
  shown: readonly T[];
  /** Above it by now: shown when one asks for it, because it would push down what is being read. */
  fresh: readonly T[];
}

/**
 * A list with the newest first, as far as it may change on the screen by itself: lines change in their places, what is older is added at the end,
 * what is gone goes.
 * @param before what is on the screen; null: nothing was shown yet
 * @param now what the server has, as far as it was read
 */
export function holdList<T extends Item>(before: readonly T[] | null, now: readonly T[]): Held<T> {
  if (before === null || before.length === 0) return { shown: now, fresh: [] };
  const known = new Set(before.map(({ id }) => id));
  const at = now.findIndex(({ id }) => known.has(id));
  // Nothing of it is left: there is nothing to be pushed down.
  if (at < 0) return { shown: now, fresh: [] };
  const kept = now.slice(at);
  // What came above pushed as many out of the pages that were read: they are still there.
  const last = before.findIndex(({ id }) => id === kept.at(-1)?.id);
  return { shown: last < 0 ? kept : [...kept, ...before.slice(last + 1)], fresh: now.slice(0, at) };
}

/** The same over the life of a page. `showFresh` puts everything on the screen. */
export function useHeldList<T extends Item>(now: readonly T[] | undefined): Held<T> & { showFresh: () => void } {
  const [before, setBefore] = useState<{ of: readonly T[]; shown: readonly T[] } | null>(null);
  const held = useMemo(() => (now ? holdList(before?.shown ?? null, now) : { shown: [], fresh: [] }), [now, before]);
  // During the render, so that no half state is ever drawn; once for each answer of the server.
  if (now && before?.of !== now) setBefore({ of: now, shown: held.shown });
  return {
    ...held,
    showFresh: () => now && setBefore({ of: now, shown: [...held.fresh, ...held.shown] }),
  };
}
