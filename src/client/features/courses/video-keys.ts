/** What a key does while a video has the focus. Space is the browser's own: its controls answer to it as well. */
export type VideoAction =
  | { kind: 'toggle' }
  | { kind: 'seek'; by: number }
  | { kind: 'volume'; by: number }
  | { kind: 'mute' }
  | { kind: 'fullscreen' }
  | { kind: 'speed'; step: 1 | -1 };

export const speeds = [0.75, 1, 1.25, 1.5, 1.75, 2] as const;

type Key = Pick<KeyboardEvent, 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** By the place of the key, so that letters work in a Russian layout too. */
export function videoActionOf({ code, shiftKey, ctrlKey, metaKey, altKey }: Key): VideoAction | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (shiftKey) return code === 'Period' ? { kind: 'speed', step: 1 } : code === 'Comma' ? { kind: 'speed', step: -1 } : null;
  switch (code) {
    case 'KeyK':
      return { kind: 'toggle' };
    case 'ArrowLeft':
      return { kind: 'seek', by: -5 };
    case 'ArrowRight':
      return { kind: 'seek', by: 5 };
    case 'KeyJ':
      return { kind: 'seek', by: -10 };
    case 'KeyL':
      return { kind: 'seek', by: 10 };
    case 'ArrowUp':
      return { kind: 'volume', by: 0.1 };
    case 'ArrowDown':
      return { kind: 'volume', by: -0.1 };
    case 'KeyM':
      return { kind: 'mute' };
    case 'KeyF':
      return { kind: 'fullscreen' };
    default:
      return null;
  }
}

/** The next speed up or down; the same at the end of the row. */
export function speedAfter(speed: number, step: 1 | -1): number {
  const next = step === 1 ? speeds.find((one) => one > speed) : speeds.findLast((one) => one < speed);
  return next ?? speed;
}

/** A speed that was remembered; 1 for anything that is none. */
export function readSpeed(text: string | null): number {
  return speeds.find((one) => String(one) === text) ?? 1;
}

export function act(video: HTMLVideoElement, action: VideoAction): void {
  switch (action.kind) {
    case 'toggle':
      if (video.paused) void video.play().catch(() => undefined);
      else video.pause();
      return;
    case 'seek':
      video.currentTime = Math.max(
        0,
        Math.min(Number.isFinite(video.duration) ? video.duration : Number.MAX_VALUE, video.currentTime + action.by),
      );
      return;
    case 'volume':
      video.volume = Math.max(0, Math.min(1, Math.round((video.volume + action.by) * 10) / 10));
      video.muted = false;
      return;
    case 'mute':
      video.muted = !video.muted;
      return;
    case 'fullscreen':
      if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
      else void video.requestFullscreen?.().catch(() => undefined);
      return;
    case 'speed':
      video.playbackRate = speedAfter(video.playbackRate, action.step);
  }
}
