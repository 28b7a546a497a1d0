import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { type FormEvent, useId, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { say } from '#client/features/office/undo.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import { scaleLimits } from '#shared/exams.ts';
import type { OfficeScaleDto, ScaleSubjectDto } from '#shared/scales.ts';
import { ScaleCells } from './scale-cells.tsx';
import { ScaleConflict } from './scale-conflict.tsx';
import { ScalePaste } from './scale-paste.tsx';
import { scalesPath } from './scale-paths.ts';
import { ScalePreview } from './scale-preview.tsx';
import { readCells, type TableProblem, wholeIn, withPasted } from './scale-table.ts';
import classes from './scales.module.css';
import { useScaleChange } from './use-scale-change.ts';
import { type ScaleDraft, useScaleDraft } from './use-scale-draft.ts';

interface ScaleEditorProps {
  subject: ScaleSubjectDto;
  /** Null: a new one. */
  scale: OfficeScaleDto | null;
}

/** The table of one year. What is typed survives a reload and the way back to the list. */
export function ScaleEditor({ subject, scale }: ScaleEditorProps) {
  const text = useText();
  const format = useFormat();
  const { scales: words } = useOfficeText();
  const { api, changed } = useScaleChange();
  const [, navigate] = useLocation();
  const { draft, wasKept, change, forget } = useScaleDraft(subject, scale);
  const [state, setState] = useState<'idle' | 'busy'>('idle');
  const [errors, setErrors] = useState<{ year?: string; max?: string; form?: string }>({});
  const [shownProblem, setShownProblem] = useState<TableProblem | null>(null);
  const [note, setNote] = useState('');
  const [conflict, setConflict] = useState<{ points: number[] | null } | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const problemId = useId();

  const max = wholeIn(draft.max, { min: 1, max: scaleLimits.points });
  const read = max === null ? null : readCells(draft.cells, max);
  const focus = (name: string) => requestAnimationFrame(() => form.current?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus());

  function edit(part: Partial<ScaleDraft>) {
    change(part);
    setShownProblem(null);
    setErrors({});
  }

  function fill(pasted: ReadonlyMap<number, string>) {
    if (pasted.size === 0) return setNote(words.nothing);
    edit({ cells: withPasted(draft.cells, pasted) });
    const last = Math.max(...pasted.keys());
    setNote(max !== null && last > max ? words.tooMany(last, max) : words.filled(pasted.size));
  }

  function copy({ points }: OfficeScaleDto) {
    edit({ cells: points.map(String), max: String(points.length) });
    setNote(words.filled(points.length));
  }

  async function save(former = draft.former) {
    if (state === 'busy') return;
    const year = wholeIn(draft.year, scaleLimits.years);
    const found: typeof errors = {};
    if (year === null) found.year = words.yearWrong;
    else if (!scale && subject.scales.some((one) => one.year === year) && !conflict) found.year = words.yearTaken;
    if (max === null) found.max = words.maxWrong;
    setErrors(found);
    setShownProblem(read?.problem ?? null);
    const wrong = found.year ? 'year' : found.max ? 'max' : read?.problem ? `cell-${read.problem.at}` : null;
    if (wrong !== null || year === null || max === null || !read?.points) {
      if (wrong !== null) focus(wrong);
      return;
    }
    setState('busy');
    try {
      const saved = await api.save.mutate({ subjectId: subject.id, year, points: read.points, maxPrimary: max, former });
      if (saved.outcome === 'conflict') {
        setConflict({ points: saved.points });
        setState('idle');
        return;
      }
      forget();
      await changed();
      say(words.saved(subject.title, year));
      navigate(scalesPath);
    } catch (error) {
      setErrors({ form: errorText(error, text, format) });
      setState('idle');
    }
  }

  /** The other teacher's table in place of one's own. */
  function takeTheirs(points: number[]) {
    edit({ cells: points.map(String), max: String(points.length), former: points });
    setConflict(null);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    // Over what another teacher saved one writes knowingly, by the buttons beside it.
    if (!conflict) void save();
  }

  return (
    <form ref={form} className={classes.editor} onSubmit={submit} noValidate>
      {wasKept && <NoteBox>{words.kept}</NoteBox>}
      <div className={classes.fields}>
        {!scale && (
          <TextInput
            name="year"
            label={words.fields.year}
            value={draft.year}
            inputMode="numeric"
            maxLength={4}
            autoComplete="off"
            error={errors.year && <FieldError>{errors.year}</FieldError>}
            onChange={(event) => edit({ year: event.currentTarget.value })}
          />
        )}
        <TextInput
          name="max"
          label={words.fields.max}
          description={words.fields.maxHelp}
          value={draft.max}
          inputMode="numeric"
          maxLength={3}
          autoComplete="off"
          error={errors.max && <FieldError>{errors.max}</FieldError>}
          onChange={(event) => edit({ max: event.currentTarget.value })}
        />
      </div>
      <ScalePaste note={note} newest={scale ? null : (subject.scales[0] ?? null)} onPasted={fill} onCopy={copy} />
      {max !== null && (
        <ScaleCells
          cells={draft.cells}
          max={max}
          problem={shownProblem}
          problemId={problemId}
          onType={(at, typed) => edit({ cells: withPasted(draft.cells, new Map([[at, typed]])) })}
          onPasted={fill}
        />
      )}
      <div id={problemId} className={classes.problem}>
        <FormError>{shownProblem && problemText(shownProblem, words)}</FormError>
      </div>
      <ScalePreview points={read?.points ?? null} />
      {conflict && (
        <ScaleConflict points={conflict.points} busy={state === 'busy'} onTake={takeTheirs} onKeep={() => void save(conflict.points)} />
      )}
      <FormError>{errors.form}</FormError>
      <div className={classes.foot}>
        <BusyButton busy={state === 'busy'} busyLabel={text.common.saving} unavailable={conflict !== null}>
          {text.common.save}
        </BusyButton>
        <Button
          variant="subtle"
          onClick={() => {
            forget();
            navigate(scalesPath);
          }}
        >
          {words.discard}
        </Button>
      </div>
    </form>
  );
}

function problemText(problem: TableProblem, words: ReturnType<typeof useOfficeText>['scales']): string {
  if (problem.code === 'order') return words.problem.order(problem.at, problem.least);
  return words.problem[problem.code](problem.at);
}
