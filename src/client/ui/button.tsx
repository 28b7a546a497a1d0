import type { ComponentPropsWithRef, CSSProperties, ReactNode } from 'react';
import classes from './button.module.css';

export interface ButtonLook {
  /** One `filled` per view or task: it is the next step. */
  variant?: 'filled' | 'default' | 'subtle';
  /** 36, 44 and 48 px high; on a phone never under 44. */
  size?: 'sm' | 'md' | 'lg';
  fullWidth?: boolean;
  /** Least width, so that a row of buttons stays in line. */
  miw?: number;
  className?: string;
  style?: CSSProperties;
}

interface ButtonProps extends ButtonLook, Omit<ComponentPropsWithRef<'button'>, 'className' | 'style'> {
  leftSection?: ReactNode;
}

/** Our own and not Mantine's: that one brings a loader, transitions and groups, 6 kB that every first visit would pay for. */
export function Button({ variant, size, fullWidth, miw, className, style, leftSection, type = 'button', children, ...rest }: ButtonProps) {
  return (
    <button {...rest} {...buttonLook({ variant, size, fullWidth, miw, className, style })} type={type}>
      {leftSection}
      {children}
    </button>
  );
}

/** The same look for a link: `<a href="…" {...buttonLook({ size: 'lg' })}>`. */
export function buttonLook({ variant = 'filled', size = 'md', fullWidth, miw, className, style }: ButtonLook) {
  return {
    className: [classes.button, classes[variant], classes[size], fullWidth && classes.wide, className].filter(Boolean).join(' '),
    style: miw === undefined ? style : { minWidth: miw, ...style },
  };
}
