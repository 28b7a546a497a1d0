import { IconLock } from '@tabler/icons-react';
import { memo } from 'react';
import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';
import hidden from '#client/ui/type.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import { type InboxRowDto, lateMinutes } from '#shared/inbox.ts';
import classes from './inbox.module.css';
import { holderAt } from './lock-rules.ts';

interface InboxRowProps {
  row: InboxRowDto;
  href: string;
  open: boolean;
  now: number;
}

/** Who asks, where, what, and since when. Drawn anew only when one of these is another. */
export const InboxRow = memo(function InboxRow({ row, href, open, now }: InboxRowProps) {
  const { inbox } = useOfficeText();
  const holder = holderAt(row.holder, now);
  return (
    <li className={classes.row}>
      <Link href={href} id={`row-${row.threadId}`} aria-current={open ? 'true' : undefined} data-unread={row.unread > 0 || undefined}>
        {row.unread > 0 && (
          <>
            <span className={classes.dot} />
            <span className={hidden.hidden}>{inbox.unread} </span>
          </>
        )}
        <span className={classes.rowHead}>
          <bdi className={classes.name}>
            {row.student.firstName} {row.student.lastName}
          </bdi>
          <When row={row} now={now} />
        </span>
        <span className={classes.place}>
          <Place row={row} />
        </span>
        <Excerpt row={row} />
        {holder && (
          <span className={classes.holder}>
            <IconLock {...icon.sm} />
            <span>{holder.mine ? inbox.heldByMe : inbox.heldBy(holder.name)}</span>
          </span>
        )}
      </Link>
    </li>
  );
});

function When({ row, now }: { row: InboxRowDto; now: number }) {
  const { inbox } = useOfficeText();
  const format = useFormat();
  if (!row.waitingSince) return <span className={classes.when}>{format.ago(row.lastAt)}</span>;
  const minutes = Math.max(0, Math.floor((now - Date.parse(row.waitingSince)) / 60_000));
  const wait = inbox.wait(minutes);
  return (
    <span className={classes.when} data-late={minutes >= lateMinutes || undefined}>
      <span aria-hidden="true">{wait}</span>
      <span className={hidden.hidden}>{inbox.waits(wait)}</span>
    </span>
  );
}

function Place({ row: { task } }: { row: InboxRowDto }) {
  const { inbox } = useOfficeText();
  if (!task) return inbox.support;
  const course = setTitle(task.courseTitle);
  return task.examNumber === null
    ? inbox.placeInTopic(course, setTitle(task.topicTitle), task.number)
    : inbox.place(course, task.examNumber);
}

function Excerpt({ row }: { row: InboxRowDto }) {
  const { inbox } = useOfficeText();
  const words = row.excerpt || (row.files > 0 ? inbox.files(row.files) : inbox.noMessages);
  return (
    <span className={classes.excerpt}>
      {row.lastByTeacher && `${inbox.byTeacher} `}
      <bdi>{words}</bdi>
    </span>
  );
}
