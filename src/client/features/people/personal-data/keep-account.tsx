import { useAccountText } from '#client/lib/account-text.ts';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import type { MeDto } from '#shared/auth.ts';
import classes from './personal-data.module.css';

interface KeepAccountProps {
  /** Of the heading. */
  level: 1 | 3;
  eraseAt: string;
  token: string;
  onSignedIn: (me: MeDto) => void;
}

/** The code was right, and the account waits to be erased: it may be kept. */
export function KeepAccount({ level, eraseAt, token, onSignedIn }: KeepAccountProps) {
  const text = useText();
  const format = useFormat();
  const { keep: words } = useAccountText().personalData;
  const Heading = level === 1 ? 'h1' : 'h3';
  const keep = trpc.people.personalData.keep.useMutation({
    onSuccess(result) {
      if (result.outcome === 'signed-in') onSignedIn(result.me);
    },
  });
  return (
    <section aria-labelledby="keep" role="status">
      <Heading id="keep">{words.title}</Heading>
      <p className={classes.text}>{words.text(format.date(eraseAt))}</p>
      {keep.data?.outcome === 'over' ? (
        <FieldError>{words.over}</FieldError>
      ) : (
        <BusyButton
          type="button"
          size="lg"
          fullWidth
          busy={keep.isPending}
          busyLabel={words.keeping}
          onClick={() => keep.mutate({ token })}
        >
          {words.keep}
        </BusyButton>
      )}
      <FormError>{keep.error && errorText(keep.error, text, format)}</FormError>
    </section>
  );
}
