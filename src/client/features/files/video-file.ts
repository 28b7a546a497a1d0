/** What a browser reads of a video file before it is sent. */

/** Whole minutes, at least one; null where the browser cannot tell. */
export async function minutesOf(file: File): Promise<number | null> {
  const url = URL.createObjectURL(file);
  const video = document.createElement('video');
  try {
    video.preload = 'metadata';
    video.src = url;
    await told(video, 'loadedmetadata');
    // A recording that was never finished says its length only when one goes to its end.
    if (video.duration === Number.POSITIVE_INFINITY) {
      video.currentTime = Number.MAX_SAFE_INTEGER;
      await told(video, 'seeked');
    }
    return minutesOfSeconds(video.duration);
  } catch {
    return null;
  } finally {
    video.removeAttribute('src');
    URL.revokeObjectURL(url);
  }
}

export function minutesOfSeconds(seconds: number): number | null {
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(600, Math.max(1, Math.round(seconds / 60))) : null;
}

function told(video: HTMLVideoElement, event: 'loadedmetadata' | 'seeked'): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(reject, 5000);
    video.addEventListener(
      event,
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
    video.addEventListener('error', reject, { once: true });
  });
}

/** «Разбор задания 6» of «Разбор_задания 6.mp4». */
export function titleOfFile(name: string): string {
  const words = name
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/_+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return (words || name).slice(0, 200);
}

/** «12» → 12, empty → null; «wrong» for anything else. */
export function readMinutes(typed: string): number | null | 'wrong' {
  const text = typed.trim();
  if (text === '') return null;
  const minutes = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return minutes >= 1 && minutes <= 600 ? minutes : 'wrong';
}
