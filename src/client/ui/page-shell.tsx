import { lazy, type ReactNode, Suspense } from 'react';
import { examHead } from '#client/lib/exam-frame.ts';
import { useText } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { useNavigation } from '#client/lib/navigation.ts';
import { OfflineLine } from './offline-line.tsx';
import classes from './page-shell.module.css';
import { SiteFooter } from './site-footer.tsx';
import { PlainHeader, SiteHeader } from './site-header.tsx';

/** Only for whoever is signed in: a guest's first visit does not pay for it. It stands below everything, so nothing moves when it comes. */
const TabBar = lazy(() => import('./tab-bar.tsx').then((file) => ({ default: file.TabBar })));

interface PageShellProps {
  /** `plain`: the logo only, on the way in (sign-in, registration). `exam`: a bar that the exam fills itself, and nothing that leads away. */
  head?: 'full' | 'plain' | 'exam';
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
      <div className={head === 'exam' ? classes.examTop : classes.top}>
        <OfflineLine />
        {head === 'exam' && <header ref={examHead.set} className={classes.examBar} />}
      </div>
      {head === 'plain' && <PlainHeader />}
      {head === 'full' && <SiteHeader />}
      <main id="main" className={classes.main} tabIndex={-1}>
        {children}
      </main>
      <SiteFooter />
      {head === 'full' && me && (
        <Suspense fallback={null}>
          <TabBar me={me} />
        </Suspense>
      )}
    </div>
  );
}
