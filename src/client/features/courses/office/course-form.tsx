import '@mantine/core/styles/Input.layer.css';
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useDraft } from '#client/lib/draft.ts';
import { errorText, fieldErrors } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { type OfficeSubjectDto, summaryLimit, titleLimit } from '#shared/curriculum.ts';
import classes from './forms.module.css';

/** As typed; a number may still be none. `schedule` and `chatAfter` only of a course that is there. */
export interface CourseFields {
  title: string;
  subjectId: string;
  target: string;
  summary: string;
  schedule?: string;
  chatAfter?: string;
}

interface CourseFormProps {
  subjects: OfficeSubjectDto[];
  /** Under which the tab remembers what is typed and not saved. */
  memory: string;
  stored: CourseFields;
  submitLabel: string;
  busyLabel: string;
  /** Said beside the button when it went well and the form stays. */
  savedLabel?: string;
  onSubmit: (fields: CourseFields) => Promise<void>;
}

const order = ['title', 'subjectId', 'target', 'summary', 'schedule', 'chatAfter'] as const;
type Field = (typeof order)[number];

export function CourseForm({ subjects, memory, stored, submitLabel, busyLabel, savedLabel, onSubmit }: CourseFormProps) {
  const text = useText();
  const format = useFormat();
  const { fields: words } = useOfficeText().curriculum;
  const { draft, change, forget } = useDraft<Partial<CourseFields>>(memory, {});
  const [state, setState] = useState<'idle' | 'busy' | 'saved'>('idle');
  const [errors, setErrors] = useState<Partial<Record<Field | 'form', string>>>({});
  const form = useRef<HTMLFormElement>(null);
  const values: CourseFields = { ...stored, ...draft };

  function show(found: typeof errors) {
    setErrors(found);
    const first = order.find((field) => found[field]);
    if (first) form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (state === 'busy') return;
    const found: typeof errors = {};
    for (const field of ['title', 'summary'] as const) if (values[field].trim() === '') found[field] = text.errors.field.required;
    if (!isWhole(values.target, 1, 100))
      found.target = values.target.trim() === '' ? text.errors.field.required : text.errors.field.invalid;
    if (values.chatAfter !== undefined && !isWhole(values.chatAfter, 0, 20)) found.chatAfter = text.errors.field.invalid;
    show(found);
    if (Object.keys(found).length > 0) return;
    setState('busy');
    try {
      await onSubmit(values);
      forget();
      setState('saved');
    } catch (error) {
      const refused = fieldErrors(error, text);
      show(Object.keys(refused).length > 0 ? refused : { form: errorText(error, text, format) });
      setState('idle');
    }
  }

  const input = (field: Field) => ({
    name: field,
    value: values[field] ?? '',
    error: errors[field] && <FieldError>{errors[field]}</FieldError>,
    onChange(event: { currentTarget: { value: string } }) {
      change({ [field]: event.currentTarget.value });
      setErrors((before) => ({ ...before, [field]: undefined }));
      setState((before) => (before === 'saved' ? 'idle' : before));
    },
  });
  return (
    <form ref={form} className={`${layout.formStack} ${classes.form}`} onSubmit={submit} noValidate>
      <TextInput label={words.title} maxLength={titleLimit} autoComplete="off" {...input('title')} />
      <NativeSelect label={words.subject} data={subjects.map(({ id, title }) => ({ value: id, label: title }))} {...input('subjectId')} />
      <TextInput
        label={words.target}
        inputMode="numeric"
        maxLength={3}
        autoComplete="off"
        classNames={{ wrapper: classes.narrow }}
        {...input('target')}
      />
      <Textarea label={words.summary} description={words.summaryHelp} rows={3} maxLength={summaryLimit} {...input('summary')} />
      {stored.schedule !== undefined && (
        <TextInput
          label={words.schedule}
          description={words.scheduleHelp}
          maxLength={titleLimit}
          autoComplete="off"
          {...input('schedule')}
        />
      )}
      {stored.chatAfter !== undefined && (
        <TextInput
          label={words.chatAfter}
          description={words.chatAfterHelp}
          inputMode="numeric"
          maxLength={2}
          autoComplete="off"
          classNames={{ wrapper: classes.narrow }}
          {...input('chatAfter')}
        />
      )}
      <FormError>{errors.form}</FormError>
      <div className={classes.foot}>
        <BusyButton busy={state === 'busy'} busyLabel={busyLabel}>
          {submitLabel}
        </BusyButton>
        <span role="status">{state === 'saved' && savedLabel}</span>
      </div>
    </form>
  );
}

function isWhole(typed: string, min: number, max: number): boolean {
  return /^\d{1,3}$/.test(typed.trim()) && Number(typed) >= min && Number(typed) <= max;
}
