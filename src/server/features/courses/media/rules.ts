/** The order with `id` standing before `beforeId`, or at the end where that is null or not there. */
export function placedBefore(ids: readonly string[], id: string, beforeId: string | null): string[] {
  if (beforeId === id) return [...ids];
  const others = ids.filter((other) => other !== id);
  const at = beforeId === null ? -1 : others.indexOf(beforeId);
  return at === -1 ? [...others, id] : [...others.slice(0, at), id, ...others.slice(at)];
}
