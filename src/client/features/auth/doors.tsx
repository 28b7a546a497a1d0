import { type ReactNode, useEffect, useRef } from 'react';
import { Redirect, useLocation, useSearch } from 'wouter';
import { useText } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { sessionEnded } from '#client/lib/session.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import type { MeDto } from '#shared/auth.ts';
import { withNext } from './next.ts';
import { WaitForMe } from './wait-for-me.tsx';

/**
 * Lets in who is signed in; others sign in first and come back. Somebody whose session ends while the page is open keeps the page and what
 * they typed there, and is asked for the code over it.
 */
export function SignedIn({ children }: { children: ReactNode }) {
  const here = useHere();
  const me = useMe();
  const known = useKnown(me);
  if (known) return children;
  return me === null ? <Redirect to={withNext('/login', here)} replace /> : <WaitForMe />;
}

export function ForModerators({ children }: { children: ReactNode }) {
  const here = useHere();
  const me = useMe();
  const known = useKnown(me);
  if (!known) return me === null ? <Redirect to={withNext('/admin/login', here)} replace /> : <WaitForMe />;
  return known.role === 'moderator' ? children : <ModeratorsOnly />;
}

function ModeratorsOnly() {
  const text = useText();
  usePageTitle(text.site.moderatorsOnly.title);
  return (
    <div className={layout.wrap}>
      <EmptyState level={1} title={text.site.moderatorsOnly.title} action={<LinkButton href="/">{text.site.notFound.home}</LinkButton>}>
        {text.site.moderatorsOnly.text}
      </EmptyState>
    </div>
  );
}

/** Who was let in, also after the server no longer knows them. */
function useKnown(me: MeDto | null | undefined): MeDto | null {
  const known = useRef<MeDto | null>(null);
  if (me) known.current = me;
  useEffect(() => {
    if (me === null && known.current) sessionEnded.set(true);
  }, [me]);
  return known.current;
}

function useHere(): string {
  const [path] = useLocation();
  const search = useSearch();
  return path + (search ? `?${search}` : '') + window.location.hash;
}
