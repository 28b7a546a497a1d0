import type { ReactNode } from 'react';
import { isSecondClick } from '#client/lib/single-click.ts';
import classes from './busy-button.module.css';
import { Button, type ButtonLook } from './button.tsx';

interface BusyButtonProps extends ButtonLook {
  busy: boolean;
  /** «Проверяем» while it lasts. */
  busyLabel: ReactNode;
  /** Cannot be pressed now; the reason stands beside it. */
  unavailable?: boolean;
  children: ReactNode;
  leftSection?: ReactNode;
  type?: 'submit' | 'button';
  onClick?: () => void;
  /** For a screen reader, where the words alone do not say what is meant. */
  label?: string;
}

/** A button that keeps its width and its focus while its work goes on, and takes no second press. */
export function BusyButton({ busy, busyLabel, children, type = 'submit', onClick, label, unavailable = false, ...rest }: BusyButtonProps) {
  return (
    <Button
      {...rest}
      type={type}
      aria-label={label}
      aria-busy={busy}
      aria-disabled={busy || unavailable}
      onClick={(event) => {
        // A fast answer may have come between the clicks of a double click.
        if (busy || unavailable || isSecondClick(event)) event.preventDefault();
        else onClick?.();
      }}
    >
      <span className={classes.label}>
        <span className={busy ? classes.away : undefined} aria-hidden={busy}>
          {children}
        </span>
        <span className={busy ? undefined : classes.away} aria-hidden={!busy}>
          {busyLabel}
        </span>
      </span>
    </Button>
  );
}
