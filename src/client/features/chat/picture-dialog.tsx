import '@mantine/core/styles/ActionIcon.layer.css';
import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react';
import { useLayoutEffect, useRef } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import { useTalkText } from '#client/lib/talk-text.ts';
import { buttonLook } from '#client/ui/button.tsx';
import frame from '#client/ui/full-dialog.module.css';
import { icon } from '#client/ui/icon.ts';
import type { ChatFileDto } from '#shared/chat.ts';
import classes from './picture-dialog.module.css';

interface PictureDialogProps {
  pictures: ChatFileDto[];
  at: number;
  onMove: (at: number) => void;
  onClose: () => void;
}

/** The pictures of a message, each on the whole screen. Keys: arrows to the next one, Esc back. */
export function PictureDialog({ pictures, at, onMove, onClose }: PictureDialogProps) {
  const text = useText();
  const { picture: words } = useTalkText().chat;
  const dialog = useRef<HTMLDialogElement>(null);
  const picture = pictures[at];
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    return () => shown?.close();
  }, []);
  if (!picture) return null;
  const move = (by: 1 | -1) => pictures[at + by] && onMove(at + by);
  const title = words.title(at + 1, pictures.length);
  return (
    <dialog
      ref={dialog}
      className={frame.dialog}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={({ key }) => {
        if (key === 'ArrowLeft') move(-1);
        if (key === 'ArrowRight') move(1);
      }}
    >
      <div className={frame.bar}>
        <span className={frame.title}>
          {title} <bdi className={classes.name}>{picture.name}</bdi>
        </span>
        {pictures.length > 1 && (
          <>
            <ActionIcon aria-label={words.previous} disabled={at === 0} onClick={() => move(-1)}>
              <IconChevronLeft {...icon.md} />
            </ActionIcon>
            <ActionIcon aria-label={words.next} disabled={at === pictures.length - 1} onClick={() => move(1)}>
              <IconChevronRight {...icon.md} />
            </ActionIcon>
          </>
        )}
        <a {...buttonLook({ variant: 'subtle', size: 'sm' })} href={picture.url} target="_blank" rel="noreferrer">
          {words.original}
        </a>
        <ActionIcon aria-label={text.common.close} onClick={onClose}>
          <IconX {...icon.md} />
        </ActionIcon>
      </div>
      <div className={classes.place}>
        <img
          key={picture.id}
          className={classes.picture}
          src={picture.url}
          srcSet={picture.srcSet ?? undefined}
          sizes="100vw"
          alt={picture.name}
          width={picture.width ?? undefined}
          height={picture.height ?? undefined}
        />
      </div>
    </dialog>
  );
}
