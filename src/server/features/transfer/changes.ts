import { isDeepStrictEqual } from 'node:util';

/** What writing a list of things did, and which stored ones the list lacks. */
export interface Change {
  created: number;
  updated: number;
  unchanged: number;
  absent: { id: string; slug: string }[];
}

/** Compares stored rows with wanted ones by slug; a row differs when any column of the wanted one does. */
export function changes<Row extends { id: string; slug: string }, Wanted extends { slug: string }>(present: Row[], wanted: Wanted[]) {
  const bySlug = new Map(present.map((row) => [row.slug, row]));
  const pairs = wanted.map((to) => ({ from: bySlug.get(to.slug), to }));
  const existing = pairs.flatMap(({ from, to }) => (from ? [{ id: from.id, from, to }] : []));
  const changed = existing.filter(
    ({ from, to }) => !isDeepStrictEqual(Object.fromEntries(Object.keys(to).map((key) => [key, from[key as keyof Row]])), to),
  );
  return {
    created: pairs.filter(({ from }) => !from).map(({ to }) => to),
    changed,
    unchanged: existing.length - changed.length,
    absent: present.filter(({ slug }) => !wanted.some((to) => to.slug === slug)).map(({ id, slug }) => ({ id, slug })),
  };
}
