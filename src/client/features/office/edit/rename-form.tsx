import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { errorText, fieldErrors } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import { titleLimit } from '#shared/curriculum.ts';
import classes from './edit.module.css';

interface RenameFormProps {
  label: string;
  title: string;
  /** @throws what the server refused: it is told beside the field, which keeps what was typed */
  onSubmit: (title: string) => Promise<void>;
  onClose: () => void;
}

/** The title as a field, in its place on the page. Enter saves, Esc leaves it. */
export function RenameForm({ label, title, onSubmit, onClose }: RenameFormProps) {
  const text = useText();
  const format = useFormat();
  const { edit } = useOfficeText();
  const [typed, setTyped] = useState(title);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ field?: string; form?: string }>({});
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const name = typed.replace(/\s+/g, ' ').trim();
    if (name === '') {
      setProblem({ field: text.errors.field.required });
      return;
    }
    setBusy(true);
    setProblem({});
    try {
      await onSubmit(name);
      onClose();
    } catch (error) {
      const wrong = fieldErrors(error, text).title;
      setProblem(wrong ? { field: wrong } : { form: errorText(error, text, format) });
      setBusy(false);
    }
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        ref={field}
        label={label}
        value={typed}
        maxLength={titleLimit}
        error={problem.field && <FieldError>{problem.field}</FieldError>}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && onClose()}
      />
      <div className={classes.line}>
        <BusyButton size="sm" busy={busy} busyLabel={edit.saving}>
          {edit.save}
        </BusyButton>
        <Button size="sm" variant="default" onClick={onClose}>
          {edit.cancel}
        </Button>
      </div>
      <FormError>{problem.form}</FormError>
    </form>
  );
}
