import type { ReactNode } from 'react';
import classes from './note-box.module.css';

interface NoteBoxProps {
  /** A Tabler icon of 20 px. */
  icon?: ReactNode;
  tone?: 'plain' | 'warn';
  /** `status` where the note appears while the page is being read. */
  role?: 'status' | 'note';
  className?: string;
  children: ReactNode;
}

/** A remark beside the matter. */
export function NoteBox({ icon, tone = 'plain', role, className, children }: NoteBoxProps) {
  return (
    <div role={role} className={[classes.note, tone === 'warn' && classes.warn, className].filter(Boolean).join(' ')}>
      {icon && <span className={classes.icon}>{icon}</span>}
      <div className={classes.body}>{children}</div>
    </div>
  );
}
