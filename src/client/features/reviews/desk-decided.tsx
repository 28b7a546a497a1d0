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
import type { ReviewDto } from '#shared/reviews.ts';
import classes from './review-work.module.css';

/** A work that was decided: by whom, what it brought, and what may still be done about it. */
export function DeskDecided({ work, onChanged }: { work: ReviewDto; onChanged: () => Promise<unknown> }) {
  const { reviews } = useOfficeText();
  const text = useText();
  const format = useFormat();
  const undo = useUndo();
  const utils = trpc.useUtils();
  const [asking, setAsking] = useState(false);
  const points = reviews.points(work.points ?? 0, work.task.points);
  const reopen = trpc.reviews.reopen.useMutation({
    onSuccess() {
      void utils.reviews.list.invalidate();
      void onChanged();
    },
  });
  const revoke = trpc.reviews.revokeExtra.useMutation({ onSuccess: onChanged });
  const grant = trpc.reviews.grantExtra.useMutation({
    onSuccess() {
      void onChanged();
      undo({ message: reviews.extraGranted, undo: () => revoke.mutateAsync(key) });
    },
    onError: (error) => say(errorText(error, text, format)),
  });
  const key = { personId: work.student.id, taskId: work.task.id };
  const accepted = work.state === 'accepted';
  const when = work.decidedAt ? format.dateTime(work.decidedAt) : '';
  return (
    <div className={classes.decided}>
      <p className={classes.sum}>{accepted ? points : reviews.returned}</p>
      <p className={classes.dim}>{work.decidedBy ? reviews.decidedBy(work.decidedBy, when) : reviews.decidedAt(when)}</p>
      <p className={classes.dim}>{work.seenAt ? reviews.seen(format.dateTime(work.seenAt)) : reviews.notSeen}</p>
      <div className={classes.row}>
        <BusyButton
          type="button"
          size="sm"
          variant="default"
          busy={reopen.isPending}
          busyLabel={reviews.reopening}
          onClick={() => (accepted && (work.points ?? 0) > 0 ? setAsking(true) : reopen.mutate({ workId: work.id }))}
        >
          {reviews.reopen}
        </BusyButton>
        {accepted && !work.exam && (
          <Button size="sm" variant="subtle" aria-disabled={grant.isPending} onClick={() => !grant.isPending && grant.mutate(key)}>
            {reviews.grantExtra}
          </Button>
        )}
      </div>
      <FormError>{reopen.error && errorText(reopen.error, text, format)}</FormError>
      {asking && (
        <Dialog title={reviews.reopenTitle} small onClose={() => setAsking(false)}>
          <p>{reviews.reopenText(points)}</p>
          <div className={classes.row}>
            <Button
              onClick={() => {
                setAsking(false);
                reopen.mutate({ workId: work.id });
              }}
            >
              {reviews.reopen}
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              {text.common.cancel}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
