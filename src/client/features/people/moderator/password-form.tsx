import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/ActionIcon.layer.css';
import '@mantine/core/styles/PasswordInput.layer.css';
import { PasswordInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import classes from './moderator-profile.module.css';

type Fields = { former: string; next: string };
const blank: Fields = { former: '', next: '' };

export function PasswordForm({ email }: { email: string }) {
  const { password: words } = useOfficeText().profile;
  const text = useText();
  const format = useFormat();
  const queries = trpc.useUtils();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState(blank);
  const [problems, setProblems] = useState<Partial<Fields>>({});
  const [done, setDone] = useState('');

  const change = trpc.people.moderator.changePassword.useMutation({
    onSuccess(result) {
      if (result.outcome === 'wrong-former') return show({ former: words.wrongFormer });
      if (result.outcome === 'refused') return show({ next: words.problem[result.problem] });
      setTyped(blank);
      setDone(words.changed(result.sessionsEnded));
      void queries.auth.sessions.invalidate();
      void queries.audit.list.invalidate();
    },
  });

  function show(found: Partial<Fields>) {
    setProblems(found);
    const first = found.former ? 'former' : found.next ? 'next' : null;
    if (first) form.current?.querySelector<HTMLInputElement>(`input[name=${first}]`)?.focus();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (change.isPending) return;
    const found: Partial<Fields> = {};
    if (typed.former === '') found.former = text.errors.field.required;
    if (typed.next === '') found.next = text.errors.field.required;
    else if (typed.next === typed.former) found.next = words.same;
    show(found);
    if (Object.keys(found).length === 0) change.mutate(typed);
  }

  const input = (field: keyof Fields) => ({
    name: field,
    value: typed[field],
    error: problems[field] && <FieldError>{problems[field]}</FieldError>,
    visibilityToggleButtonProps: { 'aria-label': words.show },
    onChange(event: { currentTarget: { value: string } }) {
      // Read now: when the update runs, the event has no target any more.
      const { value } = event.currentTarget;
      setTyped((before) => ({ ...before, [field]: value }));
      setProblems((before) => ({ ...before, [field]: undefined }));
      setDone('');
    },
  });
  return (
    <section aria-labelledby="profile-password" className={classes.password}>
      <h2 id="profile-password">{words.title}</h2>
      <p className={classes.note}>{words.text}</p>
      <form ref={form} className={`${layout.formStack} ${classes.form}`} onSubmit={submit} noValidate>
        {/* For the password manager of the browser: whose password it is. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput label={words.former} autoComplete="current-password" {...input('former')} />
        <PasswordInput label={words.next} description={words.nextHelp} autoComplete="new-password" {...input('next')} />
        <FormError>{change.error && errorText(change.error, text, format)}</FormError>
        <BusyButton variant="default" busy={change.isPending} busyLabel={words.saving}>
          {words.save}
        </BusyButton>
        <span role="status" className={classes.note}>
          {done}
        </span>
      </form>
    </section>
  );
}
