import { useId } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import { Prose } from '#client/ui/prose.tsx';
import type { AnswerFormatDto } from '#shared/tasks.ts';
import classes from './answer.module.css';
import type { AnswerFieldProps } from './answer-field.tsx';

interface OptionsAnswerProps extends Omit<AnswerFieldProps, 'format' | 'value'> {
  format: Extract<AnswerFormatDto, { kind: 'choice' | 'choices' }>;
  chosen: string[];
}

/** Numbered, because the list of attempts calls the options by their numbers. */
export function OptionsAnswer({ format, chosen, onChange, readOnly, invalid, headingId, describedBy, button }: OptionsAnswerProps) {
  const { answer } = useText().tasks;
  const name = useId();
  const labelId = `${name}-label`;
  const many = format.kind === 'choices';

  function choose(id: string): void {
    if (!many) onChange(id);
    else onChange(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  }

  return (
    <>
      <fieldset aria-labelledby={`${labelId} ${headingId}`} aria-describedby={describedBy} aria-invalid={invalid || undefined}>
        <legend id={labelId} className={classes.label}>
          {answer.label}
          <span>, {many ? answer.many : answer.one}</span>
        </legend>
        {format.options.map(({ id, html }, index) => (
          <label key={id} className={classes.option} data-fixed={readOnly || undefined}>
            <input
              type={many ? 'checkbox' : 'radio'}
              name={name}
              checked={chosen.includes(id)}
              disabled={readOnly}
              onChange={() => choose(id)}
            />
            <span className={classes.place}>{index + 1})</span>
            <Prose html={html} size="inline" line className={classes.optionText} />
          </label>
        ))}
      </fieldset>
      <div className={classes.below}>{button}</div>
    </>
  );
}
