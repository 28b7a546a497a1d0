import { onlineManager } from '@tanstack/react-query';
import { createStore } from './store.ts';

/** Null while the server answers; otherwise when the next try is due (null: it is under way). */
export const offline = createStore<{ retryAt: number | null } | null>(null);

const delays = [5, 10, 20, 30];
let tries = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** A request did not reach the server. Paused queries and mutations of react-query wait from here on. */
export function noteUnreachable(): void {
  if (offline.get() === null) {
    tries = 0;
    onlineManager.setOnline(false);
    schedule();
  }
}

/** The server answered; what was paused goes on by itself. */
export function noteReachable(): void {
  clearTimeout(timer);
  if (offline.get() === null) return;
  offline.set(null);
  onlineManager.setOnline(true);
}

function schedule(): void {
  const delay = (delays[Math.min(tries, delays.length - 1)] ?? 30) * 1000;
  tries += 1;
  offline.set({ retryAt: Date.now() + delay });
  clearTimeout(timer);
  timer = setTimeout(probe, delay);
}

async function probe(): Promise<void> {
  offline.set({ retryAt: null });
  try {
    const response = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(10_000) });
    if (response.status < 500) return noteReachable();
  } catch {}
  schedule();
}

/** `navigator.onLine` alone proves nothing (a phone may be in a network without a way out), so it only hurries our own probe. */
export function watchNetwork(): void {
  onlineManager.setEventListener(() => undefined);
  window.addEventListener('offline', noteUnreachable);
  window.addEventListener('online', () => {
    if (offline.get() === null) return;
    clearTimeout(timer);
    void probe();
  });
}
