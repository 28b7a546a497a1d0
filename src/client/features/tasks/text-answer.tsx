import { useId } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import type { Catalogue } from '#shared/i18n/catalogue.ts';
import type { AnswerFormatDto } from '#shared/tasks.ts';
import classes from './answer.module.css';
import type { AnswerFieldProps } from './answer-field.tsx';
import { toggleSign } from './answers.ts';
import { SignButton } from './sign-button.tsx';

type TextFormat = Extract<AnswerFormatDto, { kind: 'number' | 'word' | 'sequence' | 'set' }>;

interface TextAnswerProps extends Omit<AnswerFieldProps, 'format' | 'value'> {
  format: TextFormat;
  text: string;
}

export function TextAnswer({ format, text, onChange, readOnly, invalid, headingId, describedBy, button }: TextAnswerProps) {
  const { answer } = useText().tasks;
  const id = useId();
  const labelId = `${id}-label`;
  const note = noteOf(format, answer);
  const signed = format.kind === 'number' && !readOnly;
  return (
    <>
      <label id={labelId} htmlFor={id} className={classes.label}>
        {answer.label}
        {note && <span>, {note}</span>}
      </label>
      <div className={classes.line}>
        <div className={classes.field}>
          {/* Not Mantine's Input: this field is on the guest's home, whose weight is counted (10 kB compressed for one styled tag). */}
          <input
            id={id}
            className={signed ? `${classes.input} ${classes.signed}` : classes.input}
            value={text}
            onChange={(event) => onChange(event.currentTarget.value)}
            readOnly={readOnly}
            aria-invalid={invalid || undefined}
            aria-labelledby={`${labelId} ${headingId}`}
            aria-describedby={describedBy}
            placeholder={format.kind === 'number' ? answer.number : undefined}
            inputMode={format.kind === 'number' ? 'decimal' : 'text'}
            enterKeyHint="done"
            maxLength={500}
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            // In a task about spelling the browser's red line would be the answer.
            spellCheck={false}
          />
          {signed && <SignButton onPress={() => onChange(toggleSign(text))} />}
        </div>
        {button}
      </div>
    </>
  );
}

function noteOf(format: TextFormat, answer: Catalogue['tasks']['answer']): string | null {
  switch (format.kind) {
    case 'sequence':
      return format.length === undefined ? answer.sequenceAny : answer.sequence(format.length);
    case 'set':
      return format.length === undefined ? answer.setAny : answer.set(format.length);
    default:
      return null;
  }
}
