import { isDeepStrictEqual } from 'node:util';

interface Stored {
  id: string;
  slug: string;
  deletedAt: Date | null;
}

/**
 * Compares stored rows with wanted ones by slug; a row differs when any column of the wanted one does. Rows that were deleted are found too, and
 * are absent only once.
 */
export function changes<Row extends Stored, Wanted extends { slug: string }>(present: Row[], wanted: Wanted[]) {
  const bySlug = new Map(present.map((row) => [row.slug, row]));
  const pairs = wanted.map((to) => ({ from: bySlug.get(to.slug), to }));
  const existing = pairs.flatMap(({ from, to }) => (from ? [{ id: from.id, from, to, keys: differing(from, to) }] : []));
  const slugs = new Set(wanted.map(({ slug }) => slug));
  const changed = existing.filter(({ keys }) => keys.length > 0);
  return {
    created: pairs.filter(({ from }) => !from).map(({ to }) => to),
    changed,
    unchanged: existing.length - changed.length,
    absent: present.filter(({ slug, deletedAt }) => deletedAt === null && !slugs.has(slug)),
  };
}

/** Columns of the wanted row that the stored one has otherwise. */
export function differing<Wanted extends object>(from: object, to: Wanted): (keyof Wanted & string)[] {
  const stored: { [column: string]: unknown } = { ...from };
  return Object.entries(to)
    .filter(([column, value]) => !isDeepStrictEqual(stored[column], value))
    .map(([column]) => column as keyof Wanted & string);
}
