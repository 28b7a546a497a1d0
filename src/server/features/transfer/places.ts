interface Placed {
  slug: string;
  position: number;
  deletedAt: Date | null;
}

/**
 * Places of things that are to stand in this order. Who stands right already keeps the place, gaps and all: only the order means something, and what
 * was not moved is not to look moved.
 */
export function placesFor(slugs: string[], present: Placed[]): Map<string, number> {
  const own = new Map(present.filter(({ deletedAt }) => deletedAt === null).map(({ slug, position }) => [slug, position]));
  const kept = slugs.flatMap((slug) => own.get(slug) ?? []);
  if (kept.some((position, i) => position <= (kept[i - 1] ?? -1))) return new Map(slugs.map((slug, place) => [slug, place]));
  let last = -1;
  return new Map(
    slugs.map((slug) => {
      last = Math.max(own.get(slug) ?? 0, last + 1);
      return [slug, last];
    }),
  );
}
