import { useOfficeText } from '#client/lib/office-text.ts';

/** Until then a letter may just be in its turn. */
export const stuckAfterMs = 5 * 60_000;

/** How long something has waited, in one unit. */
export function waitedFor(ms: number): { unit: 'soon' | 'minutes' | 'hours' | 'days'; n: number } {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return { unit: 'soon', n: 0 };
  if (minutes < 60) return { unit: 'minutes', n: minutes };
  if (minutes < 48 * 60) return { unit: 'hours', n: Math.floor(minutes / 60) };
  return { unit: 'days', n: Math.floor(minutes / (24 * 60)) };
}

export function useWaited(): (since: string, now: number) => string {
  const { queues: words } = useOfficeText().delivery;
  return (since, now) => {
    const { unit, n } = waitedFor(now - Date.parse(since));
    return unit === 'soon' ? words.soon : words[unit](n);
  };
}
