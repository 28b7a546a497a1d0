import '@mantine/core/styles/Input.layer.css';
import { Textarea } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import { reasonLimit } from '#shared/payments-office.ts';
import classes from './payments.module.css';

interface ReasonDialogProps {
  title: string;
  note: string;
  label: string;
  help?: string;
  /** Said where nothing was written. */
  needed: string;
  submitLabel: string;
  busyLabel: string;
  /** Instead of «Отмена», beside a deed that is called so itself. */
  keepLabel?: string;
  /** @throws what the server refused: it is told in the dialog, which stays open with what was typed */
  onSubmit: (reason: string) => Promise<unknown>;
  onClose: () => void;
}

/** Asks before something about money is decided, and why: the other teachers will want to know. */
export function ReasonDialog({
  title,
  note,
  label,
  help,
  needed,
  submitLabel,
  busyLabel,
  keepLabel,
  onSubmit,
  onClose,
}: ReasonDialogProps) {
  const text = useText();
  const format = useFormat();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ field?: string; form?: string }>({});
  const form = useRef<HTMLFormElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    if (reason.trim() === '') {
      setProblem({ field: needed });
      form.current?.querySelector('textarea')?.focus();
      return;
    }
    setBusy(true);
    setProblem({});
    try {
      await onSubmit(reason);
      onClose();
    } catch (error) {
      setProblem({ form: errorText(error, text, format) });
      setBusy(false);
    }
  }

  // What is on its way is not taken back by closing the dialog, so that it does not look so.
  const close = () => {
    if (!busy) onClose();
  };

  return (
    <Dialog small title={title} onClose={close}>
      <form ref={form} className={classes.form} onSubmit={submit} noValidate>
        <p>{note}</p>
        <Textarea
          label={label}
          description={help}
          rows={3}
          maxLength={reasonLimit}
          value={reason}
          error={problem.field && <FieldError>{problem.field}</FieldError>}
          onChange={(event) => {
            setReason(event.currentTarget.value);
            setProblem({});
          }}
        />
        <FormError>{problem.form}</FormError>
        <div className={classes.buttons}>
          <BusyButton busy={busy} busyLabel={busyLabel}>
            {submitLabel}
          </BusyButton>
          <Button variant="subtle" disabled={busy} onClick={close}>
            {keepLabel ?? text.common.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
