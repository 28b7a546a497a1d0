import { onlineManager } from '@tanstack/react-query';
import { createStore } from './store.ts';

/** `network`: no way to the server. `server`: it is there, or something before it, and says that it cannot work at the moment. */
type Why = 'network' | 'server';

/** Null while the server answers; otherwise when the next try is due (null: it is under way). */
export const offline = createStore<{ retryAt: number | null; why: Why } | null>(null);

const delays = [5, 10, 20, 30];
let tries = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** A request did not reach a server that could work on it. Paused queries and mutations of react-query wait from here on. */
export function noteUnreachable(why: Why): void {
  const known = offline.get();
  if (known === null) {
    tries = 0;
    onlineManager.setOnline(false);
    schedule(why);
  } else if (known.why !== why) offline.set({ ...known, why });
}

/** The server answered; what was paused goes on by itself. */
export function noteReachable(): void {
  clearTimeout(timer);
  if (offline.get() === null) return;
  offline.set(null);
  onlineManager.setOnline(true);
}

function schedule(why: Why): void {
  // Everybody lost it in the same moment, and need not come back in the same one.
  const delay = (delays[Math.min(tries, delays.length - 1)] ?? 30) * (750 + 500 * Math.random());
  tries += 1;
  offline.set({ retryAt: Date.now() + delay, why });
  clearTimeout(timer);
  timer = setTimeout(probe, delay);
}

async function probe(): Promise<void> {
  offline.set({ retryAt: null, why: offline.get()?.why ?? 'network' });
  try {
    const response = await fetch('/readyz', { cache: 'no-store', signal: AbortSignal.timeout(10_000) });
    if (response.status < 500) return noteReachable();
    schedule('server');
  } catch {
    schedule('network');
  }
}

/** `navigator.onLine` alone proves nothing (a phone may be in a network without a way out), so it only hurries our own probe. */
export function watchNetwork(): void {
  onlineManager.setEventListener(() => undefined);
  window.addEventListener('offline', () => noteUnreachable('network'));
  window.addEventListener('online', () => {
    if (offline.get() === null) return;
    clearTimeout(timer);
    // A network that has only just come may not carry yet: if this try fails, the next one is near.
    tries = 0;
    void probe();
  });
}
