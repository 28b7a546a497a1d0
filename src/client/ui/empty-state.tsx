import type { ReactNode } from 'react';
import layout from './layout.module.css';
import classes from './states.module.css';
import type from './type.module.css';

interface StateProps {
  title: string;
  /** Level of the title among the page's headings. */
  level?: 1 | 2 | 3 | 4;
  /** Why it is fine so, and what will be here. */
  children?: ReactNode;
  /** One thing to do. */
  action?: ReactNode;
  className?: string;
}

/** Nothing is here: what, why that is fine, one thing to do. */
export function EmptyState({ title, level = 2, children, action, className }: StateProps) {
  const Title = `h${level}` as const;
  return (
    <div className={[layout.card, className].filter(Boolean).join(' ')}>
      <Title className={level === 1 ? undefined : type.h4}>{title}</Title>
      {children && <div className={classes.text}>{children}</div>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
