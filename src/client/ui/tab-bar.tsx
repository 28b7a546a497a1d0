import { IconBook, IconHelpCircle, IconHome, IconRefresh, IconUser, IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useText } from '#client/lib/i18n.tsx';
import type { MeDto } from '#shared/auth.ts';
import { icon } from './icon.ts';
import { MistakesCount } from './mistakes-count.tsx';
import { type NavigationItem, navigationFor } from './navigation-items.ts';
import { SupportCount } from './support-count.tsx';
import classes from './tab-bar.module.css';

const icons: Record<string, ReactNode> = {
  '/': <IconHome {...icon.lg} />,
  '/courses': <IconBook {...icon.lg} />,
  '/mistakes': <IconRefresh {...icon.lg} />,
  '/support': <IconHelpCircle {...icon.lg} />,
  '/admin': <IconUsers {...icon.lg} />,
  '/profile': <IconUser {...icon.lg} />,
};

/** The head's navigation within reach of a thumb; shown on phones only. */
export function TabBar({ me }: { me: MeDto }) {
  const text = useText();
  const [path] = useLocation();
  const support: NavigationItem = { href: '/support', label: text.common.nav.support, current: (at) => at.startsWith('/support') };
  const profile: NavigationItem = { href: '/profile', label: text.common.nav.profile, current: (at: string) => at.startsWith('/profile') };
  return (
    <nav className={classes.bar} aria-label={text.common.nav.label}>
      {[...navigationFor(me, false, text).filter(({ headOnly }) => !headOnly), support, profile].map(
        ({ href, label, current, counted }) => (
          <Link key={href} href={href} aria-current={current(path) ? 'page' : undefined}>
            {icons[href]}
            <span>{label}</span>
            {counted && <MistakesCount />}
            {href === '/support' && <SupportCount />}
          </Link>
        ),
      )}
    </nav>
  );
}
