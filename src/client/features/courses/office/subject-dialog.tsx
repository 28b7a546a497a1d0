import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { errorText, fieldErrors } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { NoteBox } from '#client/ui/note-box.tsx';
import { type OfficeSubjectDto, titleLimit } from '#shared/curriculum.ts';
import classes from './forms.module.css';
import { useNewId } from './new-dialogs.tsx';
import { useCurriculum } from './use-curriculum.ts';

type Field = 'title' | 'about' | 'maxPrimary';
const order: Field[] = ['title', 'about', 'maxPrimary'];

/** @param subject null: a new one */
export function SubjectDialog({ subject, onClose }: { subject: OfficeSubjectDto | null; onClose: () => void }) {
  const text = useText();
  const format = useFormat();
  const { curriculum } = useOfficeText();
  const { api, change } = useCurriculum();
  const id = useNewId();
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState({
    title: subject?.title ?? '',
    about: subject?.about ?? '',
    maxPrimary: subject ? String(subject.maxPrimary) : '',
  });
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Partial<Record<Field | 'form', string>>>({});
  const words = curriculum.subjects;

  function show(found: typeof errors) {
    setErrors(found);
    const first = order.find((field) => found[field]);
    if (first) form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const found: typeof errors = {};
    for (const field of order) if (values[field].trim() === '') found[field] = text.errors.field.required;
    if (!found.maxPrimary && !isWhole(values.maxPrimary)) found.maxPrimary = text.errors.field.invalid;
    show(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    const fields = { title: values.title, about: values.about, maxPrimary: Number(values.maxPrimary) };
    try {
      await change({
        send: () => (subject ? api.updateSubject.mutate({ id: subject.id, ...fields }) : api.createSubject.mutate({ id, ...fields })),
      });
      onClose();
    } catch (error) {
      const refused = fieldErrors(error, text);
      show(Object.keys(refused).length > 0 ? refused : { form: errorText(error, text, format) });
      setBusy(false);
    }
  }

  const input = (field: Field) => ({
    name: field,
    value: values[field],
    autoComplete: 'off',
    error: errors[field] && <FieldError>{errors[field]}</FieldError>,
    onChange(event: { currentTarget: { value: string } }) {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [field]: value }));
      setErrors((before) => ({ ...before, [field]: undefined }));
    },
  });
  return (
    <Dialog title={subject ? subject.title : words.newTitle} small onClose={onClose}>
      <form ref={form} className={layout.formStack} onSubmit={submit} noValidate>
        <TextInput label={curriculum.fields.title} maxLength={titleLimit} {...input('title')} />
        <TextInput label={words.about} description={words.aboutHelp} maxLength={200} {...input('about')} />
        <TextInput label={words.max} inputMode="numeric" maxLength={3} classNames={{ wrapper: classes.narrow }} {...input('maxPrimary')} />
        {subject?.scale && isWhole(values.maxPrimary) && Number(values.maxPrimary) !== subject.scale.points && (
          <NoteBox tone="warn" role="status">
            {words.scaleOfOther(subject.scale.year, subject.scale.points)}
          </NoteBox>
        )}
        <FormError>{errors.form}</FormError>
        <div>
          <BusyButton busy={busy} busyLabel={subject ? text.common.saving : curriculum.act.creating}>
            {subject ? text.common.save : curriculum.act.create}
          </BusyButton>
        </div>
      </form>
    </Dialog>
  );
}

const isWhole = (typed: string) => /^([1-9]\d?|1\d\d|200)$/.test(typed.trim());
