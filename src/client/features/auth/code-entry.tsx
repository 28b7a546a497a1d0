import { type FormEvent, useRef, useState } from 'react';
import { useAccountText } from '#client/lib/account-text.ts';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FieldError } from '#client/ui/field-error.tsx';
import type { CodeFlowDto, MeDto, VerifyCodeResult } from '#shared/auth.ts';
import classes from './auth.module.css';
import { CodeCells } from './code-cells.tsx';
import { CodeHelp } from './code-help.tsx';
import { useResend } from './use-resend.ts';

type Refusal = Exclude<VerifyCodeResult['outcome'], 'signed-in' | 'closing'>;
export type Closing = Extract<VerifyCodeResult, { outcome: 'closing' }>;

interface CodeEntryProps {
  flow: CodeFlowDto;
  onSignedIn: (me: MeDto) => void;
  /** The account was deleted by its student and is not erased yet. */
  onClosing: (closing: Closing) => void;
  /** Nothing is under way for this browser: the address has to be given again. */
  onRestart: () => void;
}

/** The code goes out by itself with the sixth digit. A code that can no longer be right gives its button to the sending of a new one. */
export function CodeEntry({ flow, onSignedIn, onClosing, onRestart }: CodeEntryProps) {
  const text = useText();
  const account = useAccountText();
  const format = useFormat();
  const queries = trpc.useUtils();
  const [code, setCode] = useState('');
  const [refused, setRefused] = useState<Refusal | null>(flow.attemptsLeft === 0 ? 'burnt' : null);
  const [resent, setResent] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const sent = useRef('');

  const verify = trpc.auth.verifyCode.useMutation({
    onSuccess(result) {
      if (result.outcome === 'signed-in') return onSignedIn(result.me);
      if (result.outcome === 'closing') return onClosing(result);
      setRefused(result.outcome);
      if (result.outcome === 'wrong') queries.auth.flow.setData(undefined, { ...flow, attemptsLeft: result.attemptsLeft });
      startOver();
    },
    onError: startOver,
  });
  const resend = useResend(flow, (next) => {
    if (!next) return onRestart();
    setResent(true);
    setRefused(null);
    verify.reset();
    startOver();
  });

  function startOver() {
    sent.current = '';
    setCode('');
    form.current?.querySelector<HTMLInputElement>('input')?.focus();
  }

  function send(digits: string) {
    // Autofill and the form may both bring the same code.
    if (verify.isPending || sent.current === digits) return;
    sent.current = digits;
    setRefused(null);
    verify.mutate({ code: digits });
  }

  const { code: words } = account.auth;
  const state: Refusal | null = refused ?? (resend.expired ? 'expired' : null);
  const dead = state === 'burnt' || state === 'expired' || state === 'no-flow';
  const spoken: Record<Refusal, string> = {
    wrong: words.wrong(flow.attemptsLeft),
    malformed: words.malformed,
    burnt: words.burnt,
    expired: words.expired,
    'no-flow': words.gone,
    blocked: text.errors.byCode.AUTH_BLOCKED,
  };
  const problem = state ? spoken[state] : verify.error ? errorText(verify.error, text, format) : null;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (state === 'no-flow') onRestart();
    else if (dead) {
      if (resend.wait === 0) resend.send();
    } else if (code.length === 6) send(code);
    else setRefused('malformed');
  }

  return (
    <>
      <form ref={form} className={classes.form} onSubmit={submit} noValidate>
        <CodeCells
          code={code}
          invalid={problem !== null}
          readOnly={dead}
          describedBy="code-problem"
          onChange={(digits) => {
            setCode(digits);
            if (digits !== '' && !dead) setRefused(null);
          }}
          onComplete={send}
        />
        <div className={classes.slot} id="code-problem" role="alert">
          {problem && <FieldError>{problem}</FieldError>}
        </div>
        <BusyButton
          size="lg"
          fullWidth
          className={classes.submit}
          busy={dead ? resend.pending : verify.isPending}
          busyLabel={dead ? account.auth.sending : words.checking}
          unavailable={dead && state !== 'no-flow' && resend.wait > 0}
        >
          {dead ? words.getNew : account.auth.signIn}
        </BusyButton>
      </form>
      <CodeHelp resend={resend} resent={resent} withButton={!dead} />
    </>
  );
}
