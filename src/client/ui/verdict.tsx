import { IconClock, IconPencil, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { icon } from './icon.ts';
import { Mark } from './mark.tsx';
import { Sign } from './sign.tsx';
import classes from './verdict.module.css';

export type VerdictState = 'right' | 'wrong' | 'partly' | 'format' | 'repeat' | 'pending';

const signs: Record<VerdictState, ReactNode> = {
  right: <Mark size={24} className={classes.sign} />,
  wrong: <Sign kind="wrong" className={classes.sign} />,
  partly: <Sign kind="partly" className={classes.sign} />,
  format: <IconPencil {...icon.lg} className={classes.sign} />,
  repeat: <IconRefresh {...icon.lg} className={classes.sign} />,
  pending: <IconClock {...icon.lg} className={classes.sign} />,
};

interface VerdictProps {
  /** For `aria-describedby` of the answer's field. */
  id?: string;
  /** Null: nothing to say yet; the place is kept. */
  state: VerdictState | null;
  /** Stands in the place as long as there is nothing to say. */
  idle?: string;
  title?: string;
  children?: ReactNode;
}

/** What became of an answer. Rendered before the first answer too: a live region must be there before its text. */
export function Verdict({ id, state, idle, title, children }: VerdictProps) {
  return (
    <div id={id} role="status" className={classes.slot}>
      {!state && idle && <p className={classes.idle}>{idle}</p>}
      {state && (
        <div className={`${classes.verdict} ${classes[state]}`} data-state={state}>
          {signs[state]}
          <div className={classes.words}>
            <p className={classes.title}>{title}</p>
            {children}
          </div>
        </div>
      )}
    </div>
  );
}
