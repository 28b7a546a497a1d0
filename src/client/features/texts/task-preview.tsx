import { IconBulb } from '@tabler/icons-react';
import { useId } from 'react';
import { FileList } from '#client/features/tasks/file-list.tsx';
import card from '#client/features/tasks/task-card.module.css';
import { useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import { NoteBox } from '#client/ui/note-box.tsx';
import { Prose } from '#client/ui/prose.tsx';
import type { TaskPreview as Task, TextDto } from '#shared/texts.ts';
import { AnswerCheck } from './answer-check.tsx';
import { LikelyAnswers } from './likely-answers.tsx';
import classes from './text-editor.module.css';

export function TaskPreview({ text, source, task }: { text: TextDto; source: string; task: Task }) {
  const { editor } = useOfficeText();
  const { tasks } = useText();
  const headingId = useId();
  const { format } = task;
  return (
    <>
      <div className={card.head}>
        <h2 id={headingId} className={classes.taskTitle}>
          {tasks.heading(text.number ?? 1)}
        </h2>
        {task.examNumber !== null && <span className={layout.tag}>{tasks.examNumber(task.examNumber)}</span>}
        <span className={layout.tag}>{tasks.points(task.points)}</span>
        {task.origin && <span className={card.origin}>{task.origin}</span>}
      </div>
      {task.statementHtml ? (
        <Prose html={task.statementHtml} className={card.statement} />
      ) : (
        <p className={classes.nothing}>{editor.preview.noStatement}</p>
      )}
      {task.files.length > 0 && <FileList files={task.files} label={tasks.files} className={card.files} />}
      {format ? (
        // Another form of the answer begins anew: what was typed belongs to the former one.
        <AnswerCheck key={shapeOf(format)} text={text} source={source} task={task} format={format} headingId={headingId} />
      ) : (
        <p className={classes.nothing}>{editor.preview.noAnswer}</p>
      )}
      {format && format.kind !== 'long' && <LikelyAnswers text={text} source={source} task={task} format={format} />}
      {task.hintHtml !== null && (
        <NoteBox icon={<IconBulb {...icon.md} />} className={classes.hint}>
          <b>{tasks.hint}</b> <Prose html={task.hintHtml} size="inline" className={card.hintText} />
        </NoteBox>
      )}
      {task.solutionHtml !== null && (
        <section className={classes.solution}>
          <h3>{tasks.solution.title}</h3>
          <Prose html={task.solutionHtml} />
        </section>
      )}
    </>
  );
}

/** Without the words of options: mending a letter in one must not clear what is chosen. */
function shapeOf(format: NonNullable<Task['format']>): string {
  if ('options' in format) return `${format.kind} ${format.options.map(({ id }) => id).join(' ')}`;
  return format.kind === 'cells' ? `cells ${format.rows} ${format.cols}` : format.kind;
}
