import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/ActionIcon.layer.css';
import '@mantine/core/styles/PasswordInput.layer.css';
import { PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useAccountText } from '#client/lib/account-text.ts';
import { useDraft } from '#client/lib/draft.ts';
import { errorText, fieldErrors } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import type { MeDto } from '#shared/auth.ts';
import { emailProblem } from '#shared/values.ts';
import classes from './auth.module.css';
import { EmailField } from './email-field.tsx';
import { SecondStepForm } from './second-step-form.tsx';

interface PasswordFormProps {
  /** Known when a session ended: then only the password is asked for. */
  email?: string;
  onSignedIn: (me: MeDto) => void;
}

/** Moderators sign in with a password. One refusal for both fields: it does not tell which addresses have an account. */
export function PasswordForm({ email: known, onSignedIn }: PasswordFormProps) {
  const text = useText();
  const account = useAccountText();
  const format = useFormat();
  const { draft, change, forget } = useDraft('moderator', { email: '' });
  const [password, setPassword] = useState('');
  const [errors, setErrors] = useState<{ email?: string; password?: string }>({});
  const [halfWay, setHalfWay] = useState(false);
  const email = known ?? draft.email;
  const signIn = trpc.auth.signInModerator.useMutation({
    onSuccess(result) {
      if (result.outcome === 'signed-in') {
        forget();
        onSignedIn(result.me);
      } else if (result.outcome === 'second-step') {
        setPassword('');
        setHalfWay(true);
      } else {
        document.getElementById('password')?.focus();
      }
    },
    onError: (error) => setErrors(fieldErrors(error, text)),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (signIn.isPending) return;
    const problem = emailProblem(email);
    const found = {
      email: problem ? text.errors.field[problem] : undefined,
      password: password === '' ? text.errors.field.required : undefined,
    };
    setErrors(found);
    if (found.email ?? found.password) document.getElementById(found.email ? 'email' : 'password')?.focus();
    else signIn.mutate({ email, password });
  }

  if (halfWay) {
    const done = (me: MeDto) => {
      forget();
      onSignedIn(me);
    };
    return <SecondStepForm onSignedIn={done} onRestart={() => setHalfWay(false)} />;
  }

  const refused = signIn.data?.outcome === 'refused' && !signIn.isPending ? account.auth.moderator.refused : null;
  const failed = signIn.error && Object.keys(errors).length === 0 ? errorText(signIn.error, text, format) : null;
  return (
    <form className={`${layout.formStack} ${classes.form}`} onSubmit={submit} noValidate>
      {known === undefined && (
        <EmailField
          value={email}
          error={errors.email}
          autoComplete="username"
          onChange={(typed) => {
            change({ email: typed });
            setErrors((before) => ({ ...before, email: undefined }));
          }}
        />
      )}
      <PasswordInput
        id="password"
        name="password"
        label={account.auth.field.password}
        autoComplete="current-password"
        value={password}
        error={errors.password && <FieldError>{errors.password}</FieldError>}
        visibilityToggleButtonProps={{ 'aria-label': account.auth.moderator.showPassword }}
        onChange={(event) => {
          setPassword(event.currentTarget.value);
          setErrors((before) => ({ ...before, password: undefined }));
        }}
      />
      <FormError>{refused ?? failed}</FormError>
      <BusyButton size="lg" fullWidth busy={signIn.isPending} busyLabel={account.auth.signingIn}>
        {account.auth.signIn}
      </BusyButton>
    </form>
  );
}
