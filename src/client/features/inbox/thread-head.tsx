import '@mantine/core/styles/ActionIcon.layer.css';
import { ActionIcon } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useOfficeText } from '#client/lib/office-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { InboxThreadDto } from '#shared/inbox.ts';
import classes from './thread.module.css';

/** By this class the keyboard finds the button. */
export const closeThreadClass = 'close-thread';

interface ThreadHeadProps {
  thread: InboxThreadDto;
  backHref: string;
  closing: boolean;
  onClose: () => void;
  onAbout: () => void;
}

/** Whose thread it is, where it stands, and whether it is still open. */
export function ThreadHead({ thread: { thread, student }, backHref, closing, onClose, onAbout }: ThreadHeadProps) {
  const { inbox } = useOfficeText();
  return (
    <div className={classes.head}>
      <ActionIcon component={Link} href={backHref} aria-label={inbox.back} className={classes.backLink}>
        <IconArrowLeft {...icon.lg} />
      </ActionIcon>
      <div className={classes.who}>
        <h2 id="thread-title" tabIndex={-1} data-anchor-target="">
          <bdi>
            {student.firstName} {student.lastName}
          </bdi>
        </h2>
        <p className={classes.place}>
          <Place task={thread.task} />
        </p>
      </div>
      <div className={classes.buttons}>
        <Button size="sm" variant="default" className={classes.narrowOnly} onClick={onAbout}>
          {inbox.about}
        </Button>
        <BusyButton
          type="button"
          size="sm"
          variant="default"
          className={closeThreadClass}
          busy={closing}
          busyLabel={thread.closed ? inbox.reopening : inbox.closing}
          onClick={onClose}
        >
          {thread.closed ? inbox.reopen : inbox.close}
        </BusyButton>
      </div>
    </div>
  );
}

function Place({ task }: Pick<InboxThreadDto['thread'], 'task'>) {
  const { inbox } = useOfficeText();
  if (!task) return inbox.support;
  return (
    <>
      <Link href={`/courses/${task.courseSlug}/${task.topicSlug}#${task.slug}`}>{inbox.task(task.number)}</Link>
      {' ('}
      <Link href={`/admin/tasks/${task.id}`}>{inbox.inOffice}</Link>
      {`), ${setTitle(task.topicTitle)}, ${setTitle(task.courseTitle)}`}
    </>
  );
}
