import { IconBulb } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import { NoteBox } from '#client/ui/note-box.tsx';
import { Prose } from '#client/ui/prose.tsx';
import { Verdict } from '#client/ui/verdict.tsx';
import type { TaskDto } from '#shared/tasks.ts';
import { AnswerField } from './answer-field.tsx';
import { FileList } from './file-list.tsx';
import { TaskAfter } from './task-after.tsx';
import classes from './task-card.module.css';
import { useAnswer } from './use-answer.ts';
import { useSlow } from './use-slow.ts';

interface TaskCardProps {
  task: TaskDto;
  /** Leads on from a solved task: to the next unsolved one, or out of the topic. */
  onNext: () => void;
}

export function TaskCard({ task, onNext }: TaskCardProps) {
  const text = useText().tasks;
  const answer = useAnswer(task);
  const slow = useSlow(answer.sending);
  const id = useId();
  const headingId = `${id}-heading`;
  const verdictId = `${id}-verdict`;
  const { solved } = answer;
  return (
    <section id={task.slug} className={classes.task} aria-labelledby={headingId}>
      <div className={classes.head}>
        <h3 id={headingId}>{text.heading(task.number)}</h3>
        {task.examNumber !== null && <span className={layout.tag}>{text.examNumber(task.examNumber)}</span>}
        <span className={layout.tag}>{text.points(task.points)}</span>
        {task.origin && <span className={classes.origin}>{task.origin}</span>}
      </div>
      <Prose html={task.statementHtml} className={classes.statement} />
      {task.files.length > 0 && <FileList files={task.files} label={text.files} className={classes.files} />}
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (solved) return;
          answer.submit();
          // At the press and not when the answer comes: by then somebody may be reading elsewhere.
          document.getElementById(verdictId)?.scrollIntoView({ block: 'nearest' });
        }}
      >
        <AnswerField
          format={task.format}
          value={answer.value}
          onChange={answer.change}
          readOnly={solved}
          invalid={answer.invalid}
          problem={answer.problem}
          headingId={headingId}
          describedBy={verdictId}
          // One button all the way, so that it does not lose the focus when its word changes.
          button={
            <BusyButton
              type={solved ? 'button' : 'submit'}
              onClick={solved ? onNext : undefined}
              busy={slow}
              busyLabel={text.checking}
              miw={138}
              style={{ flex: 'none' }}
            >
              {solved ? text.next : text.check}
            </BusyButton>
          }
        />
        <div className={classes.verdict}>
          <Verdict id={verdictId} state={answer.verdict?.state ?? null} title={answer.verdict?.title}>
            {answer.verdict?.text}
          </Verdict>
        </div>
      </form>
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
