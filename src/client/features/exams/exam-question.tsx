import { IconArrowLeft, IconArrowRight, IconFlag3, IconFlag3Filled } from '@tabler/icons-react';
import { type FocusEvent, lazy, type Ref, Suspense, useId } from 'react';
import { AnswerField } from '#client/features/tasks/answer-field.tsx';
import { blankAnswer, fits, toAnswerFormat } from '#client/features/tasks/answers.ts';
import { FileList } from '#client/features/tasks/file-list.tsx';
import { problemVerdict } from '#client/features/tasks/verdict.ts';
import { useText } from '#client/lib/i18n.tsx';
import { useStudyText } from '#client/lib/study-text.ts';
import { Button } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';
import { Prose } from '#client/ui/prose.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type_ from '#client/ui/type.module.css';
import type { AnswerValue } from '#shared/answers/format.ts';
import { readAnswer } from '#shared/answers/read.ts';
import type { ExamTaskDto } from '#shared/exams.ts';
import { AnswerConflict } from './answer-conflict.tsx';
import classes from './exam-question.module.css';
import { isBlank, type ShownAnswer } from './kept-answer.ts';

/** Most exams have none: it brings the uploads along. */
const LongExamAnswer = lazy(() => import('./long-exam-answer.tsx').then((file) => ({ default: file.LongExamAnswer })));

interface ExamQuestionProps {
  attemptId: string;
  task: ExamTaskDto;
  label: string;
  answer: ShownAnswer;
  /** The time is over: what stands there stays. */
  locked: boolean;
  headingRef: Ref<HTMLHeadingElement>;
  neighbours: { previous: string | null; next: string | null };
  onType: (value: AnswerValue) => void;
  /** The field was left. */
  onLeave: () => void;
  onFlag: (flagged: boolean) => void;
  onChoose: (side: 'mine' | 'theirs') => void;
  /** `typing`: by Enter in the field, so that the next field is wanted. */
  onGo: (by: -1 | 1, typing: boolean) => void;
}

/** One task of an exam: statement, files, field. No verdict: nothing here is right or wrong before it is graded. */
export function ExamQuestion(props: ExamQuestionProps) {
  const { attemptId, task, label, answer, locked, headingRef, neighbours, onType, onGo } = props;
  const text = useStudyText().exams.desk;
  const id = useId();
  const headingId = `${id}-heading`;
  const noteId = `${id}-note`;
  const { format } = task;
  const Flag = answer.flagged ? IconFlag3Filled : IconFlag3;
  const left = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) props.onLeave();
  };
  return (
    <section className={classes.question} aria-labelledby={headingId}>
      <div className={classes.head}>
        <h1 id={headingId} ref={headingRef} tabIndex={-1} className={type_.h2}>
          {text.task(label)}
        </h1>
        <Button
          variant="default"
          size="sm"
          className={classes.flag}
          leftSection={<Flag {...icon.sm} />}
          aria-pressed={answer.flagged}
          onClick={() => props.onFlag(!answer.flagged)}
        >
          {text.flag}
        </Button>
      </div>
      <p className={classes.points}>{text.points(task.points)}</p>
      <Prose html={task.statementHtml} className={classes.statement} />
      {task.files.length > 0 && <FileList files={task.files} label={text.files} className={classes.files} />}
      <form
        noValidate
        className={classes.form}
        onBlur={left}
        onSubmit={(event) => {
          event.preventDefault();
          onGo(1, true);
        }}
      >
        <div>
          {format.kind === 'long' ? (
            <Suspense fallback={<SkeletonBlock height={220} />}>
              <LongExamAnswer attemptId={attemptId} task={task} answer={answer} onChange={onType} disabled={locked} />
            </Suspense>
          ) : (
            <AnswerField
              format={format}
              value={answer.value !== null && fits(format, answer.value) ? answer.value : blankAnswer(format)}
              onChange={onType}
              readOnly={locked}
              invalid={false}
              headingId={headingId}
              describedBy={noteId}
              button={null}
            />
          )}
          <div id={noteId}>
            {answer.theirs ? (
              <AnswerConflict format={format} theirs={answer.theirs} onChoose={props.onChoose} />
            ) : (
              <FormHint task={task} answer={answer} />
            )}
          </div>
        </div>
        <div className={classes.nav}>
          {neighbours.previous !== null && (
            <Button
              variant="default"
              leftSection={<IconArrowLeft {...icon.md} />}
              title={text.keys}
              aria-keyshortcuts="Alt+ArrowLeft"
              onClick={() => onGo(-1, false)}
            >
              {text.previous(neighbours.previous)}
            </Button>
          )}
          {neighbours.next !== null && (
            // The field's Enter presses it; a finger on it wants no keyboard of the next field.
            <Button
              type="submit"
              className={classes.next}
              title={text.keys}
              aria-keyshortcuts="Alt+ArrowRight"
              onClick={(event) => event.detail > 0 && goByHand(event, onGo)}
            >
              {text.next(neighbours.next)}
              <IconArrowRight {...icon.md} />
            </Button>
          )}
        </div>
      </form>
    </section>
  );
}

function goByHand(event: { preventDefault: () => void }, onGo: ExamQuestionProps['onGo']): void {
  event.preventDefault();
  onGo(1, false);
}

/** A form that cannot be graded is no verdict: what was typed stays, and what is needed stands beside. Not while it is being typed. */
function FormHint({ task: { format }, answer }: Pick<ExamQuestionProps, 'task' | 'answer'>) {
  const text = useText();
  const { value, unsaved } = answer;
  if (format.kind === 'long' || unsaved || value === null || isBlank(value)) return <p className={classes.hint} />;
  const reading = readAnswer(toAnswerFormat(format), value);
  return <p className={classes.hint}>{!reading.ok && problemVerdict(reading.problem, format, value, text.tasks).title}</p>;
}
