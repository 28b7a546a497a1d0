import { useState } from 'react';
import forms from '#client/features/courses/office/forms.module.css';
import { say } from '#client/features/office/undo.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { useExams } from './use-exams.ts';

interface FinishAttemptDialogProps {
  attemptId: string;
  student: { firstName: string; lastName: string };
  onClose: () => void;
}

/** Ending somebody's exam cannot be taken back: it is asked. */
export function FinishAttemptDialog({ attemptId, student, onClose }: FinishAttemptDialogProps) {
  const { exams } = useOfficeText();
  const words = exams.results;
  const { api, change, refusal } = useExams();
  const [state, setState] = useState<{ busy?: boolean; problem?: string }>({});
  const name = `${student.lastName} ${student.firstName}`;

  async function finish() {
    setState({ busy: true });
    try {
      await change({ send: () => api.finishAttempt.mutate({ attemptId }) });
      say(exams.done.finished(name));
      onClose();
    } catch (error) {
      setState({ problem: refusal(error) });
    }
  }

  return (
    <Dialog title={words.finishTitle} small onClose={onClose}>
      <div className={layout.formStack}>
        <p>{words.finishText(name)}</p>
        <FormError>{state.problem}</FormError>
        <div className={forms.foot}>
          <BusyButton type="button" busy={state.busy ?? false} busyLabel={words.finishing} onClick={() => void finish()}>
            {words.actFinish}
          </BusyButton>
        </div>
      </div>
    </Dialog>
  );
}
