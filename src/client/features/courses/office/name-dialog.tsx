import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { errorText, fieldErrors } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { titleLimit } from '#shared/curriculum.ts';
import classes from './forms.module.css';

interface NameDialogProps {
  title: string;
  /** What is there already. */
  name?: string;
  note?: string;
  label: string;
  /** Characters of the name. */
  limit?: number;
  submitLabel: string;
  busyLabel: string;
  /** Further fields. */
  children?: ReactNode;
  /** @throws what the server refused: it is told in the dialog, which stays open with what was typed */
  onSubmit: (name: string) => Promise<void>;
  onClose: () => void;
}

/** Asks for a name: of a new thing, or another one of an old thing. */
export function NameDialog({
  title,
  name = '',
  note,
  label,
  limit = titleLimit,
  submitLabel,
  busyLabel,
  children,
  onSubmit,
  onClose,
}: NameDialogProps) {
  const text = useText();
  const format = useFormat();
  const { curriculum } = useOfficeText();
  const [typed, setTyped] = useState(name);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ field?: string; form?: string }>({});

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    if (typed.trim() === '') {
      setProblem({ field: text.errors.field.required });
      return;
    }
    setBusy(true);
    setProblem({});
    try {
      await onSubmit(typed);
      onClose();
    } catch (error) {
      const field = fieldErrors(error, text).title;
      setProblem(field ? { field } : { form: errorText(error, text, format) });
      setBusy(false);
    }
  }

  return (
    <Dialog title={title} small onClose={onClose}>
      <form className={layout.formStack} onSubmit={submit} noValidate>
        {note && <p className={classes.note}>{note}</p>}
        <TextInput
          label={label || curriculum.fields.title}
          value={typed}
          maxLength={limit}
          autoComplete="off"
          error={problem.field && <FieldError>{problem.field}</FieldError>}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {children}
        <FormError>{problem.form}</FormError>
        <div className={classes.foot}>
          <BusyButton busy={busy} busyLabel={busyLabel}>
            {submitLabel}
          </BusyButton>
        </div>
      </form>
    </Dialog>
  );
}
