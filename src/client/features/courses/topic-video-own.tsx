import { IconPictureInPicture, IconPlayerPlay } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { deviceMemory } from '#client/lib/memory.ts';
import { Button, buttonLook } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';
import type { OwnVideoDto } from '#shared/courses.ts';
import classes from './topic-video.module.css';
import { useVideoPosition } from './use-video-position.ts';
import { useVideoSource } from './use-video-source.ts';
import { act, readSpeed, speeds, videoActionOf } from './video-keys.ts';
import { clockOf } from './video-position.ts';

/** A video of the school's own, in the browser's player with keys, speeds and the place where one stopped. */
export function OwnVideo({ video }: { video: OwnVideoDto }) {
  const text = useText().courses.topic;
  const player = useRef<HTMLVideoElement>(null);
  const { source, problem, retry, onError, onLoadedMetadata } = useVideoSource(player, video.url);
  const { offered, resume, onTimeUpdate, save } = useVideoPosition(player, video);
  const [speed, setSpeed] = useSpeed(player);
  const onKeyDown = (event: KeyboardEvent) => {
    const action = videoActionOf(event.nativeEvent);
    if (!action || !player.current || event.target !== player.current) return;
    event.preventDefault();
    // On its way down: the browser's own controls listen at the video, and their steps would come on top of ours.
    event.stopPropagation();
    act(player.current, action);
  };
  return (
    <>
      <div className={classes.screen} onKeyDownCapture={onKeyDown}>
        {/* biome-ignore lint/a11y/useMediaCaption: a teacher's file brings none */}
        <video
          ref={player}
          className={classes.video}
          src={source}
          controls
          playsInline
          preload="metadata"
          aria-label={text.videoFrame(video.title)}
          onError={() => void onError()}
          onLoadedMetadata={onLoadedMetadata}
          onTimeUpdate={onTimeUpdate}
          onPause={save}
          onEnded={save}
          onRateChange={(event) => setSpeed(event.currentTarget.playbackRate)}
        />
        {offered !== null && (
          <Button className={classes.resume} variant="default" size="sm" leftSection={<IconPlayerPlay {...icon.sm} />} onClick={resume}>
            {text.own.resume(clockOf(offered))}
          </Button>
        )}
        {problem && (
          <div className={classes.problem} role="alert">
            <p>{problem === 'unplayable' ? text.own.unplayable : text.own.failed}</p>
            {problem === 'unplayable' ? (
              <a {...buttonLook({ variant: 'default' })} href={video.url} download>
                {text.own.download}
              </a>
            ) : (
              <Retry onClick={() => void retry()} />
            )}
          </div>
        )}
      </div>
      <div className={classes.tools}>
        <SpeedChoice speed={speed} onChoose={setSpeed} />
        {document.pictureInPictureEnabled && (
          <Button
            variant="subtle"
            leftSection={<IconPictureInPicture {...icon.sm} />}
            onClick={() => void player.current?.requestPictureInPicture().catch(() => undefined)}
          >
            {text.own.mini}
          </Button>
        )}
      </div>
    </>
  );
}

function Retry({ onClick }: { onClick: () => void }) {
  const text = useText();
  return (
    <Button variant="default" onClick={onClick}>
      {text.common.error.retry}
    </Button>
  );
}

function SpeedChoice({ speed, onChoose }: { speed: number; onChoose: (speed: number) => void }) {
  const text = useText().courses.topic;
  const format = useFormat();
  // The browser's own menu may have chosen one that is not in ours.
  const shown = [...new Set([...speeds, speed])].toSorted((a, b) => a - b);
  return (
    <label className={classes.speed}>
      {text.own.speed}
      <select value={speed} onChange={(event) => onChoose(Number(event.target.value))}>
        {shown.map((one) => (
          <option key={one} value={one}>
            {format.number(one)}×
          </option>
        ))}
      </select>
    </label>
  );
}

/** The speed of this device, kept over videos and visits. */
function useSpeed(player: { current: HTMLVideoElement | null }): [number, (speed: number) => void] {
  const [speed, setSpeed] = useState(() => readSpeed(deviceMemory.read('video-speed')));
  useEffect(() => {
    if (!player.current) return;
    player.current.playbackRate = speed;
    // A new source begins at this one.
    player.current.defaultPlaybackRate = speed;
  }, [player, speed]);
  const choose = (next: number) => {
    setSpeed(next);
    deviceMemory.write('video-speed', String(next));
  };
  return [speed, choose];
}
