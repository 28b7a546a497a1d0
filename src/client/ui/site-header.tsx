import { IconHelpCircle } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { Link, useLocation } from 'wouter';
import { useText } from '#client/lib/i18n.tsx';
import { useMe, wasSignedIn } from '#client/lib/me.ts';
import type { MeDto } from '#shared/auth.ts';
import { Avatar } from './avatar.tsx';
import { icon } from './icon.ts';
import layout from './layout.module.css';
import { LinkButton } from './link-button.tsx';
import { LogoWordmark } from './logo-wordmark.tsx';
import { navigationFor } from './navigation-items.ts';
import classes from './site-header.module.css';
import type_ from './type.module.css';

/** For students only: a guest's first visit does not pay for it. */
const MistakesCount = lazy(() => import('./mistakes-count.tsx').then((file) => ({ default: file.MistakesCount })));
const NoticesBell = lazy(() => import('./notices-bell.tsx').then((file) => ({ default: file.NoticesBell })));
const SupportCount = lazy(() => import('./support-count.tsx').then((file) => ({ default: file.SupportCount })));

export function SiteHeader() {
  const text = useText();
  const me = useMe();
  const [path] = useLocation();
  const asGuest = me === null || (me === undefined && !wasSignedIn());
  return (
    <header className={classes.bar}>
      <div className={`${layout.wrap} ${classes.inner}`}>
        <Logo />
        <nav className={`${classes.nav} ${classes.notPhone}`} aria-label={text.common.nav.label}>
          {navigationFor(me ?? null, asGuest, text).map(({ href, label, current, counted }) => (
            <Link key={href} href={href} aria-current={current(path) ? 'page' : undefined}>
              {label}
              {counted && (
                // Its place is kept, so that what stands beside does not jump when the number comes.
                <span className={classes.count}>
                  <Suspense fallback={null}>
                    <MistakesCount />
                  </Suspense>
                </span>
              )}
            </Link>
          ))}
        </nav>
        <div className={classes.side}>
          <SupportLink me={me} asGuest={asGuest} current={path.startsWith('/support')} />
          {asGuest ? (
            <GuestDoors />
          ) : (
            // Its place is kept, as that of the counts is.
            <span className={classes.bell}>
              {me && (
                <Suspense fallback={null}>
                  <NoticesBell />
                </Suspense>
              )}
            </span>
          )}
          {me && <ProfileLink me={me} current={path.startsWith('/profile')} />}
        </div>
      </div>
    </header>
  );
}

/** The way in and registration: nothing to choose from but the logo. */
export function PlainHeader() {
  return (
    <header className={`${layout.wrap} ${classes.plain}`}>
      <Logo />
    </header>
  );
}

function Logo() {
  const text = useText();
  return (
    <Link href="/" className={classes.logo} aria-label={text.common.toHome}>
      <LogoWordmark />
    </Link>
  );
}

function GuestDoors() {
  const text = useText();
  return (
    <>
      <LinkButton href="/login" variant="default" size="sm">
        {text.common.nav.signIn}
      </LinkButton>
      <LinkButton href="/register" size="sm" className={classes.notPhone}>
        {text.common.nav.register}
      </LinkButton>
    </>
  );
}

/** On a phone it is a sign without a word for guests; who is signed in has it in the bar at the foot. */
function SupportLink({ me, asGuest, current }: { me: MeDto | null | undefined; asGuest: boolean; current: boolean }) {
  const text = useText();
  return (
    <Link
      href="/support"
      className={asGuest ? classes.support : `${classes.support} ${classes.notPhone}`}
      aria-current={current ? 'page' : undefined}
    >
      <IconHelpCircle {...icon.md} />
      <span className={classes.supportWord}>{text.common.nav.support}</span>
      {!asGuest && me?.role !== 'moderator' && (
        <span className={classes.count}>
          {me && (
            <Suspense fallback={null}>
              <SupportCount />
            </Suspense>
          )}
        </span>
      )}
    </Link>
  );
}

function ProfileLink({ me, current }: { me: MeDto; current: boolean }) {
  const text = useText();
  const name = `${me.firstName} ${me.lastName}`;
  return (
    <Link href="/profile" className={`${classes.avatar} ${classes.notPhone}`} aria-current={current ? 'page' : undefined}>
      <Avatar firstName={me.firstName} lastName={me.lastName} />
      <span className={type_.hidden}>{text.common.nav.profileOf(name)}</span>
    </Link>
  );
}
