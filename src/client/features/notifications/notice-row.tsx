import {
  IconAlertTriangle,
  IconBook,
  IconCalendarWeek,
  IconChecklist,
  IconCreditCard,
  IconInbox,
  IconMessageCircle,
  IconSpeakerphone,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { useNoticesText } from '#client/lib/notices-text.ts';
import { icon } from '#client/ui/icon.ts';
import type_ from '#client/ui/type.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { NoticeKind } from '#shared/notification-rules.ts';
import type { BellItemDto } from '#shared/notifications.ts';
import classes from './lists.module.css';

const signs: Record<NoticeKind, ReactNode> = {
  answer: <IconMessageCircle {...icon.md} />,
  grade: <IconChecklist {...icon.md} />,
  topic: <IconBook {...icon.md} />,
  news: <IconSpeakerphone {...icon.md} />,
  week: <IconCalendarWeek {...icon.md} />,
  payment: <IconCreditCard {...icon.md} />,
  question: <IconInbox {...icon.md} />,
  alert: <IconAlertTriangle {...icon.md} />,
};

export function NoticeRow({ item, unseen }: { item: BellItemDto; unseen: boolean }) {
  const { bell: words } = useNoticesText();
  const format = useFormat();
  return (
    <Link href={item.href} className={unseen ? `${classes.notice} ${classes.unseen}` : classes.notice}>
      <span className={classes.sign}>{signs[item.kind]}</span>
      <span>
        <span className={classes.title}>
          {unseen && <span className={type_.hidden}>{words.unseen} </span>}
          {setTitle(item.title)}
        </span>
        {item.text && (
          <span lang="ru" className={classes.text} dir="auto">
            {setTitle(item.text)}
          </span>
        )}
      </span>
      <span className={classes.when}>
        {unseen && <span className={classes.dot} />}
        <time dateTime={item.at}>{format.ago(item.at)}</time>
      </span>
    </Link>
  );
}
