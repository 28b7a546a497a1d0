import { Link, Redirect, useSearch } from 'wouter';
import { useAccountText } from '#client/lib/account-text.ts';
import { useMe, useSetMe } from '#client/lib/me.ts';
import { usePageTitle } from '#client/lib/page.ts';
import layout from '#client/ui/layout.module.css';
import classes from './auth.module.css';
import { safeNext, withNext } from './next.ts';
import { PasswordForm } from './password-form.tsx';

export function ModeratorLoginPage() {
  const { auth } = useAccountText();
  const me = useMe();
  const setMe = useSetMe();
  const next = safeNext(useSearch(), window.location.origin);
  usePageTitle(auth.moderator.title);
  if (me) return <Redirect to={next ?? (me.role === 'moderator' ? '/admin' : '/')} replace />;
  return (
    <div className={layout.narrow}>
      <h1>{auth.moderator.title}</h1>
      <p className={classes.lead}>
        {auth.moderator.lead} <Link href={withNext('/login', next)}>{auth.moderator.student}</Link>
      </p>
      <PasswordForm onSignedIn={setMe} />
    </div>
  );
}
