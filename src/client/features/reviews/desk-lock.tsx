import { IconLock } from '@tabler/icons-react';
import { useEffect } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { icon } from '#client/ui/icon.ts';
import { NoteBox } from '#client/ui/note-box.tsx';
import type { ReviewDto } from '#shared/reviews.ts';
import classes from './review-work.module.css';
import type { Desk } from './use-desk.ts';

interface DeskLockProps {
  work: ReviewDto;
  desk: Desk;
  onChanged: () => Promise<unknown>;
}

/** Who grades a waiting work: this teacher, another one, nobody yet. */
export function DeskLock({ work, desk, onChanged }: DeskLockProps) {
  const { reviews } = useOfficeText();
  const text = useText();
  const format = useFormat();
  const { holder, lost, noteLock } = desk;
  const utils = trpc.useUtils();
  const release = trpc.reviews.release.useMutation({ onSuccess: onChanged });
  const take = trpc.reviews.take.useMutation({
    async onSuccess(result) {
      void utils.reviews.list.invalidate();
      // What somebody else wrote here before is read first.
      await onChanged();
      noteLock(result);
    },
  });
  // What was read since says who holds it now.
  const read = work.holder;
  useEffect(() => {
    if (!desk.mine && read?.mine !== true) noteLock({ outcome: desk.lost ? 'lost' : 'held', holder: read, state: work.state });
  }, [read, desk.mine, desk.lost, work.state, noteLock]);

  if (holder?.mine) {
    return (
      <NoteBox icon={<IconLock {...icon.md} />} className={classes.lock}>
        <Left until={holder.until}>{reviews.held}</Left>
        <Button
          size="sm"
          variant="subtle"
          className={classes.release}
          onClick={() => {
            desk.leave();
            release.mutate({ workId: work.id });
          }}
        >
          {reviews.release}
        </Button>
      </NoteBox>
    );
  }
  return (
    <>
      {lost && (
        <NoteBox tone="warn" role="status" className={classes.lock}>
          {lost.state !== 'waiting' ? reviews.lostDecided : holder ? reviews.lostTo(holder.name) : reviews.lost}
        </NoteBox>
      )}
      {holder ? (
        <NoteBox icon={<IconLock {...icon.md} />} className={classes.lock}>
          <Left until={holder.until}>{(time) => reviews.heldByOther(holder.name, time)}</Left>
        </NoteBox>
      ) : (
        <>
          <BusyButton
            type="button"
            busy={take.isPending}
            busyLabel={reviews.taking}
            onClick={() => take.mutate({ workId: work.id })}
            fullWidth
            className={classes.take}
          >
            {reviews.take}
          </BusyButton>
          <p className={classes.dim}>{reviews.takeNote}</p>
        </>
      )}
      <FormError>{take.error && errorText(take.error, text, format)}</FormError>
    </>
  );
}

function Left({ until, children }: { until: string; children: (time: string) => string }) {
  const format = useFormat();
  const now = useNow(30_000);
  return children(format.wait(Math.max(60, (Date.parse(until) - now) / 1000)));
}
