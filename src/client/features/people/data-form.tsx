import '@mantine/core/styles/Input.layer.css';
import { NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useMemo, useRef, useState } from 'react';
import { useAccountText } from '#client/lib/account-text.ts';
import { appError, errorText, fieldErrors } from '#client/lib/errors.ts';
import { useFormat, useLocale, useText } from '#client/lib/i18n.tsx';
import { serverNow } from '#client/lib/now.ts';
import { readablePhone } from '#client/lib/phone.ts';
import { sessionEnded } from '#client/lib/session.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import type { Locale, MeDto } from '#shared/auth.ts';
import { nameProblem } from '#shared/values.ts';
import classes from './data-form.module.css';
import { zoneChoices } from './time-zones.ts';

const fields = ['firstName', 'lastName', 'phone', 'timeZone', 'locale'] as const;
type Field = (typeof fields)[number];

export function DataForm({ me }: { me: MeDto }) {
  const text = useText();
  const account = useAccountText();
  const format = useFormat();
  const locale = useLocale();
  const queries = trpc.useUtils();
  const stored = {
    firstName: me.firstName,
    lastName: me.lastName,
    phone: me.phone ? readablePhone(me.phone) : '',
    timeZone: me.timeZone,
    locale: me.locale,
  };
  const [typed, setTyped] = useState<Partial<typeof stored>>({});
  const [errors, setErrors] = useState<Partial<Record<Field, string>>>({});
  const form = useRef<HTMLFormElement>(null);
  const ended = sessionEnded.use();
  const values = { ...stored, ...typed };
  const save = trpc.people.updateMe.useMutation({
    onSuccess(saved) {
      queries.auth.me.setData(undefined, saved);
      setTyped({});
    },
    onError: (error) => show(fieldErrors(error, text)),
  });

  function show(found: Partial<Record<Field, string>>) {
    setErrors(found);
    const first = fields.find((field) => found[field]);
    if (first) form.current?.querySelector<HTMLInputElement>(`#${first}`)?.focus();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (save.isPending) return;
    const found: typeof errors = {};
    for (const field of ['firstName', 'lastName'] as const) {
      const problem = nameProblem(values[field]);
      if (problem) found[field] = text.errors.field[problem];
    }
    show(found);
    if (Object.keys(found).length === 0) save.mutate(typed);
  }

  const input = <F extends Field>(field: F) => ({
    id: field,
    name: field,
    value: values[field],
    error: errors[field] && <FieldError>{errors[field]}</FieldError>,
    onChange(event: { currentTarget: { value: string } }) {
      // Read now: when the update runs, the event has no target any more.
      const { value } = event.currentTarget;
      save.reset();
      setTyped((before) => ({ ...before, [field]: value }));
      setErrors((before) => ({ ...before, [field]: undefined }));
    },
  });
  const { data } = account.people;
  const zones = useMemo(() => zoneChoices(locale, me.timeZone, serverNow()), [locale, me.timeZone]);
  const languages: { value: Locale; label: string }[] = [
    { value: 'ru', label: 'Русский' },
    { value: 'en', label: 'English' },
  ];
  const zoneGroups = [
    { group: data.russia, items: zones.russia },
    { group: data.elsewhere, items: zones.elsewhere },
  ];
  // Signed in again, one may just press the button once more.
  const outdated = appError(save.error)?.code === 'AUTH_SESSION_REQUIRED' && !ended;
  const failed = save.error && !outdated && Object.keys(errors).length === 0;
  return (
    <form ref={form} className={`${layout.formStack} ${classes.form}`} onSubmit={submit} noValidate>
      <TextInput label={account.auth.field.firstName} autoComplete="given-name" {...input('firstName')} />
      <TextInput label={account.auth.field.lastName} autoComplete="family-name" {...input('lastName')} />
      <TextInput
        label={account.auth.field.phone}
        type="tel"
        autoComplete="tel"
        placeholder="+7 900 000-00-00"
        description={account.auth.register.phoneHelp}
        {...input('phone')}
      />
      <NativeSelect label={data.timeZone} description={data.timeZoneHelp} data={zoneGroups} {...input('timeZone')} />
      <NativeSelect label={data.language} data={languages} {...input('locale')} />
      <FormError>{failed && `${data.notSaved}. ${errorText(save.error, text, format)}`}</FormError>
      <div className={classes.foot}>
        <BusyButton busy={save.isPending} busyLabel={text.common.saving}>
          {text.common.save}
        </BusyButton>
        <span role="status" className={classes.saved}>
          {save.isSuccess && text.common.saved}
        </span>
      </div>
    </form>
  );
}
