import { IconChevronRight, IconPlayerPlay } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import { icon } from '#client/ui/icon.ts';
import type { EmbedVideoDto, VideoDto } from '#shared/courses.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import classes from './topic-video.module.css';

// Most topics have none of the school's own.
const OwnVideo = lazy(() => import('./topic-video-own.tsx').then((file) => ({ default: file.OwnVideo })));

export function TopicVideo({ video }: { video: VideoDto }) {
  if (video.kind === 'embed') return <EmbedVideo video={video} />;
  return (
    <figure className={classes.own} aria-label={setTitle(video.title)}>
      <VideoHead video={video} />
      <Suspense fallback={<div className={classes.ownPending} />}>
        <OwnVideo video={video} />
      </Suspense>
    </figure>
  );
}

function VideoHead({ video }: { video: VideoDto }) {
  const text = useText().courses.topic;
  return (
    <figcaption className={classes.ownHead}>
      <b lang="ru">{setTitle(video.title)}</b>
      <span className={classes.meta}>{video.minutes === null ? text.video : text.videoMinutes(video.minutes)}</span>
    </figcaption>
  );
}

/** A line until it is asked for: the video host learns nothing of who reads the page. */
function EmbedVideo({ video }: { video: EmbedVideoDto }) {
  const text = useText().courses.topic;
  const [open, setOpen] = useState(false);
  const host = text.hosts[video.host];
  const length = video.minutes === null ? text.video : text.videoMinutes(video.minutes);
  if (open) return <Player video={video} />;
  return (
    <button type="button" className={classes.line} onClick={() => setOpen(true)}>
      <span className={classes.play}>
        <IconPlayerPlay {...icon.md} />
      </span>
      <span className={classes.words}>
        <b lang="ru">{setTitle(video.title)}</b>
        <span className={classes.meta}>
          {length}, {host}
        </span>
      </span>
      <IconChevronRight {...icon.md} />
    </button>
  );
}

function Player({ video }: { video: EmbedVideoDto }) {
  const text = useText().courses.topic;
  const frame = useRef<HTMLIFrameElement>(null);
  // The button that was pressed is gone; its place is taken by what it opened.
  useEffect(() => {
    frame.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={classes.player}>
      <iframe
        ref={frame}
        className={classes.frame}
        src={video.embedUrl}
        title={text.videoFrame(video.title)}
        allow="autoplay; encrypted-media; fullscreen; picture-in-picture"
        referrerPolicy="strict-origin-when-cross-origin"
      />
      <p className={classes.elsewhere}>
        <a href={video.url} target="_blank" rel="noreferrer">
          {text.videoElsewhere(text.hosts[video.host])}
        </a>
      </p>
    </div>
  );
}
