import { type RefObject, useEffect, useRef, useState } from 'react';
import { offline } from '#client/lib/online.ts';
import { trpc } from '#client/lib/trpc.ts';

/** A second failure so soon after the address was read anew is no expired address. */
const freshMs = 20_000;
const mediaDecode = 3;

export type VideoProblem = 'connection' | 'unplayable';

/**
 * The address that is played. It stays while it works, though every reading of the topic may bring another: a new one would begin the video anew.
 * Where it fails (it is short-lived) the topic is read again and the video goes on at the same place.
 */
export function useVideoSource(player: RefObject<HTMLVideoElement | null>, url: string) {
  const utils = trpc.useUtils();
  const [source, setSource] = useState(url);
  const [problem, setProblem] = useState<VideoProblem | null>(null);
  const newest = useRef(url);
  newest.current = url;
  const renewedAt = useRef(0);
  const goOn = useRef<{ at: number; playing: boolean } | null>(null);

  const renew = async () => {
    const element = player.current;
    if (!element) return;
    renewedAt.current = performance.now();
    goOn.current ??= { at: element.currentTime, playing: !element.paused };
    setProblem(null);
    await utils.courses.topic.invalidate().catch(() => undefined);
    // The new reading is drawn after this, and with it comes the address.
    setTimeout(() => {
      if (newest.current === source) player.current?.load();
      else setSource(newest.current);
    });
  };

  const onError = async () => {
    if (player.current?.error?.code === mediaDecode) return setProblem('unplayable');
    if (performance.now() - renewedAt.current > freshMs) return renew();
    // Where the bytes are there after all, it is the format.
    const reached = await fetch(newest.current, { method: 'HEAD' }).then(
      (answer) => answer.ok,
      () => false,
    );
    setProblem(reached ? 'unplayable' : 'connection');
  };

  const onLoadedMetadata = () => {
    const element = player.current;
    if (!element || !goOn.current) return;
    element.currentTime = goOn.current.at;
    if (goOn.current.playing) void element.play().catch(() => undefined);
    goOn.current = null;
  };

  const isOffline = offline.use() !== null;
  const again = useRef(renew);
  again.current = renew;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the return of the connection asks again by itself
  useEffect(() => {
    if (!isOffline && problem === 'connection') void again.current();
  }, [isOffline]);

  return { source, problem, retry: renew, onError, onLoadedMetadata };
}
