/** Waits so long, or until the signal is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

export interface Waker {
  /** Ends the wait, or the next one when nobody waits. */
  wake(): void;
  /** Waits until woken, so long at most, or until the signal is aborted. For one waiter at a time. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export function createWaker(): Waker {
  let woken = false;
  let end = () => {};
  return {
    wake() {
      woken = true;
      end();
    },
    async wait(ms, signal) {
      if (!woken && !signal.aborted) {
        await new Promise<void>((resolve) => {
          end = () => {
            clearTimeout(timer);
            signal.removeEventListener('abort', end);
            end = () => {};
            resolve();
          };
          const timer = setTimeout(end, ms);
          signal.addEventListener('abort', end);
        });
      }
      woken = false;
    },
  };
}

/** What a page is made from has so long, in ms: it is a page without it, and browsers can ask for it themselves. */
const patienceMs = 500;

/** Null where it is late or fails. */
export async function inTime<T>(work: Promise<T>): Promise<T | null> {
  const late = new AbortController();
  const waited = pause(patienceMs, late.signal).then(() => null);
  try {
    return await Promise.race([work.catch(() => null), waited]);
  } finally {
    late.abort();
  }
}
