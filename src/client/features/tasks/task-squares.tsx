import { useText } from '#client/lib/i18n.tsx';
import { goToAnchor } from '#client/lib/navigation.ts';
import { Mark } from '#client/ui/mark.tsx';
import { Sign } from '#client/ui/sign.tsx';
import type { TaskDto } from '#shared/tasks.ts';
import { taskMark } from './task-mark.ts';
import classes from './task-squares.module.css';
import { useSubmissions } from './use-submissions.ts';

interface TaskSquaresProps {
  tasks: TaskDto[];
  /** The task being read now. */
  current: string | null;
}

/** Tasks of a topic by number and state; sign, colour and the spoken name say the same. */
export function TaskSquares({ tasks, current }: TaskSquaresProps) {
  const text = useText().tasks.square;
  const pending = useSubmissions().byTask.use();
  return (
    <div className={classes.squares}>
      {tasks.map((task) => {
        const mark = taskMark(task.state, pending[task.id]?.phase === 'waiting');
        return (
          <a
            key={task.id}
            href={`#${task.slug}`}
            className={classes.square}
            data-mark={mark}
            aria-current={task.slug === current ? 'true' : undefined}
            aria-label={text[mark](task.number)}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              goToAnchor(task.slug);
            }}
          >
            {task.number}
            {mark === 'right' && <Mark size={16} className={classes.sign} />}
            {mark === 'wrong' && <Sign kind="wrong" size={12} className={classes.sign} />}
            {(mark === 'partly' || mark === 'returned') && <Sign kind="partly" size={12} className={classes.sign} />}
          </a>
        );
      })}
    </div>
  );
}
