import { useState } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { FieldError } from '#client/ui/field-error.tsx';
import { Prose } from '#client/ui/prose.tsx';
import { workExtensions, workLimits } from '#shared/work-limits.ts';
import answer from './answer.module.css';
import classes from './long-answer.module.css';

/** Phones offer the camera beside their photos; what is none of these kinds is refused in words. */
export const acceptedFiles = ['image/*', ...workExtensions.map((extension) => `.${extension}`)].join(',');

interface WorkTextFieldProps {
  id: string;
  /** Of the task. */
  headingId?: string;
  value: string;
  readOnly: boolean;
  invalid: boolean;
  onChange: (value: string) => void;
}

/** The text as typed, or as a teacher will see it: formulas set, lines kept. */
export function WorkTextField({ id, headingId, value, readOnly, invalid, onChange }: WorkTextFieldProps) {
  const text = useText();
  const words = text.tasks.long;
  const format = useFormat();
  const preview = trpc.reviews.preview.useMutation();
  const [shown, setShown] = useState(false);
  const show = shown && preview.data !== undefined;
  return (
    <>
      <label id={`${id}-label`} htmlFor={id} className={answer.label}>
        {words.text}
      </label>
      {show ? (
        <Prose html={preview.data?.html ?? ''} size="plain" className={classes.preview} />
      ) : (
        <textarea
          id={id}
          className={classes.text}
          value={value}
          rows={6}
          maxLength={workLimits.text}
          readOnly={readOnly}
          aria-labelledby={headingId === undefined ? `${id}-label` : `${id}-label ${headingId}`}
          aria-describedby={`${id}-help`}
          aria-invalid={invalid || undefined}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
      <div className={classes.under}>
        <p id={`${id}-help`} className={classes.help}>
          {words.help}
        </p>
        {value.trim() !== '' && (
          <Button
            variant="subtle"
            size="sm"
            aria-pressed={show}
            onClick={() => {
              if (!show) preview.mutate({ text: value });
              setShown(!show);
            }}
          >
            {show ? words.edit : words.preview}
          </Button>
        )}
      </div>
      {shown && preview.error && <FieldError>{errorText(preview.error, text, format)}</FieldError>}
    </>
  );
}
