/** Until then a page on a slow network has what it shows. */
const beginMs = 1_500;
const firstMs = 1_000;
const longestMs = 60_000;

/**
 * Loads a piece that draws nothing a page would miss, after what the page itself waits for: browsers fetch six files at a time. Where it cannot be had
 * (no connection, a chunk that is gone after an update) it is tried again, later each time, and no page breaks for it.
 */
export async function patiently<T>(load: () => Promise<T>): Promise<T> {
  await pause(beginMs);
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
