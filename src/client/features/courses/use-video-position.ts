import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { deviceMemory } from '#client/lib/memory.ts';
import { serverNow } from '#client/lib/now.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { OwnVideoDto, SaveVideoPositionInput } from '#shared/courses.ts';
import { begunAnewSeconds, isWorthResuming, positionToKeep, saveEverySeconds } from './video-position.ts';

/**
 * Keeps where the person stops watching, while it plays, when it is paused and when the page is left; offers to go on from there. While that offer
 * stands the old place is not overwritten.
 */
export function useVideoPosition(player: RefObject<HTMLVideoElement | null>, video: OwnVideoDto) {
  const utils = trpc.useUtils();
  const { fileId } = video;
  const position = unsentOf(fileId)?.seconds ?? video.position;
  const [answered, setAnswered] = useState(false);
  const offered = !answered && isWorthResuming(position) ? position : null;
  const offering = useRef(false);
  offering.current = offered !== null;
  const watched = useRef({ seconds: 0, lastTime: 0, saved: position });

  const saveOf = useCallback(
    (element: HTMLVideoElement | null) => {
      if (!element || offering.current || element.readyState === 0) return;
      const seconds = positionToKeep(element.currentTime, element.duration);
      if (seconds === watched.current.saved) return;
      watched.current.saved = seconds;
      void send({ fileId, seconds, at: new Date(serverNow()).toISOString() });
    },
    [fileId],
  );
  const save = useCallback(() => saveOf(player.current), [saveOf, player]);

  const onTimeUpdate = useCallback(() => {
    const element = player.current;
    if (!element || element.paused) return;
    const state = watched.current;
    const step = element.currentTime - state.lastTime;
    state.lastTime = element.currentTime;
    // A jump is not watching.
    if (step > 0 && step < 2) state.seconds += step;
    if (offering.current && state.seconds >= begunAnewSeconds) setAnswered(true);
    else if (Math.abs(element.currentTime - state.saved) >= saveEverySeconds) save();
  }, [player, save]);

  const resume = useCallback(() => {
    const element = player.current;
    if (!element) return;
    setAnswered(true);
    element.currentTime = position;
    element.focus({ preventScroll: true });
    void element.play().catch(() => undefined);
  }, [player, position]);

  useEffect(() => {
    const unsent = unsentOf(fileId);
    if (unsent) void send(unsent);
    // At the end of its life here the reference is empty already.
    const element = player.current;
    const hidden = () => document.visibilityState === 'hidden' && save();
    window.addEventListener('pagehide', save);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      window.removeEventListener('pagehide', save);
      document.removeEventListener('visibilitychange', hidden);
      saveOf(element);
      // Whoever comes back to this page is offered the newer place.
      void utils.courses.topic.invalidate(undefined, { refetchType: 'none' });
    };
  }, [player, fileId, save, saveOf, utils]);

  return { offered, resume, onTimeUpdate, save };
}

const unsentKey = (fileId: string) => `video.${fileId}`;

/** A place that did not reach the server stays on the device until it does. */
async function send(input: SaveVideoPositionInput): Promise<void> {
  const body = JSON.stringify(input);
  try {
    // Not through the batch of procedures: this one has to outlive the page.
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch('/trpc/courses.saveVideoPosition', { method: 'POST', keepalive: true, headers, body });
    // A file that is gone, or closed again, keeps no place; signing in or a living server may still bring the others there.
    deviceMemory.write(unsentKey(input.fileId), answer.status === 401 || answer.status >= 500 ? body : null);
  } catch {
    deviceMemory.write(unsentKey(input.fileId), body);
  }
}

function unsentOf(fileId: string): SaveVideoPositionInput | null {
  try {
    const stored: unknown = JSON.parse(deviceMemory.read(unsentKey(fileId)) ?? 'null');
    if (typeof stored !== 'object' || stored === null || !('seconds' in stored) || !('at' in stored)) return null;
    const { seconds, at } = stored;
    return typeof seconds === 'number' && typeof at === 'string' ? { fileId, seconds, at } : null;
  } catch {
    return null;
  }
}
