import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { type FormEvent, lazy, Suspense, useRef, useState } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import type { BeginSecondStepResult } from '#shared/second-step.ts';
import profile from '../moderator-profile.module.css';
import classes from './second-step.module.css';

const QrCode = lazy(() => import('#client/features/notifications/qr-code.tsx').then((file) => ({ default: file.QrCode })));

export type Begun = Extract<BeginSecondStepResult, { outcome: 'begun' }>;

interface SetUpProps {
  begun: Begun;
  onOn: (codes: string[]) => void;
  onAgain: () => void;
  onCancel: () => void;
}

/** The secret, for a camera and for fingers, and the first code: it shows that the app has it. */
export function SetUp({ begun: { setup, secret, address }, onOn, onAgain, onCancel }: SetUpProps) {
  const { setUp: words, checking } = useOfficeText().profile.secondStep;
  const text = useText();
  const format = useFormat();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [gone, setGone] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  function refuse(said: string) {
    setProblem(said);
    field.current?.focus();
    field.current?.select();
  }

  const turnOn = trpc.auth.secondStep.turnOn.useMutation({
    onSuccess(result) {
      if (result.outcome === 'on') onOn(result.codes);
      else if (result.outcome === 'setup-gone') setGone(true);
      else refuse(words[result.outcome]);
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (gone) return onAgain();
    if (turnOn.isPending) return;
    if (code.trim() === '') return refuse(text.errors.field.required);
    setProblem(null);
    turnOn.mutate({ setup, code });
  }

  return (
    <form className={`${layout.formStack} ${profile.form}`} onSubmit={submit} noValidate>
      {!gone && (
        <>
          <div>
            <p>{words.scan}</p>
            <div className={classes.code}>
              <Suspense fallback={null}>
                <QrCode text={address} label={words.qr} />
              </Suspense>
            </div>
            <p className={profile.note}>{words.manual}</p>
            <code className={classes.secret}>{secret.match(/.{4}/g)?.join(' ')}</code>
          </div>
          <TextInput
            ref={field}
            label={words.code}
            description={words.codeHelp}
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={12}
            value={code}
            error={problem && <FieldError>{problem}</FieldError>}
            onChange={(event) => {
              setCode(event.currentTarget.value);
              setProblem(null);
            }}
          />
        </>
      )}
      <FormError>{gone ? words.gone : turnOn.error && errorText(turnOn.error, text, format)}</FormError>
      <div className={classes.foot}>
        <BusyButton busy={turnOn.isPending} busyLabel={checking}>
          {gone ? words.again : words.confirm}
        </BusyButton>
        <Button variant="default" onClick={onCancel}>
          {text.common.cancel}
        </Button>
      </div>
    </form>
  );
}
