import { useState } from 'react';
import { useAccountText } from '#client/lib/account-text.ts';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useLocale, useText } from '#client/lib/i18n.tsx';
import { useSetMe } from '#client/lib/me.ts';
import { accountBlocked } from '#client/lib/session.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import type { CodeFlowDto, MeDto } from '#shared/auth.ts';
import { KeepAccount } from '../people/personal-data/keep-account.tsx';
import classes from './auth.module.css';
import { type Closing, CodeEntry } from './code-entry.tsx';
import { PasswordForm } from './password-form.tsx';
import own from './session-ended.module.css';

/** Signs the same person in again without leaving the page. Put off, it waits in a line at the bottom. */
export function SessionEnded({ person }: { person: MeDto }) {
  const [asking, setAsking] = useState(true);
  const text = useText();
  const setMe = useSetMe();
  const words = text.common.session;
  const blocked = accountBlocked.use();
  if (!asking) {
    return (
      <div className={own.line} role="status">
        <span>{blocked ? words.blocked : words.title}</span>
        <Button size="sm" onClick={() => setAsking(true)}>
          {words.resume}
        </Button>
      </div>
    );
  }
  const later = () => setAsking(false);
  if (blocked) {
    return (
      <Dialog small title={words.blocked} onClose={later}>
        <p className={own.text}>{text.errors.byCode.AUTH_BLOCKED}</p>
      </Dialog>
    );
  }
  const moderator = person.role === 'moderator';
  return (
    <Dialog small title={words.title} onClose={later}>
      <p className={own.text}>{moderator ? words.textPassword : words.text}</p>
      {moderator ? <PasswordForm email={person.email} onSignedIn={setMe} /> : <CodeAgain email={person.email} onSignedIn={setMe} />}
      <Button variant="subtle" className={own.later} onClick={later}>
        {words.later}
      </Button>
    </Dialog>
  );
}

function CodeAgain({ email, onSignedIn }: { email: string; onSignedIn: (me: MeDto) => void }) {
  const text = useText();
  const account = useAccountText();
  const format = useFormat();
  const locale = useLocale();
  const queries = trpc.useUtils();
  // A code that is under way from before this moment may be anybody's: only what was asked for here is entered here.
  const [asked, setAsked] = useState<CodeFlowDto | null>(null);
  const flow = trpc.auth.flow.useQuery(undefined, { enabled: asked !== null });
  const request = trpc.auth.requestCode.useMutation({
    onSuccess(started) {
      queries.auth.flow.setData(undefined, started);
      setAsked(started);
    },
  });
  const [closing, setClosing] = useState<Closing | null>(null);
  if (closing) return <KeepAccount level={3} {...closing} onSignedIn={onSignedIn} />;
  if (asked) return <CodeEntry flow={flow.data ?? asked} onSignedIn={onSignedIn} onClosing={setClosing} onRestart={() => setAsked(null)} />;
  return (
    <>
      <p className={classes.lead}>
        {text.common.session.sendTo} <b className={classes.email}>{email}</b>
      </p>
      <div className={own.error}>
        <FormError>{request.error && errorText(request.error, text, format)}</FormError>
      </div>
      <BusyButton
        type="button"
        size="lg"
        fullWidth
        className={classes.submit}
        busy={request.isPending}
        busyLabel={account.auth.sending}
        onClick={() => request.mutate({ email, locale })}
      >
        {account.auth.getCode}
      </BusyButton>
    </>
  );
}
