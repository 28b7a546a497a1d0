import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Checkbox.layer.css';
import { Checkbox } from '@mantine/core';
import { useId, useState } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import type { KeyFixChoice, KeyFixPreviewDto } from '#shared/key-fix.ts';
import classes from './key-fix.module.css';
import { KeyFixTable } from './key-fix-table.tsx';

interface KeyFixDialogProps {
  preview: KeyFixPreviewDto;
  onApply: (choice: KeyFixChoice) => void;
  onCancel: () => void;
  /** The publication is under way. */
  busy?: boolean;
  /** Why it failed. */
  error?: unknown;
}

/** Who gains and who would lose by the new key, before it is published. Points are taken away only where that is ticked. */
export function KeyFixDialog({ preview, onApply, onCancel, busy = false, error }: KeyFixDialogProps) {
  const { keyFix } = useOfficeText();
  const text = useText();
  const format = useFormat();
  const noteId = useId();
  const [ticked, setTicked] = useState<string | null>(null);
  // Ticked for the numbers that were seen: another preview is another question.
  const takePoints = ticked === preview.token;
  const { submissions, changed, gain, lose, exams } = preview;
  const regraded = changed + exams.changed > 0;
  return (
    <Dialog title={keyFix.title} onClose={() => !busy && onCancel()}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) onApply({ takePoints, token: preview.token });
        }}
      >
        {submissions > 0 && <p>{keyFix.lead(submissions)}</p>}
        {exams.answers > 0 && <p>{keyFix.exams(exams.answers)}</p>}
        {!regraded ? (
          <p>{keyFix.nothing}</p>
        ) : (
          <>
            {submissions > 0 && (
              <>
                <p>{gain.students > 0 ? keyFix.gain(gain.students, gain.points) : keyFix.gainNobody}</p>
                <p>{lose.students > 0 ? keyFix.lose(lose.students, lose.points) : keyFix.loseNobody}</p>
              </>
            )}
            {exams.better > 0 && <p>{keyFix.examsBetter(exams.better)}</p>}
            {exams.worse > 0 && <p>{keyFix.examsWorse(exams.worse)}</p>}
            {changed > 0 && <KeyFixTable preview={preview} takePoints={takePoints} />}
          </>
        )}
        {lose.students + exams.worse > 0 && (
          <div>
            <Checkbox
              label={lose.students > 0 ? keyFix.take(lose.students) : keyFix.takeInExams(exams.worse)}
              aria-describedby={noteId}
              checked={takePoints}
              onChange={(event) => setTicked(event.currentTarget.checked ? preview.token : null)}
            />
            <p id={noteId} className={classes.takeNote}>
              {keyFix.takeNote}
            </p>
          </div>
        )}
        <FormError>{error ? errorText(error, text, format) : null}</FormError>
        <div className={classes.foot}>
          <Button variant="default" onClick={onCancel} disabled={busy}>
            {keyFix.cancel}
          </Button>
          <BusyButton busy={busy} busyLabel={keyFix.publishing}>
            {regraded ? keyFix.publishAndRegrade(submissions || exams.answers) : keyFix.publish}
          </BusyButton>
        </div>
      </form>
    </Dialog>
  );
}
