import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useAccountText } from '#client/lib/account-text.ts';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import type { SessionDto } from '#shared/auth.ts';
import { deviceOf } from './device-name.ts';
import classes from './devices-page.module.css';
import { SignOut } from './sign-out.tsx';

export function DeviceRow({ session, onEnded }: { session: SessionDto; onEnded: () => void }) {
  const text = useText();
  const account = useAccountText();
  const format = useFormat();
  const words = account.people.devices;
  const queries = trpc.useUtils();
  const end = trpc.auth.endSession.useMutation({
    onSuccess() {
      queries.auth.sessions.setData(undefined, (before) => before?.filter(({ id }) => id !== session.id));
      onEnded();
    },
  });
  const { browser, system, phone } = deviceOf(session.userAgent);
  const name = browser && system ? words.on(browser, system) : (browser ?? system ?? words.unknown);
  return (
    <li className={classes.row}>
      <span className={classes.icon}>{phone ? <IconDeviceMobile {...icon.md} /> : <IconDeviceDesktop {...icon.md} />}</span>
      <div className={classes.device}>
        <p>
          <b>{name}</b> {session.current && <span className={`${layout.tag} ${layout.tagBoard}`}>{words.here}</span>}
        </p>
        <p className={classes.meta}>
          <span>{words.seen(format.ago(session.lastSeenAt))}</span>
          <span>{words.since(format.dateTime(session.createdAt))}</span>
          <span>{session.ip}</span>
        </p>
        <FormError>{end.error && errorText(end.error, text, format)}</FormError>
      </div>
      {session.current ? (
        <SignOut size="sm" />
      ) : (
        <BusyButton
          type="button"
          variant="default"
          size="sm"
          busy={end.isPending || end.isSuccess}
          busyLabel={words.ending}
          label={words.endOf(name)}
          onClick={() => end.mutate({ id: session.id })}
        >
          {words.end}
        </BusyButton>
      )}
    </li>
  );
}
