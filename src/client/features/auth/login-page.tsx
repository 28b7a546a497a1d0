import { type FormEvent, useState } from 'react';
import { Link, Redirect, useLocation, useSearch } from 'wouter';
import { useAccountText } from '#client/lib/account-text.ts';
import { useDraft } from '#client/lib/draft.ts';
import { errorText, fieldErrors } from '#client/lib/errors.ts';
import { useFormat, useLocale, useText } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { emailProblem } from '#shared/values.ts';
import classes from './auth.module.css';
import { EmailField } from './email-field.tsx';
import { safeNext, withNext } from './next.ts';

export function LoginPage() {
  const { auth } = useAccountText();
  const me = useMe();
  const next = safeNext(useSearch(), window.location.origin);
  usePageTitle(auth.login.title);
  if (me) return <Redirect to={next ?? '/'} replace />;
  return (
    <div className={layout.narrow}>
      <h1>{auth.login.title}</h1>
      <p className={classes.lead}>
        {next?.startsWith('/courses/') ? auth.login.leadToTopic : auth.login.lead}{' '}
        <Link href={withNext('/register', next)}>{auth.login.register}</Link>
      </p>
      <LoginForm next={next} />
      <p className={classes.foot}>
        <Link href={withNext('/admin/login', next)}>{auth.login.moderator}</Link>
      </p>
    </div>
  );
}

function LoginForm({ next }: { next: string | null }) {
  const text = useText();
  const account = useAccountText();
  const format = useFormat();
  const locale = useLocale();
  const [, navigate] = useLocation();
  const queries = trpc.useUtils();
  const { draft, change, forget } = useDraft('login', { email: '' });
  const [problem, setProblem] = useState<string>();
  const request = trpc.auth.requestCode.useMutation({
    onSuccess(flow) {
      forget();
      queries.auth.flow.setData(undefined, flow);
      navigate(withNext('/login/code', next));
    },
    onError: (error) => refuse(fieldErrors(error, text).email),
  });

  function refuse(found: string | undefined) {
    setProblem(found);
    if (found) document.getElementById('email')?.focus();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (request.isPending) return;
    const found = emailProblem(draft.email);
    refuse(found ? text.errors.field[found] : undefined);
    if (!found) request.mutate({ email: draft.email, locale });
  }

  return (
    <form className={`${layout.formStack} ${classes.form}`} onSubmit={submit} noValidate>
      <EmailField
        value={draft.email}
        error={problem}
        onChange={(email) => {
          setProblem(undefined);
          change({ email });
        }}
      />
      <FormError>{request.error && !problem && errorText(request.error, text, format)}</FormError>
      <BusyButton size="lg" fullWidth busy={request.isPending} busyLabel={account.auth.sending}>
        {account.auth.getCode}
      </BusyButton>
    </form>
  );
}
