import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { useAccountText } from '#client/lib/account-text.ts';
import { useMe } from '#client/lib/me.ts';
import { Avatar } from '#client/ui/avatar.tsx';
import layout from '#client/ui/layout.module.css';
import classes from './profile-layout.module.css';
import { SignOut } from './sign-out.tsx';

/** Whose profile it is, and its parts. */
export function ProfileLayout({ children }: { children: ReactNode }) {
  const { people } = useAccountText();
  const me = useMe();
  const [path] = useLocation();
  const nav = useRef<HTMLElement>(null);
  // On a phone the tabs are wider than the screen: the one that is open must be seen.
  useEffect(() => {
    // In a block: newer browsers answer with a promise, which an effect must not return.
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, []);
  const tabs = [
    ['/profile', me?.role === 'moderator' ? people.tabs.work : people.tabs.statistics],
    ['/profile/notifications', people.tabs.notices],
    ...(me?.payments && me.role === 'student' ? ([['/profile/payments', people.tabs.payments]] as const) : []),
    ['/profile/devices', people.tabs.devices],
    ['/profile/data', people.tabs.data],
  ] as const;
  return (
    <div className={layout.wrap}>
      {me && (
        <div className={classes.head}>
          <Avatar firstName={me.firstName} lastName={me.lastName} large />
          <div className={classes.who}>
            <h1>
              {me.firstName} {me.lastName}
            </h1>
            <p className={classes.email}>{me.email}</p>
          </div>
          <div className={classes.headOut}>
            <SignOut />
          </div>
        </div>
      )}
      <nav ref={nav} className={classes.tabs} aria-label={people.tabs.label}>
        {tabs.map(([href, label]) => (
          <Link key={href} href={href} aria-current={path === href ? 'page' : undefined}>
            {label}
          </Link>
        ))}
      </nav>
      <div className={classes.body}>{children}</div>
    </div>
  );
}
