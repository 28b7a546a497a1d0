import { useId } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Verdict } from '#client/ui/verdict.tsx';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { AnswerFormatDto } from '#shared/tasks.ts';
import { AnswerField } from './answer-field.tsx';
import classes from './task-card.module.css';
import { useSlow } from './use-slow.ts';
import type { Problem, VerdictView } from './verdict.ts';

interface AnswerFormProps {
  format: AnswerFormatDto;
  answer: {
    value: AnswerValue;
    change: (value: AnswerValue) => void;
    sending: boolean;
    invalid: boolean;
    problem: Problem | undefined;
    verdict: VerdictView | null;
    submit: () => void;
  };
  /** It is right: the button leads on. */
  done: boolean;
  headingId: string;
  onNext: () => void;
}

/** Field, button and verdict of an answer that is checked at once. */
export function AnswerForm({ format, answer, done, headingId, onNext }: AnswerFormProps) {
  const text = useText().tasks;
  const slow = useSlow(answer.sending);
  const verdictId = useId();
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (done) return;
        answer.submit();
        // At the press and not when the answer comes: by then somebody may be reading elsewhere.
        document.getElementById(verdictId)?.scrollIntoView({ block: 'nearest' });
      }}
    >
      <AnswerField
        format={format}
        value={answer.value}
        onChange={answer.change}
        readOnly={done}
        invalid={answer.invalid}
        problem={answer.problem}
        headingId={headingId}
        describedBy={verdictId}
        // One button all the way, so that it does not lose the focus when its word changes.
        button={
          <BusyButton
            type={done ? 'button' : 'submit'}
            onClick={done ? onNext : undefined}
            busy={slow}
            busyLabel={text.checking}
            miw={138}
            style={{ flex: 'none' }}
          >
            {done ? text.next : text.check}
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
