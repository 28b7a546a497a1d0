import { useState } from 'react';
import { useAccountText } from '#client/lib/account-text.ts';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { rememberSignedIn } from '#client/lib/me.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import classes from './profile-layout.module.css';

export function SignOut({ size }: { size?: 'sm' }) {
  const text = useText();
  const account = useAccountText();
  const format = useFormat();
  const [leaving, setLeaving] = useState(false);
  const signOut = trpc.auth.signOut.useMutation({
    onSuccess() {
      setLeaving(true);
      // A fresh start: nothing that was loaded or typed stays in the tab for the next person.
      void rememberSignedIn(null).then(() => window.location.assign('/'));
    },
  });
  return (
    <div className={classes.out}>
      <BusyButton
        type="button"
        variant="default"
        size={size}
        busy={signOut.isPending || leaving}
        busyLabel={account.people.signingOut}
        onClick={() => signOut.mutate()}
      >
        {account.people.signOut}
      </BusyButton>
      <FormError>{signOut.error && errorText(signOut.error, text, format)}</FormError>
    </div>
  );
}
