import '@mantine/core/styles/ActionIcon.layer.css';
import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconRotateClockwise, IconX, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { buttonLook } from '#client/ui/button.tsx';
import frame from '#client/ui/full-dialog.module.css';
import { icon } from '#client/ui/icon.ts';
import type { WorkFileDto } from '#shared/reviews.ts';
import classes from './photo-dialog.module.css';

interface PhotoDialogProps {
  photos: WorkFileDto[];
  at: number;
  onMove: (at: number) => void;
  onClose: () => void;
}

const zooms = [1, 1.5, 2, 3, 4] as const;

/** A photo on the whole screen. Keys: arrows to the next one, plus and minus, R to turn. */
export function PhotoDialog({ photos, at, onMove, onClose }: PhotoDialogProps) {
  const text = useText();
  const { reviews } = useOfficeText();
  const dialog = useRef<HTMLDialogElement>(null);
  const [zoom, setZoom] = useState(0);
  const [turns, setTurns] = useState(0);
  const photo = photos[at];
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    return () => shown?.close();
  }, []);
  if (!photo) return null;

  const larger = () => setZoom((before) => Math.min(zooms.length - 1, before + 1));
  const smaller = () => setZoom((before) => Math.max(0, before - 1));
  const turn = () => setTurns((before) => before + 1);
  function move(by: 1 | -1): void {
    if (!photos[at + by]) return;
    setZoom(0);
    setTurns(0);
    onMove(at + by);
  }
  const keys: Record<string, () => void> = {
    ArrowLeft: () => zoom === 0 && move(-1),
    ArrowRight: () => zoom === 0 && move(1),
    Equal: larger,
    NumpadAdd: larger,
    Minus: smaller,
    NumpadSubtract: smaller,
    KeyR: turn,
  };
  const title = reviews.photo(at + 1, photos.length);
  return (
    <dialog
      ref={dialog}
      className={frame.dialog}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        if (!event.ctrlKey && !event.metaKey && !event.altKey) keys[event.code]?.();
      }}
    >
      <div className={frame.bar}>
        <span className={frame.title}>{title}</span>
        {photos.length > 1 && (
          <>
            <ActionIcon aria-label={reviews.previous} disabled={at === 0} onClick={() => move(-1)}>
              <IconChevronLeft {...icon.md} />
            </ActionIcon>
            <ActionIcon aria-label={reviews.next} disabled={at === photos.length - 1} onClick={() => move(1)}>
              <IconChevronRight {...icon.md} />
            </ActionIcon>
          </>
        )}
        <ActionIcon aria-label={reviews.smaller} disabled={zoom === 0} onClick={smaller}>
          <IconZoomOut {...icon.md} />
        </ActionIcon>
        <ActionIcon aria-label={reviews.larger} disabled={zoom === zooms.length - 1} onClick={larger}>
          <IconZoomIn {...icon.md} />
        </ActionIcon>
        <ActionIcon aria-label={reviews.rotate} onClick={turn}>
          <IconRotateClockwise {...icon.md} />
        </ActionIcon>
        <a
          {...buttonLook({ variant: 'subtle', size: 'sm', className: classes.original })}
          href={photo.url}
          target="_blank"
          rel="noreferrer"
        >
          {reviews.original}
        </a>
        <ActionIcon aria-label={text.common.close} onClick={onClose}>
          <IconX {...icon.md} />
        </ActionIcon>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: an enlarged photo scrolls by the keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label={title}>
        <Turned photo={photo} alt={title} zoom={zooms[zoom] ?? 1} turns={turns % 4} />
      </section>
    </dialog>
  );
}

/** The picture in a box of the shape it has when it lies so. */
function Turned({ photo, alt, zoom, turns }: { photo: WorkFileDto; alt: string; zoom: number; turns: number }) {
  const { width, height, viewUrl, url } = photo;
  const [w, h] = [width ?? 3, height ?? 4];
  const lies = turns % 2 === 1;
  const [boxWidth, boxHeight] = lies ? [h, w] : [w, h];
  // At first as large as fits the screen under the bar.
  const fit = `min(100vw, (100dvh - 60px) * ${boxWidth / boxHeight})`;
  return (
    <div className={classes.box} style={{ width: `calc(${fit} * ${zoom})`, aspectRatio: `${boxWidth} / ${boxHeight}` }}>
      <img
        // What is enlarged is read: then every pixel counts.
        src={zoom > 1 ? url : viewUrl}
        alt={alt}
        className={classes.photo}
        style={{ width: lies ? `${(w / h) * 100}%` : '100%', transform: `translate(-50%, -50%) rotate(${turns * 90}deg)` }}
      />
    </div>
  );
}
