import { IconMailOff } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useMe } from '#client/lib/me.ts';
import { useNoticesText } from '#client/lib/notices-text.ts';
import { icon } from '#client/ui/icon.ts';
import { NoteBox } from '#client/ui/note-box.tsx';
import type { SettingsDto } from '#shared/notifications.ts';
import classes from './settings.module.css';

/** Letters do not arrive: why, and what one can do. */
export function EmailBlocked({ settings: { email, emailBlocked } }: { settings: SettingsDto }) {
  const { emailBlocked: words } = useNoticesText().settings;
  const teacher = useMe()?.role === 'moderator';
  if (emailBlocked === null) return null;
  return (
    <NoteBox tone="warn" icon={<IconMailOff {...icon.md} />} className={classes.blocked}>
      <p>
        <b>{words.title(email)}</b>
      </p>
      <p>
        {words.why[emailBlocked]} {teacher ? words.teacher : words.student}
      </p>
      <p>
        <Link href={teacher ? '/admin/delivery' : '/support'}>{teacher ? words.toDelivery : words.toSupport}</Link>
      </p>
    </NoteBox>
  );
}
