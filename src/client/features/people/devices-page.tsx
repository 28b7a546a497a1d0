import { useState } from 'react';
import { useAccountText } from '#client/lib/account-text.ts';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { anewUnlessSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { SessionDto } from '#shared/auth.ts';
import { DeviceRow } from './device-row.tsx';
import classes from './devices-page.module.css';
import { ProfileLayout } from './profile-layout.tsx';

export function DevicesPage() {
  const { people } = useAccountText();
  const me = useMe();
  const sessions = trpc.auth.sessions.useQuery(undefined, { staleTime: anewUnlessSent });
  usePageTitle(people.devices.title);
  const skeleton = <SkeletonBlock height={68} />;
  return (
    <ProfileLayout>
      <h2>{people.devices.title}</h2>
      <p className={classes.lead}>{me?.role === 'moderator' ? people.devices.textPassword : people.devices.text}</p>
      <div className={classes.list}>
        <QueryView query={sessions} skeleton={skeleton} errorTitle={people.devices.load} level={3}>
          {(found) => <DeviceList sessions={found} />}
        </QueryView>
      </div>
    </ProfileLayout>
  );
}

function DeviceList({ sessions }: { sessions: SessionDto[] }) {
  const text = useText();
  const account = useAccountText();
  const format = useFormat();
  const queries = trpc.useUtils();
  const [done, setDone] = useState('');
  // This device first, then those last seen first.
  const ordered = [...sessions].sort(
    (a, b) => Number(b.current) - Number(a.current) || Date.parse(b.lastSeenAt) - Date.parse(a.lastSeenAt),
  );
  const endOthers = trpc.auth.endOtherSessions.useMutation({
    onMutate: () => setDone(''),
    onSuccess() {
      queries.auth.sessions.setData(undefined, (before) => before?.filter((session) => session.current));
      setDone(account.people.devices.othersEnded);
    },
  });
  return (
    <>
      <ul className={layout.list}>
        {ordered.map((session) => (
          <DeviceRow key={session.id} session={session} onEnded={() => setDone(account.people.devices.ended)} />
        ))}
      </ul>
      <div className={classes.foot}>
        {sessions.length > 1 && (
          <BusyButton
            type="button"
            variant="default"
            busy={endOthers.isPending}
            busyLabel={account.people.devices.ending}
            onClick={() => endOthers.mutate()}
          >
            {account.people.devices.endOthers}
          </BusyButton>
        )}
        <span role="status" className={classes.done}>
          {done}
        </span>
        <FormError>{endOthers.error && errorText(endOthers.error, text, format)}</FormError>
      </div>
    </>
  );
}
