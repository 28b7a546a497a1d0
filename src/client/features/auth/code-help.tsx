import { useAccountText } from '#client/lib/account-text.ts';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useSite } from '#client/lib/me.ts';
import { FieldError } from '#client/ui/field-error.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import classes from './auth.module.css';
import type { useResend } from './use-resend.ts';

interface CodeHelpProps {
  resend: ReturnType<typeof useResend>;
  /** A new code was sent from this page. */
  resent: boolean;
  /** False where the form's own button sends the new code. */
  withButton: boolean;
}

/** What to do when no letter comes: where to look, when it can be sent again. */
export function CodeHelp({ resend, resent, withButton }: CodeHelpProps) {
  const text = useText();
  const account = useAccountText();
  const format = useFormat();
  const site = useSite();
  const { code: words } = account.auth;
  return (
    <>
      <p className={classes.foot}>{words.help}</p>
      {/* One line high whatever stands in it, and the countdown is not read out every second. */}
      <div className={`${classes.foot} ${classes.line}`}>
        {resend.wait > 0 && (
          <span role="timer" aria-live="off">
            {words.resendWait(format.clock(resend.wait))}
          </span>
        )}
        {resend.wait === 0 && withButton && (
          <button type="button" className={classes.textButton} aria-busy={resend.pending} onClick={resend.send}>
            {resend.pending ? account.auth.sending : words.resend}
          </button>
        )}
      </div>
      <div role="status" className={`${classes.slot} ${classes.slotText}`}>
        {resend.error ? <FieldError>{errorText(resend.error, text, format)}</FieldError> : resent && resend.wait > 0 && words.resent}
      </div>
      {site?.mailPage && (
        <NoteBox className={classes.mail}>
          {words.mailPageNote}{' '}
          <a href={site.mailPage} target="_blank" rel="noopener">
            {words.mailPage}
          </a>
        </NoteBox>
      )}
    </>
  );
}
