/** What is kept of how far a video was watched, in whole seconds. */

/** Under this it is as well to begin anew. */
const worthSeconds = 15;
/** So near its end a video has been watched. */
const endSeconds = 10;
/** Whoever has begun anew for so long does not want the old place any more. */
export const begunAnewSeconds = 30;
export const saveEverySeconds = 10;

/** The place to keep; 0 at the end: the next time begins anew. `duration` NaN or infinite: not known yet. */
export function positionToKeep(seconds: number, duration: number): number {
  if (!Number.isFinite(seconds) || seconds < 0) return 0;
  const atEnd = Number.isFinite(duration) && duration - seconds < Math.min(endSeconds, duration / 10);
  return atEnd ? 0 : Math.floor(seconds);
}

export function isWorthResuming(seconds: number): boolean {
  return seconds >= worthSeconds;
}

/** «12:40», «1:02:05» */
export function clockOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number) => String(n).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
