import { useState } from 'react';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { SecondStepDto } from '#shared/second-step.ts';
import profile from '../moderator-profile.module.css';
import { type Asked, type Confirmed, OwnPassword } from './own-password.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import classes from './second-step.module.css';
import { type Begun, SetUp } from './set-up.tsx';

type View =
  | { at: 'state'; said?: string }
  | { at: 'password'; asked: Asked }
  | { at: 'set-up'; begun: Begun }
  | { at: 'codes'; codes: string[] };

/** Signing in with a code of an app after the password: off, on, and the ways between, one at a time in one place of the page. */
export function SecondStep({ email }: { email: string }) {
  const { secondStep: words } = useOfficeText().profile;
  const queries = trpc.useUtils();
  const mine = trpc.auth.secondStep.mine.useQuery();
  const [view, setView] = useState<View>({ at: 'state' });

  function changed(next: View) {
    setView(next);
    void queries.auth.secondStep.mine.invalidate();
    void queries.auth.sessions.invalidate();
    void queries.audit.list.invalidate();
  }

  function confirmed(result: Confirmed) {
    if (result.outcome === 'begun') setView({ at: 'set-up', begun: result });
    else if (result.outcome === 'renewed') changed({ at: 'codes', codes: result.codes });
    else changed({ at: 'state', said: words.turnedOff });
  }

  const back = () => setView({ at: 'state' });
  return (
    <section aria-labelledby="profile-second-step" className={profile.password}>
      <h2 id="profile-second-step">{words.title}</h2>
      {view.at === 'password' && <OwnPassword email={email} asked={view.asked} onConfirmed={confirmed} onCancel={back} />}
      {view.at === 'set-up' && (
        <SetUp
          begun={view.begun}
          onOn={(codes) => changed({ at: 'codes', codes })}
          onAgain={() => setView({ at: 'password', asked: 'begin' })}
          onCancel={back}
        />
      )}
      {view.at === 'codes' && <RecoveryCodes codes={view.codes} email={email} onSaved={back} />}
      {view.at === 'state' && (
        <>
          <QueryView query={mine} skeleton={<SkeletonBlock height={64} />} errorTitle={words.load} level={3}>
            {(state) => <State state={state} onAsk={(asked) => setView({ at: 'password', asked })} />}
          </QueryView>
          <p role="status" className={classes.said}>
            {view.said}
          </p>
        </>
      )}
    </section>
  );
}

function State({ state: { onSince, codesLeft }, onAsk }: { state: SecondStepDto; onAsk: (asked: Asked) => void }) {
  const { secondStep: words } = useOfficeText().profile;
  const format = useFormat();
  if (onSince === null) {
    return (
      <>
        <p className={profile.note}>{words.off}</p>
        <Button variant="default" className={profile.action} onClick={() => onAsk('begin')}>
          {words.turnOn}
        </Button>
      </>
    );
  }
  return (
    <>
      <p className={profile.lead}>{words.on(format.date(onSince))}</p>
      <p className={profile.note}>{words.codesLeft(codesLeft)}</p>
      <div className={classes.ways}>
        <Button variant="default" onClick={() => onAsk('renewCodes')}>
          {words.renew}
        </Button>
        <Button variant="default" onClick={() => onAsk('begin')}>
          {words.another}
        </Button>
        <Button variant="subtle" onClick={() => onAsk('turnOff')}>
          {words.turnOff}
        </Button>
      </div>
    </>
  );
}
