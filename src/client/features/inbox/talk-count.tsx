import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import hidden from '#client/ui/type.module.css';
import classes from '../office/office-frame.module.css';

/** Questions without an answer, or unread messages of the rooms; nothing where there are none. Hints renew it at once, the clock otherwise. */
export function TalkCount({ of }: { of: 'waiting' | 'rooms' }) {
  const { inbox, rooms } = useOfficeText();
  const format = useFormat();
  const { data } = trpc.chat.unread.useQuery(undefined, { refetchInterval: 60_000 });
  const count = (of === 'waiting' ? data?.waiting : data?.messages) ?? 0;
  if (count === 0) return null;
  return (
    <>
      <span className={classes.count} aria-hidden="true">
        {of === 'rooms' && count > 99 ? '99+' : format.number(count)}
      </span>
      <span className={hidden.hidden}>, {of === 'waiting' ? inbox.waiting(count) : rooms.unread(count)}</span>
    </>
  );
}
