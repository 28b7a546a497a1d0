import { IconCamera } from '@tabler/icons-react';
import { useId, useRef, useState } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { FieldError } from '#client/ui/field-error.tsx';
import { icon } from '#client/ui/icon.ts';
import { Verdict } from '#client/ui/verdict.tsx';
import classes from './long-answer.module.css';
import { LongAnswerChosen } from './long-answer-chosen.tsx';
import { type HandInPhase, isEditable } from './long-answer-drafts.ts';
import { acceptedFiles, WorkTextField } from './long-answer-text.tsx';
import { useSlow } from './use-slow.ts';
import { useWorkDrafts } from './use-work-drafts.ts';
import { useWorkFiles } from './use-work-files.ts';

interface LongAnswerFormProps {
  taskId: string;
  /** What the next round begins with. */
  startText: string;
  again: boolean;
  headingId: string;
}

export function LongAnswerForm({ taskId, startText, again, headingId }: LongAnswerFormProps) {
  const text = useText().tasks.long;
  const works = useWorkDrafts();
  const phase = works.phases.use()[taskId] ?? { phase: 'writing' };
  const draft = works.drafts.use()[taskId] ?? works.draftOf(taskId);
  const files = useWorkFiles(works, taskId);
  const [begun, setBegun] = useState(false);
  const [empty, setEmpty] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const id = useId();
  const busy = useSlow(phase.phase === 'sending');
  const editable = isEditable(phase);
  const typed = draft.text === '' && !begun ? startText : draft.text;

  function handIn(): void {
    const nothing = typed.trim() === '' && files.files.length === 0 && files.arriving.length === 0;
    setEmpty(nothing);
    if (nothing) return;
    if (typed !== draft.text) works.write(taskId, { text: typed });
    works.handIn(taskId);
  }

  return (
    <form
      className={classes.part}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        handIn();
      }}
    >
      {again && <h4 className={classes.title}>{text.again}</h4>}
      <WorkTextField
        id={id}
        headingId={headingId}
        value={typed}
        readOnly={!editable}
        invalid={empty}
        onChange={(value) => {
          setBegun(true);
          setEmpty(false);
          works.write(taskId, { text: value });
        }}
      />
      <LongAnswerChosen files={files} editable={editable} />
      <div className={classes.buttons}>
        <Button
          variant="default"
          leftSection={<IconCamera {...icon.md} />}
          aria-disabled={!editable || files.room <= 0}
          onClick={() => editable && files.room > 0 && chooser.current?.click()}
        >
          {text.add}
        </Button>
        <input
          ref={chooser}
          type="file"
          hidden
          multiple
          accept={acceptedFiles}
          aria-label={text.add}
          onChange={(event) => {
            setEmpty(false);
            files.add([...(event.target.files ?? [])]);
            // The same file may be chosen again.
            event.target.value = '';
          }}
        />
        <BusyButton busy={busy} busyLabel={text.handingIn} unavailable={!editable && !busy} miw={180}>
          {text.handIn}
        </BusyButton>
      </div>
      <div className={classes.status}>
        {empty && (
          <p role="alert" id={`${id}-empty`}>
            <FieldError>{text.empty}</FieldError>
          </p>
        )}
        <HandInState phase={phase} onStop={() => works.stop(taskId)} />
      </div>
    </form>
  );
}

function HandInState({ phase, onStop }: { phase: HandInPhase; onStop: () => void }) {
  const text = useText();
  const words = text.tasks.long;
  const format = useFormat();
  const stop = (
    <Button variant="subtle" size="sm" className={classes.stop} onClick={onStop}>
      {words.change}
    </Button>
  );
  switch (phase.phase) {
    case 'writing':
    case 'sending':
      return <Verdict state={null} idle={words.kept} />;
    case 'uploading':
      return (
        <Verdict state="pending" title={words.afterUpload}>
          {stop}
        </Verdict>
      );
    case 'waiting':
      return (
        <Verdict state="pending" title={phase.for === 'session' ? text.tasks.verdict.session : words.pending}>
          {phase.for === 'session' ? words.session : words.pendingText} {stop}
        </Verdict>
      );
    case 'refused':
      return (
        <Verdict state="repeat" title={words.failed}>
          {errorText(phase.error, text, format)}
        </Verdict>
      );
    case 'not-now':
      return (
        <Verdict state="repeat" title={words.failed}>
          {words.notNow}
        </Verdict>
      );
  }
}
