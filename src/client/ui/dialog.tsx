import '@mantine/core/styles/ActionIcon.layer.css';
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type MouseEvent, type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import classes from './dialog.module.css';
import { icon } from './icon.ts';

interface DialogProps {
  title: ReactNode;
  onClose: () => void;
  small?: boolean;
  /** For two texts side by side. */
  wide?: boolean;
  children: ReactNode;
}

/** The browser's own dialog: it keeps the focus in, closes on Esc and gives the focus back to what opened it. Shown while it is rendered. */
export function Dialog({ title, onClose, small, wide, children }: DialogProps) {
  const text = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const bodyId = useId();
  // A layout effect: its end comes while the dialog is still in the page, and only then does closing give the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) {
      shown.showModal();
      // What one came for, not the cross above it.
      shown.querySelector<HTMLElement>(`#${CSS.escape(bodyId)} :is(input, textarea, button)`)?.focus();
    }
    return () => shown?.close();
  }, [bodyId]);
  const clickOutside = (event: MouseEvent) => {
    if (event.target === dialog.current) onClose();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has Esc
    <dialog
      ref={dialog}
      className={[classes.dialog, small && classes.small, wide && classes.wide].filter(Boolean).join(' ')}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={clickOutside}
    >
      <div className={classes.head}>
        <h2 id={titleId}>{title}</h2>
        <ActionIcon aria-label={text.common.close} onClick={onClose}>
          <IconX {...icon.md} />
        </ActionIcon>
      </div>
      <div id={bodyId} className={classes.body}>
        {children}
      </div>
    </dialog>
  );
}
