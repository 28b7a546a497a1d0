const firstMs = 1_000;
const longestMs = 60_000;

/**
 * Loads a piece that draws nothing a page would miss. Where it cannot be had (no connection, a chunk that is gone after an update) it is tried again,
 * later each time, and no page breaks for it.
 */
export async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (let waitMs = firstMs; ; waitMs = Math.min(longestMs, waitMs * 2)) {
    try {
      return await load();
    } catch {
      await new Promise((again) => setTimeout(again, waitMs));
    }
  }
}
