import { useState } from 'react';
import { appError, errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { makeUuid } from '#client/lib/make-uuid.ts';
import { useStudyText } from '#client/lib/study-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import type { ExamDto } from '#shared/exams.ts';
import classes from './exam-page.module.css';

interface StartDialogProps {
  exam: ExamDto;
  onClose: () => void;
  onStarted: (attemptId: string) => void;
}

/** A calm word before the clock starts. */
export function StartDialog({ exam, onClose, onStarted }: StartDialogProps) {
  const text = useText();
  const { page } = useStudyText().exams;
  const words = page.ask;
  const format = useFormat();
  const queries = trpc.useUtils();
  // One id for this dialog: pressed again after a lost answer, it is the same attempt.
  const [attemptId] = useState(makeUuid);
  const start = trpc.exams.start.useMutation({
    onSuccess(attempt) {
      queries.exams.attempt.setData({ attemptId: attempt.id }, attempt);
      void queries.exams.get.invalidate();
      void queries.exams.ofCourse.invalidate();
      void queries.exams.running.invalidate();
      // Beginning takes a free course.
      void queries.courses.get.invalidate();
      void queries.progress.invalidate();
      onStarted(attempt.id);
    },
    onError: () => void queries.exams.get.invalidate(),
  });
  const refusal = appError(start.error);
  const { used, allowed } = exam.attempts;
  return (
    <Dialog small title={words.title} onClose={onClose}>
      <p>{exam.limitMinutes === null ? words.unlimited : words.limited(exam.limitMinutes)}</p>
      {allowed === 1 && <p>{words.once}</p>}
      {allowed !== null && allowed > 1 && used === allowed - 1 && <p>{words.last}</p>}
      <FormError>{start.error && errorText(start.error, text, format)}</FormError>
      <div className={classes.buttons}>
        {refusal?.code === 'EXAMS_RUNNING' ? (
          <LinkButton href={`/attempts/${refusal.data.attemptId}`}>{page.resume}</LinkButton>
        ) : (
          <BusyButton
            type="button"
            busy={start.isPending || start.isSuccess}
            busyLabel={words.starting}
            onClick={() => start.mutate({ examId: exam.id, attemptId })}
          >
            {words.start}
          </BusyButton>
        )}
        <Button variant="default" onClick={onClose}>
          {words.later}
        </Button>
      </div>
    </Dialog>
  );
}
