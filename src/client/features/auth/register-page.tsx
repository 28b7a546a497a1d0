import { Link, Redirect, useLocation, useSearch } from 'wouter';
import { useAccountText } from '#client/lib/account-text.ts';
import { useMe } from '#client/lib/me.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { trpc } from '#client/lib/trpc.ts';
import layout from '#client/ui/layout.module.css';
import classes from './auth.module.css';
import { safeNext, withNext } from './next.ts';
import { RegisterForm } from './register-form.tsx';

export function RegisterPage() {
  const { auth } = useAccountText();
  const me = useMe();
  const [, navigate] = useLocation();
  const next = safeNext(useSearch(), window.location.origin);
  const queries = trpc.useUtils();
  usePageTitle(auth.register.title);
  if (me) return <Redirect to={next ?? '/'} replace />;
  return (
    <div className={layout.narrow}>
      <h1>{auth.register.title}</h1>
      <p className={classes.lead}>
        {auth.register.lead} <Link href={withNext('/login', next)}>{auth.register.signIn}</Link>
      </p>
      <RegisterForm
        onSent={(flow) => {
          queries.auth.flow.setData(undefined, flow);
          navigate(withNext('/login/code', next));
        }}
      />
    </div>
  );
}
