import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useAccountText } from '#client/lib/account-text.ts';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import type { MeDto } from '#shared/auth.ts';
import { secondStepRules } from '#shared/second-step-rules.ts';
import classes from './auth.module.css';

interface SecondStepFormProps {
  onSignedIn: (me: MeDto) => void;
  /** The password has to be given again. */
  onRestart: () => void;
}

/** After the password: a code of the app, or one of the recovery codes. */
export function SecondStepForm({ onSignedIn, onRestart }: SecondStepFormProps) {
  const text = useText();
  const { auth } = useAccountText();
  const format = useFormat();
  const [recovery, setRecovery] = useState(false);
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [gone, setGone] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const words = auth.secondStep;
  const kind = recovery ? words.recovery : words.app;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another kind of code is another field
  useEffect(() => field.current?.focus(), [recovery]);

  function refuse(said: string) {
    setProblem(said);
    field.current?.focus();
    field.current?.select();
  }

  const pass = trpc.auth.passSecondStep.useMutation({
    onSuccess(result) {
      if (result.outcome === 'signed-in') onSignedIn(result.me);
      else if (result.outcome === 'gone') setGone(true);
      else refuse(kind[result.outcome]);
    },
    onError: () => field.current?.focus(),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (gone) return onRestart();
    if (pass.isPending) return;
    if (code.trim() === '') return refuse(text.errors.field.required);
    setProblem(null);
    pass.mutate({ code });
  }

  return (
    <form className={`${layout.formStack} ${classes.form}`} onSubmit={submit} noValidate>
      {!gone && (
        <TextInput
          ref={field}
          label={kind.label}
          description={kind.help}
          autoComplete="one-time-code"
          autoCapitalize="off"
          spellCheck={false}
          inputMode={recovery ? 'text' : 'numeric'}
          maxLength={recovery ? 32 : secondStepRules.digits + 4}
          value={code}
          error={problem && <FieldError>{problem}</FieldError>}
          onChange={(event) => {
            setCode(event.currentTarget.value);
            setProblem(null);
          }}
        />
      )}
      <FormError>{gone ? words.gone : pass.error && errorText(pass.error, text, format)}</FormError>
      <BusyButton size="lg" fullWidth busy={pass.isPending} busyLabel={words.checking}>
        {gone ? words.again : auth.signIn}
      </BusyButton>
      {!gone && (
        <div>
          <button
            type="button"
            className={classes.textButton}
            onClick={() => {
              setRecovery(!recovery);
              setCode('');
              setProblem(null);
            }}
          >
            {recovery ? words.toApp : words.toRecovery}
          </button>
          {recovery && <p className={classes.foot}>{words.lost}</p>}
        </div>
      )}
    </form>
  );
}
