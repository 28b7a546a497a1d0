const firstMs = 1_000;
const longestMs = 60_000;

/**
 * Loads a piece that draws nothing a page would miss. Where it cannot be had (no connection, a chunk that is gone after an update) it is tried again,
 * later each time, and no page breaks for it.
 * @param afterMs begins so much later: browsers fetch six files at a time, and what the page waits for goes first
 */
export async function patiently<T>(load: () => Promise<T>, afterMs = 0): Promise<T> {
  if (afterMs > 0) await pause(afterMs);
  for (let waitMs = firstMs; ; waitMs = Math.min(longestMs, waitMs * 2)) {
    try {
      return await load();
    } catch {
      await pause(waitMs);
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
