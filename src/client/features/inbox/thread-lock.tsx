import { IconLock } from '@tabler/icons-react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { icon } from '#client/ui/icon.ts';
import { NoteBox } from '#client/ui/note-box.tsx';
import type { HolderDto } from '#shared/inbox.ts';
import { secondsLeft } from './lock-rules.ts';
import classes from './thread.module.css';
import type { ThreadLock as Lock } from './use-thread-lock.ts';

/** Above the messages: this teacher has the thread, and for how long. */
export function OwnLock({ holder, lock, now }: { holder: HolderDto; lock: Lock; now: number }) {
  const { inbox } = useOfficeText();
  const text = useText();
  const format = useFormat();
  return (
    <>
      <NoteBox icon={<IconLock {...icon.md} />} className={classes.note}>
        <div className={classes.lock}>
          <span>{inbox.held(format.wait(secondsLeft(holder.until, now)))}</span>
          <BusyButton
            type="button"
            size="sm"
            variant="subtle"
            className={classes.release}
            busy={lock.releasing}
            busyLabel={inbox.releasing}
            onClick={lock.release}
          >
            {inbox.release}
          </BusyButton>
        </div>
      </NoteBox>
      <FormError>{lock.releaseError && errorText(lock.releaseError, text, format)}</FormError>
    </>
  );
}

/** Above the composer: another teacher answers. What was typed here stays in the field. */
export function OthersLock({ holder, lost, now }: { holder: HolderDto; lost: boolean; now: number }) {
  const { inbox } = useOfficeText();
  const format = useFormat();
  return (
    <NoteBox tone={lost ? 'warn' : 'plain'} icon={<IconLock {...icon.md} />} role="status" className={classes.note}>
      <p>{lost ? inbox.lostTo(holder.name) : inbox.heldByOther(holder.name)}</p>
      <p>{inbox.heldUntil(format.wait(secondsLeft(holder.until, now)))}</p>
    </NoteBox>
  );
}
