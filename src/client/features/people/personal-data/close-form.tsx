import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { CodeCells } from '#client/features/auth/code-cells.tsx';
import { CodeHelp } from '#client/features/auth/code-help.tsx';
import { useAccountText } from '#client/lib/account-text.ts';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { rememberSignedIn } from '#client/lib/me.ts';
import { useNow } from '#client/lib/now.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FieldError } from '#client/ui/field-error.tsx';
import type { CloseAccountResult, EraseFlowDto } from '#shared/personal-data.ts';
import classes from './personal-data.module.css';

interface CloseFormProps {
  flow: EraseFlowDto;
  /** A new code is being sent. */
  asking: boolean;
  onAskAgain: () => void;
}

/** The code from the letter. Unlike at the door it is not sent by itself with the sixth digit: one presses the button that says what happens. */
export function CloseForm({ flow, asking, onAskAgain }: CloseFormProps) {
  const text = useText();
  const format = useFormat();
  const { personalData, auth } = useAccountText();
  const words = personalData.erase;
  const [code, setCode] = useState('');
  const [refused, setRefused] = useState<Exclude<CloseAccountResult, { outcome: 'closed' }> | null>(null);
  const [leaving, setLeaving] = useState(false);
  const now = useNow(1000);
  const close = trpc.people.personalData.close.useMutation({
    onSuccess(result) {
      if (result.outcome !== 'closed') {
        setRefused(result);
        setCode('');
        return;
      }
      setLeaving(true);
      // A fresh start: nothing that was loaded or typed stays in the tab.
      void rememberSignedIn(null).then(() => window.location.assign(`/profile/closed?until=${encodeURIComponent(result.eraseAt)}`));
    },
  });
  const expired = Date.parse(flow.expiresAt) <= now;
  const outcome = refused?.outcome ?? (expired ? 'expired' : null);
  const dead = outcome === 'burnt' || outcome === 'expired' || outcome === 'no-flow';
  const problem = () => {
    if (close.error) return errorText(close.error, text, format);
    if (refused?.outcome === 'wrong') return auth.code.wrong(refused.attemptsLeft);
    if (outcome === 'malformed') return auth.code.malformed;
    if (outcome === 'burnt') return auth.code.burnt;
    if (outcome === 'expired') return auth.code.expired;
    return outcome === 'no-flow' ? auth.code.gone : null;
  };
  const said = problem();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (close.isPending || leaving || dead) return;
    if (code.length < 6) setRefused({ outcome: 'malformed' });
    else close.mutate({ token: flow.token, code });
  }

  return (
    <form onSubmit={submit} noValidate>
      <p className={classes.text} role="status">
        {words.sent(flow.email)}
      </p>
      <CodeCells
        code={code}
        invalid={said !== null}
        readOnly={dead}
        describedBy="close-problem"
        onChange={(digits) => {
          setCode(digits);
          if (digits !== '' && !dead) setRefused(null);
        }}
        onComplete={() => {}}
      />
      <div className={classes.slot} id="close-problem" role="alert">
        {said && <FieldError>{said}</FieldError>}
      </div>
      <div className={classes.actions}>
        <BusyButton busy={close.isPending || leaving} busyLabel={words.closing} unavailable={dead}>
          {words.confirm}
        </BusyButton>
        <Link href="/profile/data">{words.back}</Link>
      </div>
      <CodeHelp
        resend={{ wait: Math.max(0, Date.parse(flow.resendAt) - now), expired, pending: asking, error: null, send: onAskAgain }}
        resent={false}
        withButton
      />
    </form>
  );
}
