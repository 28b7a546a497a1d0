import '@mantine/core/styles/Input.layer.css';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { say, useUndo } from '#client/features/office/undo.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { Prose } from '#client/ui/prose.tsx';
import type { DecideInput, ReviewDto } from '#shared/reviews.ts';
import { workLimits } from '#shared/work-limits.ts';
import { DeskDecided } from './desk-decided.tsx';
import { toGrading } from './desk-draft.ts';
import { DeskLock } from './desk-lock.tsx';
import { DeskScores } from './desk-scores.tsx';
import classes from './review-work.module.css';
import type { Saving } from './use-autosave.ts';
import type { Desk } from './use-desk.ts';

interface DeskGradingPanelProps {
  work: ReviewDto;
  desk: Desk;
  onChanged: () => Promise<unknown>;
}

/** What the work is worth, in points and words, and what becomes of it. */
export function DeskGradingPanel({ work, desk, onChanged }: DeskGradingPanelProps) {
  const { reviews } = useOfficeText();
  const { grading, mine } = desk;
  const waiting = work.state === 'waiting';
  const max = work.criteria.reduce((sum, criterion) => sum + criterion.max, 0);
  const given = work.criteria.filter(({ id }) => grading.scores[id] !== undefined);
  const sum = given.reduce((total, { id }) => total + (grading.scores[id] ?? 0), 0);
  const whole = work.criteria.length > 0 && given.length === work.criteria.length;
  return (
    <section className={classes.panel} aria-labelledby="grading">
      <div className={classes.partHead}>
        <h2 id="grading">{reviews.grading}</h2>
        {mine && <SavingNote saving={desk.saving} />}
      </div>
      {waiting ? <DeskLock work={work} desk={desk} onChanged={onChanged} /> : <DeskDecided work={work} onChanged={onChanged} />}
      <DeskScores criteria={work.criteria} scores={grading.scores} editable={mine} onChange={(scores) => desk.change({ scores })} />
      {work.criteria.length === 0 ? (
        <p className={classes.dim}>{work.exam ? reviews.noCriteriaInExam : reviews.noCriteria}</p>
      ) : (
        <p className={classes.sum}>{reviews.sum(sum, max)}</p>
      )}
      <Remark work={work} desk={desk} />
      {mine && <Decide work={work} desk={desk} whole={whole} sum={sum} max={max} onChanged={onChanged} />}
    </section>
  );
}

/** Words on the whole: written by the holder, else read as the student reads them. */
function Remark({ work, desk: { mine, grading, change } }: Pick<DeskGradingPanelProps, 'work' | 'desk'>) {
  const { reviews } = useOfficeText();
  if (!mine) {
    return (
      work.remarkHtml !== '' && (
        <>
          <h3 className={classes.label}>{reviews.remark}</h3>
          <Prose html={work.remarkHtml} size="plain" />
        </>
      )
    );
  }
  return (
    <>
      <label className={classes.label} htmlFor="remark">
        {reviews.remark}
      </label>
      <textarea
        id="remark"
        className={classes.field}
        rows={4}
        maxLength={workLimits.remark}
        value={grading.remark}
        aria-describedby="remark-note"
        onChange={(event) => change({ remark: event.currentTarget.value })}
      />
      <p id="remark-note" className={classes.dim}>
        {work.exam ? reviews.remarkNoteInExam : reviews.remarkNote}
      </p>
    </>
  );
}

function SavingNote({ saving }: { saving: Saving }) {
  const { shell } = useOfficeText();
  const words = { idle: '', saving: shell.saving, saved: shell.saved, failed: shell.notSaved }[saving];
  // Spoken once for a failure, not at every key.
  return (
    <span className={classes.dim} role={saving === 'failed' ? 'alert' : undefined}>
      {words}
    </span>
  );
}

interface DecideProps extends DeskGradingPanelProps {
  whole: boolean;
  sum: number;
  max: number;
}

function Decide({ work, desk, whole, sum, max, onChanged }: DecideProps) {
  const { reviews } = useOfficeText();
  const text = useText();
  const format = useFormat();
  const [, navigate] = useLocation();
  const undo = useUndo();
  const utils = trpc.useUtils();
  const [reason, setReason] = useState<string | null>(null);
  const [asked, setAsked] = useState<DecideInput['decision']>('accept');
  const reopen = trpc.reviews.reopen.useMutation();
  const name = `${work.student.firstName} ${work.student.lastName}`;
  const decide = trpc.reviews.decide.useMutation({
    onSuccess(result, { decision }) {
      if (result.outcome === 'lost') {
        desk.noteLock(result);
        if (result.state !== 'waiting') void onChanged();
        return;
      }
      desk.leave();
      void utils.reviews.open.invalidate({ workId: work.id });
      undo({
        message: decision === 'accept' ? reviews.accepted(name, reviews.points(result.points ?? 0, max)) : reviews.sentBack(name),
        undo: async () => {
          await reopen.mutateAsync({ workId: work.id });
          await utils.reviews.open.invalidate({ workId: work.id });
          navigate(`/admin/review/${work.id}`);
        },
      });
      if (result.nextId === null) say(reviews.empty);
      navigate(result.nextId === null ? '/admin/review' : `/admin/review/${result.nextId}`);
    },
  });
  const grading = toGrading(desk.grading);
  const words = grading.remark.trim() !== '' || grading.comments.length > 0;

  function ask(decision: DecideInput['decision']): void {
    const missing = decision === 'accept' ? !whole && reviews.needScores : !words && reviews.needWords;
    setReason(missing || null);
    if (missing || decide.isPending) return;
    setAsked(decision);
    decide.mutate({ workId: work.id, decision, grading });
  }

  return (
    <>
      <div className={classes.decide}>
        <BusyButton
          type="button"
          busy={decide.isPending && asked === 'accept'}
          busyLabel={reviews.accepting}
          onClick={() => ask('accept')}
          fullWidth
        >
          {whole ? reviews.acceptWith(sum, max) : reviews.accept}
        </BusyButton>
        {!work.exam && (
          <BusyButton
            type="button"
            variant="default"
            busy={decide.isPending && asked === 'return'}
            busyLabel={reviews.returning}
            onClick={() => ask('return')}
            fullWidth
          >
            {reviews.return}
          </BusyButton>
        )}
      </div>
      {work.exam && <p className={classes.dim}>{reviews.examNote}</p>}
      <FormError>{reason ?? (decide.error && errorText(decide.error, text, format))}</FormError>
      {work.criteria.length > 0 && <p className={`${classes.dim} ${classes.keys}`}>{reviews.digits}</p>}
    </>
  );
}
