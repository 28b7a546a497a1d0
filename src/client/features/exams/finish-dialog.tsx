import { useState } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useStudyText } from '#client/lib/study-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import type { ExamSaver } from './exam-saver.ts';
import type { Cell } from './exam-squares.tsx';
import classes from './finish-dialog.module.css';
import { isAnswered } from './kept-answer.ts';

interface FinishDialogProps {
  attemptId: string;
  cells: Cell[];
  saver: ExamSaver;
  onGo: (at: number) => void;
  onClose: () => void;
}

/** Asked, because it cannot be taken back. What has no answer yet is named, and each name leads there. */
export function FinishDialog({ attemptId, cells, saver, onGo, onClose }: FinishDialogProps) {
  const all = useText();
  const text = useStudyText().exams.desk;
  const format = useFormat();
  const queries = trpc.useUtils();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<'unsaved' | 'chooseFirst' | null>(null);
  const finish = trpc.exams.finish.useMutation({
    onSuccess: (done) => queries.exams.attempt.setData({ attemptId }, done),
  });
  const places = cells.map((cell, at) => ({ ...cell, at }));
  const open = places.filter(({ answer }) => !isAnswered(answer));
  const flagged = places.filter(({ answer }) => answer.flagged);
  const unchosen = places.filter(({ answer }) => answer.theirs);
  const busy = sending || finish.isPending;

  async function send(): Promise<void> {
    setSending(true);
    setProblem(null);
    // What was typed a moment ago first; a second turn takes what came in meanwhile.
    await saver.flush();
    if (saver.view.get().state === 'saving') await saver.flush();
    setSending(false);
    const { state } = saver.view.get();
    if (state === 'saved') finish.mutate({ attemptId });
    else setProblem(state === 'choose' ? 'chooseFirst' : 'unsaved');
  }

  return (
    <Dialog small title={text.ask.title(cells.length - open.length, cells.length)} onClose={onClose}>
      <Places title={text.ask.choose} places={unchosen} onGo={onGo} />
      {open.length === 0 ? <p>{text.ask.everything}</p> : <Places title={text.ask.unanswered} places={open} onGo={onGo} />}
      <Places title={text.ask.flagged} places={flagged} onGo={onGo} />
      <p className={classes.once}>{text.ask.once}</p>
      <FormError>{problem ? text.ask[problem] : finish.error && errorText(finish.error, all, format)}</FormError>
      <div className={classes.buttons}>
        <BusyButton type="button" busy={busy} busyLabel={text.ask.finishing} onClick={() => void send()}>
          {text.ask.finish}
        </BusyButton>
        <Button variant="default" onClick={onClose}>
          {text.ask.back}
        </Button>
      </div>
    </Dialog>
  );
}

function Places({ title, places, onGo }: { title: string; places: (Cell & { at: number })[]; onGo: (at: number) => void }) {
  const text = useStudyText().exams.desk;
  if (places.length === 0) return null;
  return (
    <div className={classes.places}>
      <p>{title}</p>
      <ul>
        {places.map(({ label, at }) => (
          <li key={at}>
            <button type="button" className={classes.place} aria-label={text.task(label)} onClick={() => onGo(at)}>
              {label}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
