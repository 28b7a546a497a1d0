import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/ActionIcon.layer.css';
import '@mantine/core/styles/PasswordInput.layer.css';
import { PasswordInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import type { BeginSecondStepResult, RenewRecoveryCodesResult, TurnOffSecondStepResult } from '#shared/second-step.ts';
import profile from '../moderator-profile.module.css';
import classes from './second-step.module.css';

export type Asked = 'begin' | 'renewCodes' | 'turnOff';
type Answer = BeginSecondStepResult | RenewRecoveryCodesResult | TurnOffSecondStepResult;
export type Confirmed = Exclude<Answer, { outcome: 'wrong-password' }>;

interface OwnPasswordProps {
  email: string;
  asked: Asked;
  onConfirmed: (answer: Confirmed) => void;
  onCancel: () => void;
}

/** A screen may stand open: whoever changes how one signs in gives the password. */
export function OwnPassword({ email, asked, onConfirmed, onCancel }: OwnPasswordProps) {
  const { secondStep: words, password: passwordWords } = useOfficeText().profile;
  const text = useText();
  const format = useFormat();
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  const handlers = {
    onSuccess(answer: Answer) {
      if (answer.outcome !== 'wrong-password') return onConfirmed(answer);
      setProblem(words.wrongPassword);
      field.current?.focus();
    },
  };
  const asks = {
    begin: trpc.auth.secondStep.begin.useMutation(handlers),
    renewCodes: trpc.auth.secondStep.renewCodes.useMutation(handlers),
    turnOff: trpc.auth.secondStep.turnOff.useMutation(handlers),
  };
  const { isPending, error, mutate } = asks[asked];

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending) return;
    if (password !== '') return mutate({ password });
    setProblem(text.errors.field.required);
    field.current?.focus();
  }

  return (
    <form className={`${layout.formStack} ${profile.form}`} onSubmit={submit} noValidate>
      <p>{words.ask[asked]}</p>
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordInput
        ref={field}
        label={words.password}
        autoComplete="current-password"
        value={password}
        error={problem && <FieldError>{problem}</FieldError>}
        visibilityToggleButtonProps={{ 'aria-label': passwordWords.show }}
        onChange={(event) => {
          setPassword(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <FormError>{error && errorText(error, text, format)}</FormError>
      <div className={classes.foot}>
        <BusyButton busy={isPending} busyLabel={words.checking}>
          {asked === 'turnOff' ? words.turnOff : words.goOn}
        </BusyButton>
        <Button variant="default" onClick={onCancel}>
          {text.common.cancel}
        </Button>
      </div>
    </form>
  );
}
