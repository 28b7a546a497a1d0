import { IconMinus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import { Mark } from '#client/ui/mark.tsx';
import type_ from '#client/ui/type.module.css';
import type { AttemptDto, TaskDto } from '#shared/tasks.ts';
import { showUnderstood } from './answers.ts';
import classes from './task-card.module.css';

/** More would only be scrolled past; the last ones are those one works from. */
const shown = 12;

const signs: Record<AttemptDto['verdict'], ReactNode> = {
  right: <Mark size={16} />,
  partly: <IconMinus size={14} stroke={2.5} color="var(--partly)" aria-hidden />,
  wrong: <IconX size={14} stroke={2.5} className={classes.cross} aria-hidden />,
};

export function TaskAttempts({ task: { state, format } }: { task: TaskDto }) {
  const text = useText().tasks.attempts;
  const { attempts } = state;
  const earlier = Math.max(0, attempts.length - shown);
  return (
    <div className={classes.tries}>
      <span>{attempts.length === 0 ? text.none : text.title}</span>
      {earlier > 0 && <span>{text.earlier(earlier)}</span>}
      <ul>
        {attempts.slice(-shown).map(({ id, verdict, understood }) => (
          <li key={id} className={classes.try}>
            {signs[verdict]}
            {showUnderstood(format, understood)}
            <span className={type_.hidden}>, {text[verdict]}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
