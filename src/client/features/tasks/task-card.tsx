import { IconBulb } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useId, useState } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import { NoteBox } from '#client/ui/note-box.tsx';
import { Prose } from '#client/ui/prose.tsx';
import type { TaskDto } from '#shared/tasks.ts';
import { CheckedAnswer } from './checked-answer.tsx';
import { FileList } from './file-list.tsx';
import { TaskAfter } from './task-after.tsx';
import classes from './task-card.module.css';
import { TaskReplies } from './task-replies.tsx';

/** Most tasks have none: it brings the uploads along. */
const LongAnswer = lazy(() => import('./long-answer.tsx').then((file) => ({ default: file.LongAnswer })));

interface TaskCardProps {
  task: TaskDto;
  /** Leads on from a solved task: to the next unsolved one, or out of the topic. */
  onNext: () => void;
  /** What a teacher may do with it. */
  tools?: ReactNode;
}

export function TaskCard({ task, onNext, tools }: TaskCardProps) {
  const text = useText().tasks;
  const headingId = useId();
  return (
    <section id={task.slug} className={classes.task} aria-labelledby={headingId}>
      <div className={classes.head}>
        <h3 id={headingId}>{text.heading(task.number)}</h3>
        {task.examNumber !== null && <span className={layout.tag}>{text.examNumber(task.examNumber)}</span>}
        <span className={layout.tag}>{text.points(task.points)}</span>
        {task.origin && <span className={classes.origin}>{task.origin}</span>}
      </div>
      {tools}
      <Prose html={task.statementHtml} className={classes.statement} />
      {task.files.length > 0 && <FileList files={task.files} label={text.files} className={classes.files} />}
      {task.format.kind === 'long' ? (
        <Suspense fallback={<div className={classes.form} />}>
          <LongAnswer task={task} headingId={headingId} onNext={onNext} />
        </Suspense>
      ) : (
        <CheckedAnswer task={task} headingId={headingId} onNext={onNext} />
      )}
      <TaskReplies task={task} />
      <Hint task={task} />
      <TaskAfter task={task} />
    </section>
  );
}

/** A solved task has its hint open too, but then it helps nobody: it only stays where it had been before. */
function Hint({ task: { state } }: { task: TaskDto }) {
  const text = useText().tasks;
  const [needed, setNeeded] = useState(false);
  if (!needed && !state.solved && state.hintHtml !== null) setNeeded(true);
  if (!needed || state.hintHtml === null) return null;
  return (
    <NoteBox icon={<IconBulb {...icon.md} />} className={classes.hint}>
      <b>{text.hint}</b> <Prose html={state.hintHtml} size="inline" className={classes.hintText} />
    </NoteBox>
  );
}
