import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { appError, errorText, fieldErrors } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { readablePhone } from '#client/lib/phone.ts';
import { sessionEnded } from '#client/lib/session.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import type { StudentDto } from '#shared/students.ts';
import { emailProblem, nameProblem } from '#shared/values.ts';
import classes from './student-data.module.css';
import { useStudentChange } from './use-student-change.ts';

const fields = ['firstName', 'lastName', 'phone', 'email'] as const;
type Field = (typeof fields)[number];

/** Mends what a student mistyped. Only what was touched is sent: what another teacher mends meanwhile stays. */
export function StudentForm({ student }: { student: StudentDto }) {
  const text = useText();
  const { data: words } = useOfficeText().students;
  const format = useFormat();
  const done = useStudentChange(student.id);
  const { firstName, lastName, email } = student;
  const stored = { firstName, lastName, email, phone: student.phone ? readablePhone(student.phone) : '' };
  const [typed, setTyped] = useState<Partial<typeof stored>>({});
  const [errors, setErrors] = useState<Partial<Record<Field, string>>>({});
  const form = useRef<HTMLFormElement>(null);
  const ended = sessionEnded.use();
  const values = { ...stored, ...typed };
  const save = trpc.people.students.update.useMutation({
    async onSuccess() {
      await done();
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
    const problems = {
      firstName: nameProblem(values.firstName),
      lastName: nameProblem(values.lastName),
      email: emailProblem(values.email),
    };
    const found: typeof errors = {};
    for (const field of ['firstName', 'lastName', 'email'] as const) {
      const problem = problems[field];
      if (problem) found[field] = text.errors.field[problem];
    }
    show(found);
    if (Object.keys(found).length === 0) save.mutate({ personId: student.id, ...typed });
  }

  const input = (field: Field) => ({
    id: field,
    name: field,
    value: values[field],
    autoComplete: 'off',
    error: errors[field] && <FieldError>{errors[field]}</FieldError>,
    onChange(event: { currentTarget: { value: string } }) {
      // Read now: when the update runs, the event has no target any more.
      const { value } = event.currentTarget;
      save.reset();
      setTyped((before) => ({ ...before, [field]: value }));
      setErrors((before) => ({ ...before, [field]: undefined }));
    },
  });
  // Signed in again, one may just press the button once more.
  const outdated = appError(save.error)?.code === 'AUTH_SESSION_REQUIRED' && !ended;
  const failed = save.error && !outdated && Object.values(errors).every((error) => !error);
  return (
    <form ref={form} className={`${layout.formStack} ${classes.form}`} onSubmit={submit} noValidate>
      <TextInput label={words.firstName} {...input('firstName')} />
      <TextInput label={words.lastName} {...input('lastName')} />
      <TextInput label={words.phone} type="tel" placeholder="+7 900 000-00-00" {...input('phone')} />
      <TextInput label={words.email} type="email" inputMode="email" description={words.emailHelp} {...input('email')} />
      <FormError>{failed && `${words.notSaved}. ${errorText(save.error, text, format)}`}</FormError>
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
