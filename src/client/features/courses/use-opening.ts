import { useEffect, useEffectEvent } from 'react';
import { serverNow } from '#client/lib/now.ts';

/** A whole class waits for the same second; nobody notices one more, and the server notices that they do not come at once. */
const spread = 1500;
const longestTimer = 3_600_000;

/** Asks again when the instant has come, and less and less often until the server agrees that it is open. */
export function useOpening(opensAt: string | null, ask: () => void): void {
  const onOpening = useEffectEvent(ask);

  useEffect(() => {
    if (opensAt === null) return;
    const at = Date.parse(opensAt) + Math.random() * spread;
    let timer: ReturnType<typeof setTimeout>;
    let pause = 3000;
    const wait = () => {
      clearTimeout(timer);
      const left = at - serverNow();
      if (left > 0) {
        timer = setTimeout(wait, Math.min(left, longestTimer));
        return;
      }
      onOpening();
      timer = setTimeout(wait, pause);
      pause = Math.min(pause * 2, 60_000);
    };
    timer = setTimeout(wait, 0);
    // Timers of a sleeping device stand still.
    const seen = () => document.visibilityState === 'visible' && wait();
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [opensAt]);
}
