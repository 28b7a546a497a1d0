import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAccountText } from '#client/lib/account-text.ts';
import { useText } from '#client/lib/i18n.tsx';
import { FieldError } from '#client/ui/field-error.tsx';
import { emailProblem } from '#shared/values.ts';
import classes from './auth.module.css';
import { correctedEmail } from './email-typo.ts';

interface EmailFieldProps {
  value: string;
  onChange: (email: string) => void;
  /** What the last sending found wrong. */
  error?: string | undefined;
  autoComplete?: 'email' | 'username';
}

/** An address is looked at when its field is left: a likely typo is offered to be mended, a sure fault is named. */
export function EmailField({ value, onChange, error, autoComplete = 'email' }: EmailFieldProps) {
  const text = useText();
  const account = useAccountText();
  const [left, setLeft] = useState(false);
  const meant = left ? correctedEmail(value) : null;
  const problem = left && value !== '' ? emailProblem(value) : null;
  const shown = error ?? (problem ? text.errors.field[problem] : null);
  const typo = meant && (
    <>
      {account.auth.typo}{' '}
      <button type="button" className={classes.textButton} onClick={() => onChange(meant)}>
        {meant}
      </button>
      ?
    </>
  );
  return (
    <TextInput
      id="email"
      name="email"
      type="email"
      inputMode="email"
      autoComplete={autoComplete}
      autoCapitalize="none"
      spellCheck={false}
      label={account.auth.field.email}
      value={value}
      error={typo ? <FieldError>{typo}</FieldError> : shown && <FieldError>{shown}</FieldError>}
      onChange={(event) => {
        setLeft(false);
        onChange(event.currentTarget.value);
      }}
      onBlur={() => setLeft(true)}
    />
  );
}
