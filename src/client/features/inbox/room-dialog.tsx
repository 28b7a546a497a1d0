import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { errorText, fieldErrors } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import { roomTitleLimit } from '#shared/inbox.ts';
import classes from './templates.module.css';

interface RoomDialogProps {
  heading: string;
  save: string;
  saving: string;
  /** The name so far. */
  title?: string;
  onClose: () => void;
  /** @throws what the server refused: it is told beside the field, which keeps what was typed */
  onSave: (title: string) => Promise<unknown>;
}

/** The name of a room, a new one or another. */
export function RoomDialog({ heading, save, saving, title = '', onClose, onSave }: RoomDialogProps) {
  const { rooms: words } = useOfficeText();
  const text = useText();
  const format = useFormat();
  const [typed, setTyped] = useState(title);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ title?: string; form?: string }>({});

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    if (typed.trim() === '') return setProblem({ title: text.errors.field.required });
    setBusy(true);
    setProblem({});
    try {
      await onSave(typed);
      onClose();
    } catch (error) {
      const wrong = fieldErrors(error, text).title;
      setProblem(wrong ? { title: wrong } : { form: errorText(error, text, format) });
      setBusy(false);
    }
  }

  return (
    <Dialog small title={heading} onClose={onClose}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextInput
          label={words.name}
          maxLength={roomTitleLimit}
          value={typed}
          error={problem.title && <FieldError>{problem.title}</FieldError>}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <FormError>{problem.form}</FormError>
        <div className={classes.buttons}>
          <BusyButton busy={busy} busyLabel={saving}>
            {save}
          </BusyButton>
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
