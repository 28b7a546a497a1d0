import { useText } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { trpc } from '#client/lib/trpc.ts';
import classes from './mistakes-count.module.css';
import type_ from './type.module.css';

/** How many messages of teachers a student has not read. */
export function SupportCount() {
  const { nav } = useText().common;
  const student = useMe()?.role === 'student';
  const unread = trpc.chat.unread.useQuery(undefined, { enabled: student }).data?.messages ?? 0;
  if (unread === 0) return null;
  return (
    <>
      <span className={classes.count} aria-hidden="true">
        {unread > 99 ? '99+' : unread}
      </span>
      <span className={type_.hidden}>, {nav.answersUnread(unread)}</span>
    </>
  );
}
