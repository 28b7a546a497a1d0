import '@mantine/core/styles/Input.layer.css';
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { say, useUndo } from '#client/features/office/undo.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import type_ from '#client/ui/type.module.css';
import { blockReasonLimit, type StudentDto } from '#shared/students.ts';
import classes from './student-data.module.css';
import { useStudentChange } from './use-student-change.ts';

/** Closes the account and opens it again. */
export function StudentAccess({ student }: { student: StudentDto }) {
  const { data: words } = useOfficeText().students;
  const text = useText();
  const format = useFormat();
  const done = useStudentChange(student.id);
  const [asking, setAsking] = useState(false);
  const name = `${student.lastName} ${student.firstName}`;
  const unblock = trpc.people.students.unblock.useMutation({
    async onSuccess() {
      await done();
      say(words.unblocked(name));
    },
  });
  return (
    <section className={classes.access} aria-labelledby="access">
      <h2 id="access" className={type_.h3}>
        {words.access}
      </h2>
      <p className={`${type_.sm} ${type_.dim}`}>{words.accessText}</p>
      {student.eraseAt !== null ? (
        <p>{words.leaving(format.date(student.eraseAt))}</p>
      ) : student.blocked ? (
        <BusyButton
          type="button"
          size="sm"
          variant="default"
          busy={unblock.isPending}
          busyLabel={words.unblocking}
          onClick={() => unblock.mutate({ personId: student.id })}
        >
          {words.unblock}
        </BusyButton>
      ) : (
        <Button size="sm" variant="default" onClick={() => setAsking(true)}>
          {words.block}
        </Button>
      )}
      <FormError>{unblock.error && errorText(unblock.error, text, format)}</FormError>
      {asking && <BlockDialog personId={student.id} name={name} onClose={() => setAsking(false)} />}
    </section>
  );
}

/** Asks first, for the reason's sake: it is what the other teachers will want to know. */
function BlockDialog({ personId, name, onClose }: { personId: string; name: string; onClose: () => void }) {
  const { data: words } = useOfficeText().students;
  const text = useText();
  const format = useFormat();
  const done = useStudentChange(personId);
  const offerUndo = useUndo();
  const [reason, setReason] = useState('');
  const back = trpc.people.students.unblock.useMutation({ onSuccess: done });
  const block = trpc.people.students.block.useMutation({
    async onSuccess() {
      await done();
      onClose();
      offerUndo({ message: words.blocked(name), undo: () => back.mutateAsync({ personId }) });
    },
  });
  return (
    <Dialog small title={words.blockTitle(name)} onClose={onClose}>
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          if (!block.isPending) block.mutate({ personId, reason });
        }}
      >
        <p>{words.blockText}</p>
        <Textarea
          label={words.reason}
          description={words.reasonHelp}
          maxLength={blockReasonLimit}
          rows={3}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormError>{block.error && errorText(block.error, text, format)}</FormError>
        <div className={classes.buttons}>
          <BusyButton busy={block.isPending} busyLabel={words.blocking}>
            {words.block}
          </BusyButton>
          <Button variant="subtle" onClick={onClose}>
            {text.common.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
