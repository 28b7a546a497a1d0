import type { ReactNode } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { useNavigation } from '#client/lib/navigation.ts';
import { OfflineLine } from './offline-line.tsx';
import classes from './page-shell.module.css';
import { SiteFooter } from './site-footer.tsx';
import { PlainHeader, SiteHeader } from './site-header.tsx';
import { TabBar } from './tab-bar.tsx';

interface PageShellProps {
  /** `plain`: the logo only, on the way in (sign-in, registration). */
  head?: 'full' | 'plain';
  children: ReactNode;
}

/** Skip link, head, contents, foot, and on a phone the bottom bar of who is signed in. It stays while pages change inside. */
export function PageShell({ head = 'full', children }: PageShellProps) {
  const text = useText();
  const me = useMe();
  useNavigation();
  return (
    <div className={classes.page}>
      <a className={classes.skip} href="#main">
        {text.common.skip}
      </a>
      <OfflineLine />
      {head === 'plain' ? <PlainHeader /> : <SiteHeader />}
      <main id="main" className={classes.main} tabIndex={-1}>
        {children}
      </main>
      <SiteFooter />
      {head === 'full' && me && <TabBar me={me} />}
    </div>
  );
}
