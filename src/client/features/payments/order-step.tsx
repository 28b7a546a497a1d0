import type { ReactNode } from 'react';
import { buttonLook } from '#client/ui/button.tsx';
import classes from './order.module.css';

interface StepProps {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** Something is to come by itself. */
  waiting?: boolean;
}

export function Step({ title, children, actions, waiting = false }: StepProps) {
  return (
    <div className={classes.state}>
      <h1 className={classes.title}>{title}</h1>
      {waiting && <div className={classes.bar} aria-hidden="true" />}
      {children && (
        <p className={[classes.text, waiting && classes.waiting].filter(Boolean).join(' ')} aria-live={waiting ? 'polite' : undefined}>
          {children}
        </p>
      )}
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}

interface PayLinkProps {
  payUrl: string;
  plain?: boolean;
  onGo?: () => void;
  children: ReactNode;
}

/** An address of the bank's: a whole page, not one of ours. */
export function PayLink({ payUrl, plain = false, onGo, children }: PayLinkProps) {
  return (
    <a href={payUrl} onClick={onGo} {...buttonLook({ variant: plain ? 'default' : 'filled' })}>
      {children}
    </a>
  );
}
