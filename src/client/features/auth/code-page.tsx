import { useState } from 'react';
import { Link, Redirect, useLocation, useSearch } from 'wouter';
import { useAccountText } from '#client/lib/account-text.ts';
import { useMe, useSetMe } from '#client/lib/me.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { KeepAccount } from '../people/personal-data/keep-account.tsx';
import classes from './auth.module.css';
import { type Closing, CodeEntry } from './code-entry.tsx';
import { safeNext, withNext } from './next.ts';

export function CodePage() {
  const { auth } = useAccountText();
  const me = useMe();
  const setMe = useSetMe();
  const [, navigate] = useLocation();
  const next = safeNext(useSearch(), window.location.origin);
  const flow = trpc.auth.flow.useQuery(undefined, { staleTime: 0 });
  const restart = withNext('/login', next);
  const [closing, setClosing] = useState<Closing | null>(null);
  usePageTitle(auth.code.title);
  if (me) return <Redirect to={next ?? '/'} replace />;
  if (closing) {
    return (
      <div className={layout.narrow}>
        <KeepAccount level={1} {...closing} onSignedIn={setMe} />
      </div>
    );
  }
  const skeleton = (
    <>
      <SkeletonBlock width={320} height={32} />
      <SkeletonBlock width={360} height={16} mt={20} />
      <SkeletonBlock height={64} mt={36} />
    </>
  );
  return (
    <div className={layout.narrow}>
      <QueryView query={flow} skeleton={skeleton} level={1}>
        {(found) =>
          found === null ? (
            <EmptyState level={1} title={auth.code.none} action={<LinkButton href={restart}>{auth.getCode}</LinkButton>}>
              {auth.code.noneText}
            </EmptyState>
          ) : (
            <>
              <h1>{auth.code.title}</h1>
              <p className={classes.lead}>
                {auth.code.sent} <b className={classes.email}>{found.email}</b>. <Link href={restart}>{auth.code.otherEmail}</Link>
              </p>
              <CodeEntry flow={found} onSignedIn={setMe} onClosing={setClosing} onRestart={() => navigate(restart)} />
            </>
          )
        }
      </QueryView>
    </div>
  );
}
