import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import { icon } from '#client/ui/icon.ts';
import type { TaskDto } from '#shared/tasks.ts';
import { KeyFixLine } from './key-fix-line.tsx';
import { TaskAttempts } from './task-attempts.tsx';
import classes from './task-card.module.css';
import { TaskChatDoor } from './task-chat-door.tsx';
import { TaskSolution } from './task-solution.tsx';

/** Under the answer: what was tried, what is open, and what opens next and after what. */
export function TaskAfter({ task }: { task: TaskDto }) {
  const text = useText().tasks;
  const { solution } = task.state;
  const long = task.format.kind === 'long';
  const locked = (wrongLeft: number | null) => (wrongLeft === null ? text.solution.locked : text.solution.lockedOr(wrongLeft));
  return (
    <div className={classes.after}>
      <KeyFixLine taskId={task.id} points={task.state.keyFixPoints} />
      {!long && <TaskAttempts task={task} />}
      {solution.state === 'open' && <TaskSolution taskId={task.id} />}
      {solution.state === 'closed' && (
        <LockLine icon={<IconLock {...icon.md} />}>{long ? text.long.solutionLocked : locked(solution.wrongLeft)}</LockLine>
      )}
      <TaskChatDoor task={task} />
    </div>
  );
}

function LockLine({ icon, children }: { icon: ReactNode; children: string }) {
  return (
    <p className={classes.lockline}>
      {icon}
      <span>{children}</span>
    </p>
  );
}
