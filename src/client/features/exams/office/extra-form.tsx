import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import forms from '#client/features/courses/office/forms.module.css';
import { useUndo } from '#client/features/office/undo.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import type_ from '#client/ui/type.module.css';
import { examLimits } from '#shared/exams.ts';
import type { StudentHitDto } from '#shared/students.ts';
import { useExams } from './use-exams.ts';

interface ExtraFormProps {
  examId: string;
  person: StudentHitDto;
  stored: { minutes: number; attempts: number };
  onOther: () => void;
}

export function ExtraForm({ examId, person, stored, onOther }: ExtraFormProps) {
  const { exams, shell } = useOfficeText();
  const words = exams.extras;
  const { api, change, refusal } = useExams();
  const offerUndo = useUndo();
  const [minutes, setMinutes] = useState(String(stored.minutes));
  const [attempts, setAttempts] = useState(String(stored.attempts));
  const [state, setState] = useState<{ busy?: boolean; saved?: boolean; problem?: string; field?: 'minutes' | 'attempts' }>({});
  const name = `${person.lastName} ${person.firstName}`;
  const write = (to: { minutes: number; attempts: number }) =>
    change({ send: () => api.setExtra.mutate({ examId, personId: person.id, ...to }) });

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (state.busy) return;
    if (!isWhole(minutes, examLimits.extraMinutes)) return setState({ field: 'minutes' });
    if (!isWhole(attempts, examLimits.extraAttempts)) return setState({ field: 'attempts' });
    setState({ busy: true });
    try {
      const before = { minutes: stored.minutes, attempts: stored.attempts };
      await write({ minutes: Number(minutes), attempts: Number(attempts) });
      setState({ saved: true });
      offerUndo({ message: exams.done.extra(name), undo: () => write(before) });
    } catch (error) {
      setState({ problem: refusal(error) });
    }
  }

  return (
    <form className={layout.formStack} onSubmit={submit} noValidate>
      <p>
        <span className={type_.strong}>{name}</span>, {person.email}
      </p>
      <TextInput
        label={words.minutes}
        description={words.minutesHelp}
        inputMode="numeric"
        maxLength={4}
        autoComplete="off"
        classNames={{ wrapper: forms.narrow }}
        value={minutes}
        error={state.field === 'minutes' && <FieldError>{words.badMinutes}</FieldError>}
        onChange={(event) => {
          setMinutes(event.currentTarget.value);
          setState({});
        }}
      />
      <TextInput
        label={words.attempts}
        inputMode="numeric"
        maxLength={2}
        autoComplete="off"
        classNames={{ wrapper: forms.narrow }}
        value={attempts}
        error={state.field === 'attempts' && <FieldError>{words.badAttempts}</FieldError>}
        onChange={(event) => {
          setAttempts(event.currentTarget.value);
          setState({});
        }}
      />
      <FormError>{state.problem}</FormError>
      <div className={forms.foot}>
        <BusyButton busy={state.busy ?? false} busyLabel={words.saving}>
          {words.save}
        </BusyButton>
        <Button variant="subtle" onClick={onOther}>
          {words.other}
        </Button>
        <span role="status">{state.saved && shell.saved}</span>
      </div>
    </form>
  );
}

const isWhole = (typed: string, max: number) => /^\d{1,4}$/.test(typed.trim()) && Number(typed) <= max;
