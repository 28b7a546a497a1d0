import { useEffect, useState } from 'react';

/** What the server's clock is ahead of this device's, in milliseconds. Phones run minutes off, and topics open by the server's clock. */
let ahead = 0;

/** The header is whole seconds and the way back takes time, so smaller differences are no news. */
const tolerance = 1500;

/** Called for every answer of the server. */
export function noteServerDate(header: string | null, sentAt: number, receivedAt: number): void {
  const date = header ? Date.parse(header) : Number.NaN;
  if (Number.isNaN(date) || receivedAt - sentAt > 5000) return;
  const seen = date + 500 - (sentAt + receivedAt) / 2;
  if (Math.abs(seen - ahead) > tolerance) ahead = Math.abs(seen) > tolerance ? seen : 0;
}

export function serverNow(): number {
  return Date.now() + ahead;
}

/** The server's time, anew every `interval` milliseconds, on the beat (a clock of seconds turns when the second does). */
export function useNow(interval: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const beat = () => {
      setNow(serverNow());
      timer = setTimeout(beat, interval - (serverNow() % interval));
    };
    timer = setTimeout(beat, interval - (serverNow() % interval));
    // Timers of a hidden tab stand still; what it shows must be right when it is seen again.
    const seen = () => document.visibilityState === 'visible' && setNow(serverNow());
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [interval]);
  return now;
}
