/** What of a person's theory this browser keeps lies in one cache, so that it goes in one piece. */
export const theoryOf = (personId: string): string => `theory-${personId}`;

/** Away with what others than this person have left, or (null) with everything. Pages of sign-out wait for it. */
export async function forgetTheory(personId: string | null): Promise<void> {
  // Without https there is no such store, and nothing was kept.
  if (!('caches' in window)) return;
  try {
    const others = (await caches.keys()).filter((name) => name.startsWith('theory-') && (personId === null || name !== theoryOf(personId)));
    await Promise.all(others.map((name) => caches.delete(name)));
  } catch {
    // A browser that forbids the store has nothing in it.
  }
}
