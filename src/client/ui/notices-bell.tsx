import { IconBell } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { useText } from '#client/lib/i18n.tsx';
import { trpc } from '#client/lib/trpc.ts';
import { icon } from './icon.ts';
import classes from './notices-bell.module.css';
import type_ from './type.module.css';

/** The way to what one was told; a dot where something has not been seen. */
export function NoticesBell() {
  const { nav } = useText().common;
  const [path] = useLocation();
  const unseen = trpc.notifications.unseen.useQuery().data?.count ?? 0;
  return (
    <Link href="/notifications" className={classes.bell} aria-current={path === '/notifications' ? 'page' : undefined}>
      <IconBell {...icon.md} />
      <span className={type_.hidden}>
        {nav.notices}
        {unseen > 0 && `, ${nav.noticesUnseen(unseen)}`}
      </span>
      {unseen > 0 && <span className={classes.dot} />}
    </Link>
  );
}
