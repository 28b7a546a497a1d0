import { useEffect, useEffectEvent, useState } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ErrorState } from '#client/ui/error-state.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import { Pending, SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { NumberPickDto, OfficeExamDto } from '#shared/exams-office.ts';
import classes from './choose-tasks.module.css';
import { TaskFacts } from './task-facts.tsx';
import type { ExamTasks } from './use-exam-tasks.ts';

interface ByNumbersDialogProps {
  exam: OfficeExamDto;
  tasks: ExamTasks;
  onClose: () => void;
}

/** One task for each number of the exam, drawn by the server; any of them can be drawn again. */
export function ByNumbersDialog({ exam, tasks, onClose }: ByNumbersDialogProps) {
  const { numbers: words } = useOfficeText().exams;
  const [picks, setPicks] = useState<NumberPickDto[] | null>(null);
  const [state, setState] = useState<{ busy?: boolean; problem?: string }>({});
  const { mutateAsync, isPending, error } = trpc.exams.office.pickByNumbers.useMutation();
  const draw = () => mutateAsync({ examId: exam.id }).then(setPicks, () => undefined);
  const begin = useEffectEvent(() => void draw());
  useEffect(() => begin(), []);
  const found = (picks ?? []).flatMap((pick) => pick.task ?? []);
  const gaps = (picks ?? []).filter((pick) => pick.task === null).map((pick) => pick.number);

  async function take() {
    if (state.busy) return;
    setState({ busy: true });
    try {
      await tasks.replace(found);
      onClose();
    } catch (refused) {
      setState({ problem: tasks.told(refused) });
    }
  }

  return (
    <Dialog title={words.title} onClose={onClose}>
      <p>{words.note}</p>
      {picks === null && error && (
        <ErrorState error={error} title={words.failed} level={3} retrying={isPending} onRetry={() => void draw()} />
      )}
      {picks === null && !error && (
        <Pending>
          <SkeletonBlock height={320} mt={16} />
        </Pending>
      )}
      {picks && found.length === 0 && (
        <EmptyState title={words.none} level={3}>
          {words.noneText}
        </EmptyState>
      )}
      {picks && found.length > 0 && (
        <>
          {gaps.length > 0 && <NoteBox className={classes.gaps}>{words.gaps(gaps.join(', '))}</NoteBox>}
          <ol className={classes.numbers} aria-label={words.list}>
            {picks.map((pick) => (
              <Pick
                key={pick.number}
                examId={exam.id}
                pick={pick}
                onAnother={(other) => setPicks((before) => before?.map((one) => (one.number === other.number ? other : one)) ?? null)}
              />
            ))}
          </ol>
          <div className={classes.foot}>
            <BusyButton type="button" busy={state.busy ?? false} busyLabel={words.taking} onClick={() => void take()}>
              {words.take(found.length)}
            </BusyButton>
            <BusyButton type="button" variant="default" busy={isPending} busyLabel={words.drawing} onClick={() => void draw()}>
              {words.again}
            </BusyButton>
            {exam.tasks.length > 0 && <span>{words.replaces(exam.tasks.length)}</span>}
            <Refusal problem={state.problem} error={error} />
          </div>
        </>
      )}
    </Dialog>
  );
}

function Refusal({ problem, error }: { problem: string | undefined; error: unknown }) {
  const text = useText();
  const format = useFormat();
  return <FormError>{problem ?? (error ? errorText(error, text, format) : null)}</FormError>;
}

interface PickProps {
  examId: string;
  pick: NumberPickDto;
  onAnother: (pick: NumberPickDto) => void;
}

function Pick({ examId, pick: { number, task, choices }, onAnother }: PickProps) {
  const { choose, numbers: words } = useOfficeText().exams;
  const text = useText();
  const format = useFormat();
  const another = trpc.exams.office.pickByNumbers.useMutation({ onSuccess: ([other]) => other && onAnother(other) });
  if (!task) return null;
  return (
    <li>
      <span className={classes.number}>{choose.number(number)}</span>
      <div>
        <p className={classes.title}>{task.title}</p>
        <TaskFacts task={task} numbered={false} />
        <FormError>{another.error && errorText(another.error, text, format)}</FormError>
      </div>
      {choices > 1 ? (
        <BusyButton
          type="button"
          size="sm"
          variant="default"
          label={words.anotherOf(number)}
          busy={another.isPending}
          busyLabel={words.drawing}
          onClick={() => another.mutate({ examId, number, not: task.id })}
        >
          {words.another}
        </BusyButton>
      ) : (
        <span className={classes.only}>{words.only}</span>
      )}
    </li>
  );
}
