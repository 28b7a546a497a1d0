import { useId } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Verdict } from '#client/ui/verdict.tsx';
import type { TaskDto } from '#shared/tasks.ts';
import { AnswerField } from './answer-field.tsx';
import classes from './task-card.module.css';
import { useAnswer } from './use-answer.ts';
import { useSlow } from './use-slow.ts';

interface CheckedAnswerProps {
  task: TaskDto;
  headingId: string;
  onNext: () => void;
}

/** An answer that the checker grades at once. */
export function CheckedAnswer({ task, headingId, onNext }: CheckedAnswerProps) {
  const text = useText().tasks;
  const answer = useAnswer(task);
  const slow = useSlow(answer.sending);
  const verdictId = useId();
  const { solved } = answer;
  return (
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
  );
}
